"""Setting an issued document right: never by editing it (NĐ 30/2020 Điều 18 khoản 3).

Wrong content takes a document of the same form that replaces or amends it; wrong form a công văn that corrects it.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.zones import utc_now
from congvu.domains.documents.models import Link, Outgoing, OutState
from congvu.domains.documents.policies import OUTGOING
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.types import DraftInput, IssuerView, KindView
from congvu.ground.records.selectors import get_visible
from congvu.ground.records.services import Record

LETTER = "CV"
FIELDS = {"replaces": Link.Relation.REPLACE, "amends": Link.Relation.AMEND, "corrects": Link.Relation.CORRECT}


def check(actor: Actor, given: DraftInput, by: IssuerView, what: KindView) -> None:
    """Whether the draft may set right what it names. Raises Invalid naming the field, NotFound for a hidden one."""
    named = [name for name in FIELDS if getattr(given, name) is not None]
    if len(named) > 1:
        raise _wrong(named[1], _("Một văn bản chỉ thay thế, hoặc sửa đổi, hoặc đính chính một văn bản."), "one")
    for name in named:
        _check_one(actor, name, getattr(given, name), by, what)


def _check_one(actor: Actor, name: str, target: UUID, by: IssuerView, what: KindView) -> None:
    record = get_visible(actor, target, kind=OUTGOING)
    row = Outgoing.objects.select_related("kind").get(record_id=target)
    if row.issuer_id != by.id:
        raise _wrong(name, _("Chỉ cơ quan ban hành được thay thế, sửa đổi, đính chính văn bản của mình."), "issuer")
    if record.state != OutState.ISSUED:
        raise _wrong(name, _("Văn bản này không còn ở trạng thái đã phát hành."), "state")
    if name == "corrects" and what.key != LETTER:
        raise _wrong("kind", _("Đính chính bằng công văn của cơ quan ban hành."), "letter")
    if name != "corrects" and what.key != row.kind.key:
        words = _("Thay thế, sửa đổi bằng văn bản cùng loại: %(kind)s.") % {"kind": row.kind.name}
        raise _wrong("kind", words, "form")
    newer = replaced_by(target)
    if newer is not None:
        words = _("Văn bản này đã được thay thế bởi %(code)s.") % {"code": full_code(newer)}
        raise _wrong(name, words, "replaced")


def _wrong(field: str, words: str, code: str) -> Invalid:
    return Invalid(words, problems=(Problem(field, words, code),))


def replaced_by(target: UUID) -> Outgoing | None:
    """The issued document of ours that replaced this one."""
    sources = Link.objects.filter(target=target, relation=Link.Relation.REPLACE, source__state=OutState.ISSUED)
    return Outgoing.objects.filter(record__in=sources.values("source")).first()


def link(record: Record, given: DraftInput) -> None:
    """Write down what the draft sets right; it says so on both pages once it is issued. Step of the act of drafting."""
    for name, relation in FIELDS.items():
        target = getattr(given, name)
        if target is not None:
            Link.objects.create(source=record, target_id=target, relation=relation, at=utc_now())
