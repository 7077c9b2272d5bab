"""The ``congvu`` command: verbs of the launcher here, verbs of the program discovered in ``faces/cli``."""

from __future__ import annotations

import argparse
import importlib
import io
import json
import os
import pkgutil
import re
import signal
import subprocess
import sys
from types import FrameType, ModuleType
from typing import Any, NoReturn

import psycopg
from django.db import DatabaseError

import congvu.faces.cli
from congvu.common.errors import Refusal

WRONG_USAGE, INTERRUPTED, TERMINATED = 2, 130, 143


class Parser(argparse.ArgumentParser):
    """Tells wrong usage as JSON too, and takes ``-3wd`` for the value it is meant to be, not for an option."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._negative_number_matcher = re.compile(r"-\d.*")

    def error(self, message: str) -> NoReturn:
        if "--json" in sys.argv:
            emit({"error": message, "code": "usage", "problems": []}, as_json=True)
        super().error(message)


def _commands() -> list[ModuleType]:
    """Modules with ``register(subparsers)``: the launcher's, then those of the command-line face, by name."""
    names = ["congvu.boot.commands"]
    names += [f"congvu.faces.cli.{m.name}" for m in pkgutil.iter_modules(congvu.faces.cli.__path__) if m.name[0] != "_"]
    return [importlib.import_module(name) for name in names]


def parser() -> argparse.ArgumentParser:
    root = Parser(prog="congvu", description="Công Vụ: one program for a local authority.")
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
        ensure_tables()


def ensure_tables() -> None:
    """A command on a new clone, or on a newer program, works too: the local database's owner migrates it first.

    That is another process, and it waits for one that is migrating already. Raises RuntimeError.
    """
    from congvu.boot.migrations import is_current

    if is_current():
        return
    command = [sys.executable, "-m", "congvu.boot.cli", "migrate"]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        raise RuntimeError("the local database could not be migrated; the reason stands above")


def emit(value: Any, *, as_json: bool, text: str = "") -> None:
    """One JSON value on stdout, or the text for people."""
    print(json.dumps(value, ensure_ascii=False) if as_json else text, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Exit 0 done, 1 refused or failed (in words, on stderr; with --json also as JSON),
    2 wrong usage, 130 interrupted."""
    if arguments is None:
        _settle()
    options = argparse.Namespace(json="--json" in (sys.argv if arguments is None else arguments))
    try:
        options = parser().parse_args(arguments)
        if getattr(options, "needs_django", True):
            prepare(owner=getattr(options, "needs_owner", False))
        return int(options.run(options) or 0)
    except Refusal as refusal:
        problems = [{"field": p.field, "message": p.message, "code": p.code} for p in refusal.problems]
        words = [refusal.message, *(f"  {p['field']}: {p['message']}" for p in problems)]
        return _fail(options, {"error": refusal.message, "code": refusal.code, "problems": problems}, *words)
    except BrokenPipeError:
        # The reader went away (``| head``): what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (RuntimeError, OSError, psycopg.Error, DatabaseError) as error:
        return _fail(options, {"error": str(error), "code": "failed", "problems": []}, f"congvu: {error}")
    except KeyboardInterrupt:
        answer = {"error": "interrupted", "code": "interrupted", "problems": []}
        return _fail(options, answer, "congvu: interrupted", code=INTERRUPTED)


def _fail(options: argparse.Namespace, answer: dict[str, Any], *words: str, code: int = 1) -> int:
    if getattr(options, "json", False):
        emit(answer, as_json=True)
    print(*words, sep="\n", file=sys.stderr)
    return code


def _settle() -> None:
    """As a process of its own: any character can be printed, and being ended clears away like Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminated)


def _terminated(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(TERMINATED)


if __name__ == "__main__":
    sys.exit(main())
