"""The door for writing: importing the catalogue, setting what the source lacks."""

from congvu.domains.procedures.services.editing import choose_process, set_levels, set_steps, set_time
from congvu.domains.procedures.services.importing import import_rows, shipped_rows

__all__ = ["choose_process", "import_rows", "set_levels", "set_steps", "set_time", "shipped_rows"]
