"""The invented province Bình Lam. Everything here exists only in a demo: people, places, numbers are made up."""
