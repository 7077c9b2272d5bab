"""The books in the menu, for whoever keeps or oversees them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.faces.desk.books.shelves import may_open
from congvu.faces.desk.discovery import MenuEntry

MENU = (MenuEntry("desk_books", gettext_lazy("Sổ văn bản"), "archive", 30, key="s", shown=may_open),)
