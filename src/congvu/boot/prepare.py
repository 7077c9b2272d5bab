"""What every installation needs before it can serve: tables, translations, forms, procedures; the demo if asked."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from congvu.boot.migrations import migrate
from congvu.common.actor import SYSTEM


def prepare(*, demo: bool) -> None:
    """Bring the database to this version and load what the program ships. Safe to repeat, cheap the second time."""
    from django.conf import settings

    from congvu.boot import messages
    from congvu.engines.forms import services as forms

    messages.compile_all(settings.LOCALE_PATHS[0])
    with static_files_meanwhile():
        migrate()
        forms.load_shipped(SYSTEM)
        if demo:
            from congvu.boot.demo.load import load

            load()
        else:
            load_procedures()


@contextlib.contextmanager
def static_files_meanwhile() -> Iterator[None]:
    """Fonts are cut and static files compressed in a process beside: they need no database. Raises RuntimeError."""
    command = [sys.executable, "-m", "congvu.boot.cli", "django", "collectstatic", "--no-input", "--verbosity", "0"]
    beside = subprocess.Popen(command, env={**os.environ, "CONGVU_COLLECT": "1"})
    try:
        yield
    except BaseException:
        beside.kill()
        raise
    finally:
        code = beside.wait()
    if code != 0:
        raise RuntimeError("the static files could not be prepared; the reason stands above")


def load_procedures() -> None:
    """The shipped catalogue, unless there is one: an office's own changes are never overwritten by a start."""
    from congvu.domains.procedures import selectors, services

    if not selectors.list_page().rows:
        services.import_rows(SYSTEM, services.shipped_rows(), dry_run=False)
