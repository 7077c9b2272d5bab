"""``congvu edxml inspect FILE`` and ``congvu edxml make DESCRIPTION``: look into a message, write one."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Refusal
from congvu.faces.cli._opening import unopened


def register(commands: Any) -> None:
    edxml = commands.add_parser("edxml", help="messages between agencies (QCVN 102:2016)")
    verbs = edxml.add_subparsers(dest="verb", required=True, metavar="VERB")
    inspect = verbs.add_parser("inspect", help="what a message says, its files, and what is wrong with it")
    inspect.add_argument("file", type=Path)
    inspect.add_argument("--json", action="store_true")
    inspect.set_defaults(run=_inspect, needs_django=False)
    make = verbs.add_parser("make", help="write a valid message from a JSON description and its files")
    make.add_argument("description", type=Path, help="JSON; attachments name their file by `path`, relative to it")
    make.add_argument("-o", "--output", type=Path, help="where to write it; standard output without")
    make.add_argument("--dialect", choices=("zip", "raw"), default="zip", help="how contents are packed")
    make.add_argument("--json", action="store_true", help="one line that says what was written (needs -o)")
    make.set_defaults(run=_make, needs_django=False)


def _rooms() -> None:
    """The rooms, without the database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")
    django.setup()


def _inspect(options: argparse.Namespace) -> int:
    """Exit 1 for a file that cannot be read as a message; what is wrong inside one is the answer, not a failure."""
    _rooms()
    from congvu.engines.exchange import selectors

    try:
        with options.file.open("rb") as stream:
            parsed = selectors.inspect(stream)
        answer = _answer(parsed)
    except (OSError, ValueError) as error:
        answer = _blank([unopened(options.file, error)])
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        _print(answer)
    return 0 if answer["kind"] else 1


def _blank(problems: list[str]) -> dict[str, Any]:
    return {
        "kind": None, "from": None, "to": [], "document_id": None, "code": None, "subject": None, "operation": None,
        "status": None, "attachments": [], "problems": problems,
    }  # fmt: skip


def _answer(parsed: Any) -> dict[str, Any]:
    answer = _blank([str(fault) for fault in parsed.faults])
    value = parsed.letter or parsed.report
    if parsed.kind is None or value is None:
        return answer
    answer |= {
        "kind": parsed.kind.value, "from": {"id": value.sender.id, "name": value.sender.name},
        "document_id": value.document_id, "code": value.code,
    }  # fmt: skip
    if parsed.report is not None:
        return answer | {"to": [{"id": parsed.report.to, "name": ""}], "status": parsed.report.status}
    letter = parsed.letter
    return answer | {
        "to": [{"id": party.id, "name": party.name} for party in letter.to], "subject": letter.subject,
        "operation": letter.operation.value,
        "attachments": [
            {
                "name": a.name, "type": a.type, "bytes": a.size if a.sha256 else None, "sha256": a.sha256 or None,
                "signatures": a.signatures,
            }
            for a in letter.attachments
        ],
    }  # fmt: skip


def _print(answer: dict[str, Any]) -> None:
    if answer["kind"]:
        print(_("Loại: %(kind)s") % {"kind": answer["operation"] or answer["status"]})
        print(_("Nơi gửi: %(name)s (%(id)s)") % answer["from"])
        for party in answer["to"]:
            print(_("Nơi nhận: %(name)s (%(id)s)") % party)
        print(_("Số, ký hiệu: %(code)s; mã định danh: %(id)s") % {"code": answer["code"], "id": answer["document_id"]})
    if answer["subject"]:
        print(_("Trích yếu: %(subject)s") % {"subject": answer["subject"]})
    for row in answer["attachments"]:
        print(_("Tệp: %(name)s, %(type)s, %(bytes)s byte, %(signatures)s chữ ký") % row)
    for words in answer["problems"]:
        print(words, file=sys.stderr)


def _make(options: argparse.Namespace) -> int:
    """Exit 1 with every problem when the description is no valid message; then nothing is written."""
    _rooms()
    from congvu.engines.exchange import services

    description = _described(options.description)
    made = services.make(description, lambda path: _content(options.description.parent / path), options.dialect)
    if options.output is None:
        sys.stdout.buffer.write(made)
        return 0
    options.output.write_bytes(made)
    if options.json:
        print(json.dumps({"file": str(options.output), "bytes": len(made)}, ensure_ascii=False))
    return 0


def _described(path: Path) -> Any:
    """Raises Invalid in words for what is no JSON."""
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise Invalid(unopened(path, error)) from error
    except (ValueError, RecursionError) as error:
        message = _("Tệp “%(path)s” không phải JSON đọc được: %(error)s.")
        raise Invalid(message % {"path": path, "error": error}) from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(unopened(path, error)) from error
