"""The door for writing: the backlog, batches, scans, their check; ``finish`` is the step of the journey that files."""

from congvu.domains.digitising.services.checking import check, draw
from congvu.domains.digitising.services.erasing import erase
from congvu.domains.digitising.services.planning import add_holding, begin, import_holdings
from congvu.domains.digitising.services.scanning import take
from congvu.domains.digitising.services.steps import finish, require_accept, require_acceptable

__all__ = [
    "add_holding",
    "begin",
    "check",
    "draw",
    "erase",
    "finish",
    "import_holdings",
    "require_accept",
    "require_acceptable",
    "take",
]
