"""``congvu verify FILE``: who signed a PDF, when, and whether it holds. Needs no sign-in."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.common.spoken import say_moment
from congvu.common.zones import iso
from congvu.faces.cli._opening import unopened


def register(commands: Any) -> None:
    verify = commands.add_parser("verify", help="check the signatures of a PDF")
    verify.add_argument("file", type=Path)
    verify.add_argument("--offline", action="store_true", help="ask no responder outside about revocation")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    """Exit 0 for a file that could be checked: what is found is the answer, not a failure."""
    from congvu.engines.signing import services

    report = services.validate(_read(options.file), online=not options.offline)
    rows = [
        {
            "signer": found.signer, "organisation": found.organisation, "time": iso(found.time) if found.time else None,
            "integrity": found.integrity, "trusted": found.trusted, "level": found.level, "reason": found.reason,
        }
        for found in report.signatures
    ]  # fmt: skip
    if options.json:
        print(json.dumps({"signatures": rows, "valid": report.valid}, ensure_ascii=False))
    else:
        _print(report)
    return 0


def _read(path: Path) -> bytes:
    """At most one byte more than is looked at. Raises Invalid."""
    from django.conf import settings

    try:
        with path.open("rb") as stream:
            return stream.read(settings.SIGNING_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        message = unopened(path, error)
        raise Invalid(message, problems=(Problem("file", message),)) from error


def _print(report: Any) -> None:
    if not report.signatures:
        print(_("Tệp không có chữ ký số."))
    for number, found in enumerate(report.signatures, start=1):
        name = found.signer or _("Không rõ người ký")
        organisation = f" ({found.organisation})" if found.organisation else ""
        print(f"{number}. {name}{organisation}: {found.reason}")
        if found.time:
            told = _("dấu thời gian") if found.timestamped else _("người ký tự ghi")
            print(f"   {say_moment(found.time)} ({told}), {found.level}")
