"""The demo's certificates: two roots of its own, certificates for leaders and agencies, all made when it is loaded.

Keys lie in ``CONGVU_HOME/keys`` of this installation and nowhere else; one PIN opens them all. Time stamps and answers
on revocation are given inside the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction

from congvu.boot.demo import authority
from congvu.boot.demo.accounts import ACCOUNTS
from congvu.boot.demo.authority import ADDRESS, Desk, Made, Period
from congvu.boot.demo.organisation import FRONT_KEY, PARTY_KEY, PROVINCE_KEY, Organisation
from congvu.boot.demo.territory import COMMUNES, DEPARTMENTS
from congvu.common.actor import SYSTEM
from congvu.common.zones import at
from congvu.engines.signing import outside, selectors, services
from congvu.engines.signing.types import HolderKind, Issued, Provider, Wish
from congvu.ground.accounts import selectors as accounts
from congvu.ground.orgs import selectors as orgs

PIN = ACCOUNTS.pin
FOLDER = "demo"
LONG = Period(at(date(2020, 1, 1)), at(date(2040, 1, 1)))
AUTHORITIES = ("duty", "duty-below", "public", "tsa")
# Shown logins that sign beside the chairs, and whose certificate ends soon after loading: days left.
SIGNERS = ("chanhvp", "truongphong", "giamdoc", "vanhoa")
ENDING = {"truongphong": 25, "giamdoc": 55, "chanhvp": 85}


def load(made: Organisation, now: datetime) -> int:
    """Make the authorities and give certificates, unless there are some. Returns how many certificates were given."""
    if selectors.roots():
        return 0
    folder = Path(settings.SIGNING_KEYS) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    below = _authorities(folder)
    desk.cache_clear()
    with transaction.atomic():
        given = [_give(below, folder, wish, name, _period(login, now)) for wish, name, login in _wishes(made)]
    return len(given)


def _authorities(folder: Path) -> Made:
    """Roots, trusted from now on, and the authority that issues. Keys are kept for answering later."""
    duty = authority.authority("Chứng thực công vụ Bình Lam (minh họa)", LONG)
    below = authority.authority("Chứng thực cán bộ, cơ quan Bình Lam (minh họa)", LONG, over=duty)
    public = authority.authority("Chứng thực công cộng Bình Lam (minh họa)", LONG)
    stamper = authority.stamping(below, "Dấu thời gian Bình Lam (minh họa)", LONG)
    for name, one in zip(AUTHORITIES, (duty, below, public, stamper), strict=True):
        _write(folder / f"{name}.pem", _pem(one))
    basis = "Dữ liệu minh họa"
    services.add_root(
        SYSTEM, name="Chứng thực công vụ Bình Lam (minh họa)", chain="public_duty", purposes=["sign", "timestamp"],
        certificate=duty.der, legal_basis=basis,
    )  # fmt: skip
    services.add_root(
        SYSTEM, name="Chứng thực công cộng Bình Lam (minh họa)", chain="public", purposes=["sign"],
        certificate=public.der, legal_basis=basis,
    )  # fmt: skip
    return below


def _wishes(made: Organisation) -> Iterator[tuple[Wish, str, str]]:
    """Who gets a certificate: wish, name, login (empty for an agency)."""
    logins = {user: login for login, user in made.users.items()}
    communes = [f"xa-{one.slug}" for one in COMMUNES]
    agencies = [PROVINCE_KEY, *communes, *(key for key, _name in DEPARTMENTS), PARTY_KEY, FRONT_KEY]
    names = {unit.id: unit.name for unit in orgs.tree()}
    for key in agencies:
        unit = made.units[key]
        yield Wish(HolderKind.ORGANISATION, unit, reason="Ký số của cơ quan"), names[unit], ""
        for position in orgs.positions(unit, "chair"):
            for holder in orgs.holders_of(position.id):
                if not holder.stand_in:
                    wish = Wish(HolderKind.PERSON, unit, holder.user_id, position.id, "Ký số của cá nhân")
                    yield wish, holder.name, logins[holder.user_id]
    for login in SIGNERS:
        user = made.users[login]
        wish = Wish(HolderKind.PERSON, made.units["xa-yen-khe"], user, reason="Ký số của cá nhân")
        yield wish, accounts.user(user).name, login


def _period(login: str, now: datetime) -> Period:
    begins = at(date(2026, 1, 5))
    left = ENDING.get(login)
    return Period(begins, now + timedelta(days=left) if left else at(date(2029, 1, 4)))


def _give(below: Made, folder: Path, wish: Wish, name: str, period: Period) -> int:
    organisation = orgs.unit(wish.unit_id).name
    made = authority.issue(below, name, organisation, period)
    file = f"{made.certificate.serial_number:x}.p12"
    _write(folder / file, made.pkcs12(PIN))
    paper = services.ask(SYSTEM, wish)
    issued = Issued(made.der, Provider.PKCS12, f"{FOLDER}/{file}", device_serial=file[:8].upper())
    return services.issue(SYSTEM, paper, issued)


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)


def _pem(one: Made) -> bytes:
    chain = b"".join(part.public_bytes(Encoding.PEM) for part in (one.certificate, *one.above))
    return one.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + chain


def issuing() -> Made | None:
    """The authority that issues certificates; None before it is loaded."""
    try:
        return _read(Path(settings.SIGNING_KEYS) / FOLDER / "duty-below.pem")
    except FileNotFoundError:
        return None


@cache
def desk() -> Desk | None:
    """Who answers for the demo's authorities; None before it is loaded."""
    folder = Path(settings.SIGNING_KEYS) / FOLDER
    try:
        duty, below, public, stamper = (_read(folder / f"{name}.pem") for name in AUTHORITIES)
    except FileNotFoundError:
        return None
    return Desk((duty, below, public), stamper)


def _read(path: Path) -> Made:
    content = path.read_bytes()
    key = load_pem_private_key(content, None)
    assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    own, *above = x509.load_pem_x509_certificates(content)
    return Made(key, own, tuple(above))


def answer(url: str, *, body: bytes | None, media_type: str, timeout: float) -> bytes:
    """The transport of the demo: its own addresses are answered here, others outside. Raises OSError."""
    if not url.startswith(ADDRESS):
        return outside.over_http(url, body=body, media_type=media_type, timeout=timeout)
    found = desk()
    if found is None:
        desk.cache_clear()
        raise OSError(f"nobody answers at {url}")
    return found(url, body=body, media_type=media_type, timeout=timeout)
