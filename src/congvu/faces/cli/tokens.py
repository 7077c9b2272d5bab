"""``congvu tokens``: give programs outside a login, a post and a token, list them, take them back."""

from __future__ import annotations

import argparse
import json
from typing import Any


def register(commands: Any) -> None:
    tokens = commands.add_parser("tokens", help="access of programs outside to the API")
    verbs = tokens.add_subparsers(dest="verb", required=True)
    issue = verbs.add_parser("issue", help="a token for a program in a post of a unit; its secret is shown once")
    issue.add_argument("login", help="name of the machine login; opened if it is new")
    issue.add_argument("--name", required=True, help="what the program is called, as the trail and receipts show it")
    issue.add_argument("--unit", required=True, help="code or key of the unit")
    issue.add_argument("--role", action="append", required=True, help="role of the post; may be repeated")
    issue.add_argument("--scope", action="append", required=True, help="what the token is for; may be repeated")
    issue.add_argument("--days", type=int, default=90)
    issue.add_argument("--per-minute", type=int, default=600)
    listing = verbs.add_parser("list", help="tokens of a unit's posts")
    listing.add_argument("--unit", required=True)
    revoke = verbs.add_parser("revoke", help="end a token at once")
    revoke.add_argument("id", type=int)
    for parser, run in ((issue, _issue), (listing, _list), (revoke, _revoke)):
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(run=run)


def _unit(text: str) -> int:
    """Raises UnitNotFound."""
    from congvu.common.errors import NotFound
    from congvu.ground.orgs import selectors

    try:
        return selectors.unit_by_code(text).id
    except NotFound:
        return selectors.unit_by_key(text).id


def _issue(options: argparse.Namespace) -> int:
    from datetime import timedelta

    from django.db import transaction
    from django.utils import timezone

    from congvu.common.actor import SYSTEM
    from congvu.common.zones import iso
    from congvu.ground.orgs import services

    with transaction.atomic():
        user = _login(options.login, options.name)
        position = _post(_unit(options.unit), user, options)
        made = services.issue_token(
            SYSTEM, position, user, name=options.name, scopes=options.scope, per_minute=options.per_minute,
            expires_at=timezone.now() + timedelta(days=options.days),
        )  # fmt: skip
    answer = {"id": made.id, "secret": made.secret, "position": position, "expires_at": iso(made.expires_at)}
    _tell(options, answer, f"{made.secret}\ntoken {made.id}, until {iso(made.expires_at)}; it will not be shown again")
    return 0


def _login(username: str, name: str) -> int:
    from congvu.common.actor import SYSTEM
    from congvu.ground.accounts import selectors, services
    from congvu.ground.accounts.errors import UserNotFound

    try:
        return selectors.user_by_username(username).id
    except UserNotFound:
        return services.open_machine_login(SYSTEM, username, full_name=name)


def _post(unit: int, user: int, options: argparse.Namespace) -> int:
    """The post of the unit that the login holds with just these roles; made and given to it if there is none."""
    from django.utils import timezone

    from congvu.common.actor import SYSTEM
    from congvu.common.zones import local_date
    from congvu.ground.orgs import selectors, services

    today = local_date(timezone.now())
    for post in selectors.positions(unit):
        held = any(holder.user_id == user for holder in selectors.holders_of(post.id))
        if held and set(post.roles) == set(options.role):
            return post.id
    position = services.create_position(SYSTEM, unit, options.name, options.role, valid_from=today)
    services.assign(SYSTEM, position, user, valid_from=today, kind="concurrent")
    return position


def _list(options: argparse.Namespace) -> int:
    from congvu.common.zones import iso
    from congvu.ground.accounts import selectors
    from congvu.ground.orgs import selectors as orgs

    rows = [
        {
            "id": token.id,
            "name": token.name,
            "position": token.position_id,
            "scopes": list(token.scopes),
            "expires_at": iso(token.expires_at),
            "last_used_at": iso(token.last_used_at) if token.last_used_at else None,
            "revoked_at": iso(token.revoked_at) if token.revoked_at else None,
        }
        for token in selectors.tokens_of(post.id for post in orgs.positions(_unit(options.unit)))
    ]
    _tell(options, {"tokens": rows}, "\n".join(f"{row['id']}\t{row['name']}\t{row['expires_at']}" for row in rows))
    return 0


def _revoke(options: argparse.Namespace) -> int:
    from congvu.common.actor import SYSTEM
    from congvu.ground.orgs import services

    services.revoke_token(SYSTEM, options.id)
    _tell(options, {"id": options.id, "revoked": True}, f"token {options.id} revoked")
    return 0


def _tell(options: argparse.Namespace, answer: dict[str, Any], words: str) -> None:
    print(json.dumps(answer, ensure_ascii=False) if options.json else words)
