"""The ``congvu`` command: verbs of the launcher here, verbs of the program discovered in ``faces/cli``."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import subprocess
import sys
from types import ModuleType
from typing import Any

import congvu.faces.cli
from congvu.common.errors import Refusal


def _commands() -> list[ModuleType]:
    """Modules with ``register(subparsers)``: the launcher's, then those of the command-line face, by name."""
    names = ["congvu.boot.commands"]
    names += [f"congvu.faces.cli.{m.name}" for m in pkgutil.iter_modules(congvu.faces.cli.__path__) if m.name[0] != "_"]
    return [importlib.import_module(name) for name in names]


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="congvu", description="Công Vụ: one program for a local authority.")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in _commands():
        module.register(commands)
    return root


def prepare(*, owner: bool = False) -> None:
    """Start the local database if this installation uses one, then Django, as the owner if asked."""
    from congvu.boot import postgres
    from congvu.boot.config import load

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")
    if owner:
        os.environ["CONGVU_AS_OWNER"] = "1"
    config = load()
    if config.local_database:
        postgres.start(postgres.Cluster(config.home))
    import django

    django.setup()
    if config.local_database and not owner:
        _ensure_tables()


def _ensure_tables() -> None:
    """A command on a new clone works too: its owner migrates an empty local database first, in another process."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations')")
        if cursor.fetchone()[0] is not None:
            return
    connection.close()
    command = [sys.executable, "-m", "congvu.boot.cli", "migrate"]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        raise RuntimeError("the local database could not be migrated; the reason stands above")


def emit(value: Any, *, as_json: bool, text: str = "") -> None:
    """One JSON value on stdout, or the text for people."""
    print(json.dumps(value, ensure_ascii=False) if as_json else text)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Exit 0 done, 1 refused (in words, on stderr; with --json also as JSON), 2 wrong usage."""
    options = parser().parse_args(arguments)
    try:
        if getattr(options, "needs_django", True):
            prepare(owner=getattr(options, "needs_owner", False))
        return int(options.run(options) or 0)
    except Refusal as refusal:
        problems = [{"field": p.field, "message": p.message, "code": p.code} for p in refusal.problems]
        if getattr(options, "json", False):
            emit({"error": refusal.message, "code": refusal.code, "problems": problems}, as_json=True)
        print(refusal.message, *(f"  {p['field']}: {p['message']}" for p in problems), sep="\n", file=sys.stderr)
        return 1
    except RuntimeError as error:
        print(f"congvu: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
