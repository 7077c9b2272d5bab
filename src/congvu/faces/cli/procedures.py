"""``congvu procedures``: import the catalogue, say what can run."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.faces.cli._opening import unopened

SIZE_LIMIT = 64 * 1024 * 1024


def register(commands: Any) -> None:
    group = commands.add_parser("procedures", help="the catalogue of administrative procedures")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("import", help="take procedures from a JSON file; changed ones become new versions")
    load.add_argument("file", metavar="FILE", help="a JSON list of procedures, or - for the list the program carries")
    load.add_argument("--dry-run", action="store_true", help="report only, write nothing")
    load.add_argument("--json", action="store_true")
    load.set_defaults(run=_import)
    report = verbs.add_parser("report", help="how many procedures can run, and why the others cannot")
    report.add_argument("--json", action="store_true")
    report.set_defaults(run=_report)


def _refuse(name: str, message: str) -> Invalid:
    return Invalid(message, problems=(Problem(name, message, "unreadable"),))


def _read(name: str) -> list[Any]:
    """The rows of a file. Raises Invalid in words for what cannot be read."""
    path = Path(name)
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise _refuse(name, _("Tệp lớn hơn %(size_limit)s MB.") % {"size_limit": SIZE_LIMIT // 1024 // 1024})
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise _refuse(name, unopened(path, error)) from error
    except (ValueError, RecursionError) as error:
        raise _refuse(name, _("Tệp không phải JSON đọc được: %(error)s.") % {"error": error}) from error
    if not isinstance(value, list):
        raise _refuse(name, _("Tệp phải là một danh sách thủ tục (JSON [ … ])."))
    return value


def _tell(done: int, total: int) -> None:
    if done % 50 == 0 or done == total:
        print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _import(options: argparse.Namespace) -> int:
    from congvu.common.actor import SYSTEM
    from congvu.domains.procedures import services

    rows = services.shipped_rows() if options.file == "-" else _read(options.file)
    report = services.import_rows(SYSTEM, rows, dry_run=options.dry_run, progress=_tell)
    answer = {
        "create": report.create,
        "update": report.update,
        "same": report.same,
        "refused": [{"code": line.code, "reason": line.reason} for line in report.refused],
        "warnings": [{"code": line.code, "reason": line.reason} for line in report.warnings],
        "runnable": report.runnable,
    }
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    print(_("Chạy thử, không ghi gì.") if report.dry_run else _("Đã nhập."))
    print(
        _("Thêm %(create)s, cập nhật %(update)s, giữ nguyên %(same)s, từ chối %(count)s.")
        % {"create": report.create, "update": report.update, "same": report.same, "count": len(report.refused)}
    )
    print(
        _("Chạy được %(all)s: %(own)s theo quy trình đã công bố, %(template)s theo quy trình mẫu.")
        % {"all": report.runnable, "own": report.runnable_own, "template": report.runnable_template}
    )
    for title, lines in ((_("Từ chối"), report.refused), (_("Lưu ý"), report.warnings)):
        print(*(f"{title} {line.code}: {line.reason}" for line in lines), sep="\n", end="\n" if lines else "")
    return 0


def _report(options: argparse.Namespace) -> int:
    from congvu.domains.procedures import selectors

    report = selectors.runnable_report()
    answer = {
        "total": report.total,
        "runnable": report.runnable,
        "own": list(report.own),
        "template": list(report.template),
        "blocked": [{"reason": reason, "codes": list(codes)} for reason, codes in report.blocked.items()],
        "places": {place: list(codes) for place, codes in report.places.items()},
    }
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    print(
        _("%(runnable)s/%(total)s thủ tục chạy được từ nộp đến trả kết quả:")
        % {"runnable": report.runnable, "total": report.total}
    )
    print(
        _("  %(count)s theo quy trình đã công bố, %(count2)s theo quy trình mẫu.")
        % {"count": len(report.own), "count2": len(report.template)}
    )
    print(
        *(
            _("  %(count)s không chạy được: %(reason)s") % {"count": len(codes), "reason": reason}
            for reason, codes in report.blocked.items()
        ),
        sep="\n",
    )
    return 0
