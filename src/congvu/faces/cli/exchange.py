"""``congvu exchange``: partners, agencies and their codes. What waits and what failed stands on the desk."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from congvu.common.errors import Refusal


def register(commands: Any) -> None:
    exchange = commands.add_parser("exchange", help="partner systems, agencies and their codes")
    verbs = exchange.add_subparsers(dest="verb", required=True, metavar="VERB")
    partner = verbs.add_parser("partner", help="open or change a partner; its secret is CONGVU_EXCHANGE_SECRET_<KEY>")
    partner.add_argument("key")
    partner.add_argument("--name", required=True)
    partner.add_argument("--transport", required=True, choices=("hub", "province", "folder", "direct", "mailbox"))
    partner.add_argument("--address", required=True, help="https://…, imaps://host/Folder, or a path")
    partner.add_argument("--dialect", choices=("zip", "raw"), default="zip", help="how contents are packed")
    partner.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="such as system_id=…; a mailbox: user=…, book=…",
    )
    partner.add_argument("--login", default="", help="machine login whose token lets its messages in")
    partner.add_argument("--paused", action="store_true", help="nothing is sent to it or fetched from it")
    agency = verbs.add_parser("agency", help="give an agency a code from a day on")
    agency.add_argument("code")
    agency.add_argument("--name", default="")
    agency.add_argument("--since", type=date.fromisoformat, required=True, help="YYYY-MM-DD")
    agency.add_argument("--unit", default="", help="key of the unit, when it is one of ours")
    agency.add_argument("--partner", default="", help="the way to it")
    agency.add_argument("--same-as", default="", help="another code of the same agency")
    agency.add_argument("--basis", default="")
    for parser, run in ((partner, _partner), (agency, _agency)):
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(run=run)


def _partner(options: argparse.Namespace) -> int:
    from congvu.common.actor import SYSTEM
    from congvu.engines.exchange import services
    from congvu.ground.accounts import selectors as accounts

    login = accounts.user_by_username(options.login).id if options.login else None
    settings = dict(part.partition("=")[::2] for part in options.setting)
    services.set_partner(
        SYSTEM, options.key, name=options.name, transport=options.transport, address=options.address,
        dialect=options.dialect, settings=settings, machine_user=login, active=not options.paused,
    )  # fmt: skip
    _tell(options, {"partner": options.key})
    return 0


def _agency(options: argparse.Namespace) -> int:
    """Raises Refusal when ``--same-as`` or ``--unit`` name nothing."""
    from django.utils.translation import gettext as _

    from congvu.common.actor import SYSTEM
    from congvu.engines.exchange import selectors, services
    from congvu.ground.orgs import selectors as orgs

    known = selectors.agency(options.same_as) if options.same_as else None
    if options.same_as and known is None:
        raise Refusal(_("Không có cơ quan nào mang mã “%(code)s”.") % {"code": options.same_as})
    unit = orgs.unit_by_key(options.unit) if options.unit else None
    made = services.name_agency(
        SYSTEM, options.code, name=options.name or (unit.name if unit else ""), valid_from=options.since,
        unit_id=unit.id if unit else None, partner=options.partner, agency_id=known.id if known else None,
        basis=options.basis,
    )  # fmt: skip
    _tell(options, {"agency": made, "code": options.code})
    return 0


def _tell(options: argparse.Namespace, answer: dict[str, Any]) -> None:
    print(json.dumps(answer, ensure_ascii=False) if options.json else " ".join(map(str, answer.values())))
