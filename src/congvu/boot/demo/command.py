"""``congvu demo load``: everything a demonstration needs, into an installation that has nothing of its own."""

from __future__ import annotations

import os

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


class ForeignInstallation(RuntimeError):
    """The installation has units of its own: the demonstration would mix invented people with real ones."""


def load(*, size: int, as_json: bool) -> int:
    """Migrate, load, fill up to ``size`` dossiers, tell how many there are. Raises ForeignInstallation."""
    from congvu.boot.cli import emit, prepare

    os.environ.setdefault("CONGVU_DEMO", "1")
    prepare(owner=True)
    total = _load(size)
    emit({"dossiers": total}, as_json=as_json, text=f"{total} dossiers")
    return 0


def _load(size: int) -> int:
    from congvu.boot.demo import load as demo
    from congvu.boot.migrations import migrate
    from congvu.common.actor import SYSTEM
    from congvu.domains.dossiers import selectors as dossiers
    from congvu.engines.forms import services as forms

    console = Console(stderr=True)
    with console.status("Preparing the database…"):
        migrate()
        _require_own()
        forms.load_shipped(SYSTEM)
    columns = (TextColumn("Dossiers"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("dossiers", total=max(0, size - dossiers.total(SYSTEM)))
        made = demo.load(size=size, more=True, progress=lambda done: bar.update(task, completed=done))
        bar.update(task, completed=made)
    return dossiers.total(SYSTEM)


def _require_own() -> None:
    from congvu.boot.demo.organisation import PROVINCE_KEY
    from congvu.ground.orgs import selectors as orgs

    strangers = [unit.name for unit in orgs.authorities() if unit.key != PROVINCE_KEY]
    if strangers:
        raise ForeignInstallation(
            f"this installation belongs to {strangers[0]}; load the demo into an empty one (set CONGVU_HOME)"
        )
