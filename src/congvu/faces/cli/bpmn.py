"""``congvu bpmn check FILE``: can the processes of a BPMN file run here, and if not, why."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from congvu.faces.cli._opening import unopened

MOST = 2_000_001


def register(commands: Any) -> None:
    bpmn = commands.add_parser("bpmn", help="look at BPMN 2.0 files")
    verbs = bpmn.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="say whether the processes of a file can run here, and why not")
    check.add_argument("file", type=Path)
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check, needs_django=False)


def _read(path: Path) -> tuple[bytes, str]:
    """The file's first bytes (one more than may be), or the words why it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(MOST), ""
    except (OSError, ValueError) as error:
        return b"", unopened(path, error)


def _check(options: argparse.Namespace) -> int:
    """Exit 1 for a file that cannot be read; what is found in it is the answer, not a failure.

    Needs the rooms, for the registered services, but not the database.
    """
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")
    django.setup()
    from congvu.engines.workflow.selectors import check_file

    data, problem = _read(options.file)
    report = check_file(data) if not problem else None
    errors = [problem] if report is None else list(report.errors)
    rows = [
        {"id": p.id, "runnable": p.runnable, "errors": list(p.errors), "warnings": list(p.warnings)}
        for p in (report.processes if report else ())
    ]
    if options.json:
        print(json.dumps({"processes": rows, "errors": errors}, ensure_ascii=False))
    else:
        _print(rows, errors)
    return 1 if errors else 0


def _print(rows: list[dict[str, Any]], errors: list[str]) -> None:
    for words in errors:
        print(words, file=sys.stderr)
    for row in rows:
        print(f"{row['id']}: {_('chạy được') if row['runnable'] else _('chưa chạy được')}")
        for words in row["errors"]:
            print(_("  lỗi: %(words)s") % {"words": words})
        for words in row["warnings"]:
            print(_("  lưu ý: %(words)s") % {"words": words})
