"""Documents of the word processor (.docx): read into structured text, written as an editable draft."""

from congvu.engines.typeset.word.reading import read
from congvu.engines.typeset.word.writing import write

__all__ = ["read", "write"]
