"""What every installation needs before it can serve: migrations, calendars, procedures, forms; and the demo if asked."""

from __future__ import annotations

from congvu.boot.migrations import migrate
from congvu.common.actor import SYSTEM


def prepare(*, demo: bool) -> None:
    """Bring the database to this version and load what the program ships. Safe to repeat; cheap when nothing changed."""
    from congvu.domains.procedures import services as procedures
    from congvu.engines.forms import services as forms

    migrate()
    forms.load_shipped(SYSTEM)
    if not procedures_loaded():
        procedures.import_rows(SYSTEM, procedures.shipped_rows(), dry_run=False)
    if demo:
        from congvu.boot.demo.load import load

        load()


def procedures_loaded() -> bool:
    from congvu.domains.procedures import selectors

    return bool(selectors.list_page().rows)
