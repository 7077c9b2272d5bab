"""Which certificate, and its PIN: the part of a form that opens a key, the same wherever somebody signs.

A page shows ``desk/signing/_authentication.html`` with ``auth`` from ``authentication``; the act opens the key with
``opened`` and hands the credential to its service. The PIN is never shown again, kept, or put into an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.zones import local_date, utc_now
from congvu.engines.signing import selectors, services
from congvu.engines.signing.errors import CertificateRefused, CredentialRefused
from congvu.engines.signing.types import CertificateView, HolderKind, Opened, Provider
from congvu.ground.ui.formats import table_date
from congvu.ground.ui.types import Option

# Whose signature is wanted: the person's own, or that of the agency by its records clerk.
PERSON, AGENCY = "person", "agency"
KINDS = {PERSON: HolderKind.PERSON, AGENCY: HolderKind.ORGANISATION}
SOON_DAYS = 90


@dataclass(frozen=True, slots=True)
class Authentication:
    """What the template shows. Without ``options`` nobody can sign here now, and ``none`` says why.

    ``remote``: a service asks the person, so that the PIN may stay empty; ``local``: the PIN is typed into the tool on
    this machine, for all of them if ``local_only``. ``hint`` is the PIN of the demo.
    """

    options: tuple[Option, ...]
    none: str
    remote: bool
    local: bool
    local_only: bool
    hint: str
    errors: Mapping[str, str]

    @property
    def may_be_empty(self) -> bool:
        return self.remote or self.local

    @property
    def only(self) -> Option | None:
        return self.options[0] if len(self.options) == 1 else None


def certificates_of(actor: Actor, purpose: str) -> tuple[CertificateView, ...]:
    """Certificates with which the actor can give a person's (``PERSON``) or the agency's (``AGENCY``) signature now."""
    return tuple(row for row in selectors.usable(actor) if row.holder_kind is KINDS[purpose])


def authentication(
    actor: Actor, purpose: str, post: QueryDict | None = None, problems: Mapping[str, str] | None = None
) -> Authentication:
    """The fields, the certificate typed before still chosen. ``problems`` by field: ``certificate``, ``pin``."""
    rows = certificates_of(actor, purpose)
    wanted = (post or QueryDict()).get("certificate") or (str(rows[0].id) if rows else "")
    options = tuple(Option(str(row.id), row.name, _about(row), checked=str(row.id) == wanted) for row in rows)
    none = {
        PERSON: _("Chưa có chứng thư chữ ký số cá nhân đang dùng nên chưa ký được. Hãy báo văn thư cơ quan."),
        AGENCY: _("Tài khoản này không giữ chứng thư chữ ký số đang dùng của cơ quan nên chưa ký phát hành được."),
    }[purpose]
    remote = any(row.provider is Provider.REMOTE for row in rows)
    tools = [row.provider is Provider.HELPER for row in rows]
    return Authentication(
        options, none, remote, any(tools), bool(tools) and all(tools), settings.SIGNING_PIN_HINT, problems or {}
    )


def _about(row: CertificateView) -> str:
    """Where the key lies and until when it is good; the last weeks are counted."""
    left = (local_date(row.valid_to) - local_date(utc_now())).days
    words = [str(row.provider.label), _("có hiệu lực đến %(day)s") % {"day": table_date(row.valid_to)}]
    if left <= SOON_DAYS:
        words.append(ngettext("còn %(n)s ngày", "còn %(n)s ngày", left) % {"n": left})
    return " · ".join(words)


@contextmanager
def opened(actor: Actor, post: QueryDict, purpose: str) -> Iterator[Opened]:
    """The key of the chosen certificate, opened by the PIN in ``post`` and closed at the end.

    What the key or the certificate refuse, also while it signs inside the block, is raised as Invalid naming the field
    (``certificate`` or ``pin``); TooMany after too many tries.
    """
    with _telling():
        session = services.open_session(actor, chosen(actor, post, purpose).id, secret=post.get("pin", ""))
    try:
        with _telling():
            yield session
    finally:
        session.close()


@contextmanager
def _telling() -> Iterator[None]:
    """What a key or a certificate refuses, at the field where the person can do something about it."""
    try:
        yield
    except CredentialRefused as refusal:
        raise _at("pin", refusal.message, refusal.code) from refusal
    except CertificateRefused as refusal:
        raise _at("certificate", refusal.message, refusal.code) from refusal


def _at(field: str, message: str, code: str) -> Invalid:
    return Invalid(_("Chưa ký được."), problems=(Problem(field, message, code),), code=code)


def chosen(actor: Actor, post: QueryDict, purpose: str) -> CertificateView:
    """The certificate of the form. Raises Invalid for none, or for one that is not the actor's."""
    wanted = post.get("certificate", "")
    found = next((row for row in certificates_of(actor, purpose) if str(row.id) == wanted), None)
    if found is None:
        raise _at("certificate", _("Chọn một chứng thư chữ ký số của chính mình."), "unknown")
    return found
