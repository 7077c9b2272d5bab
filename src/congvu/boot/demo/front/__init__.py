"""The front page of a demonstration: six doors and the board of five documents. It does not exist elsewhere."""
