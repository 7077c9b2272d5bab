"""``congvu audit verify``: recompute the trail and say whether it holds."""

from __future__ import annotations

import argparse
import json
from typing import Any


def register(commands: Any) -> None:
    audit = commands.add_parser("audit", help="prove the audit trail")
    audit.add_argument("verb", choices=["verify"])
    audit.add_argument("--json", action="store_true")
    audit.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    from congvu.common.zones import iso
    from congvu.ground.audit import services

    verdict = services.verify()
    answer = {
        "intact": verdict.intact,
        "sealed": verdict.sealed,
        "unsealed": verdict.unsealed,
        "head": verdict.head,
        "broken": list(verdict.broken),
        "checked_at": iso(verdict.checked_at),
    }
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        state = "intact" if verdict.intact else "BROKEN"
        line = f"{state}: {verdict.sealed} sealed, {verdict.unsealed} waiting for the next seal"
        print(line, *verdict.broken, sep="\n  ")
    return 0 if verdict.intact else 1
