"""What every installation needs before it can serve: tables, translations, forms, procedures; the demo if asked."""

from __future__ import annotations

from django.core.management import call_command

from congvu.boot.migrations import migrate
from congvu.common.actor import SYSTEM


def prepare(*, demo: bool) -> None:
    """Bring the database to this version and load what the program ships. Safe to repeat, cheap the second time."""
    from django.conf import settings

    from congvu.boot import messages
    from congvu.engines.forms import services as forms

    messages.compile_all(settings.LOCALE_PATHS[0])
    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    forms.load_shipped(SYSTEM)
    if demo:
        from congvu.boot.demo.load import load

        load()
    else:
        load_procedures()


def load_procedures() -> None:
    """The shipped catalogue, unless there is one: an office's own changes are never overwritten by a start."""
    from congvu.domains.procedures import selectors, services

    if not selectors.list_page().rows:
        services.import_rows(SYSTEM, services.shipped_rows(), dry_run=False)
