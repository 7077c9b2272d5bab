"""Speed: what the hot paths cost at several sizes, on a database of its own. Run by ``make bench``."""
