"""The door for writing: figures from a day on, comparisons and their withdrawal; and what rooms declare here."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, NotFound, Problem, Refusal
from congvu.common.text import clean
from congvu.common.zones import utc_now
from congvu.ground.audit.services import act, note
from congvu.ground.law.errors import AlreadyCompared, NotCompared
from congvu.ground.law.models import Comparison, Figure
from congvu.ground.law.policies import may_keep_law
from congvu.ground.law.registry import FIGURES, KINDS, define, percent, to_compare, whole
from congvu.ground.law.types import FigureDef, Item

__all__ = ["compare", "define", "percent", "set_figure", "to_compare", "whole", "withdraw"]

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


@act("law.set_figure", policy=may_keep_law, label="Đặt số liệu pháp lý")
def set_figure(actor: Actor, key: str, *, value: str, valid_from: date | None, legal_basis: str) -> int:
    """A figure has this value from a day on, by this text; nobody has compared it yet. Returns the row's id.

    What holds for earlier days stays. Raises NotFound for an unknown figure, Invalid naming each field.
    """
    definition = FIGURES.get(key)
    if definition is None:
        raise NotFound(_("Không có số liệu này."))
    text, basis = clean(value), clean(legal_basis)
    problems = [*_value_problems(definition, text)]
    if valid_from is None or not EARLIEST <= valid_from <= LATEST:
        problems.append(Problem("valid_from", _("Ghi ngày bắt đầu áp dụng, ví dụ 01/07/2026."), "required"))
    if not basis or len(basis) > 300:
        problems.append(Problem("legal_basis", _("Ghi căn cứ pháp lý, tối đa 300 ký tự."), "required"))
    if problems or valid_from is None:
        raise Invalid(_("Chưa đặt được số liệu."), problems=tuple(problems))
    row = Figure.objects.create(
        key=key, value=text, valid_from=valid_from, legal_basis=basis, set_by=actor.name, set_at=utc_now()
    )
    note(figure=key, value=text, valid_from=valid_from.isoformat(), legal_basis=basis)
    return row.id


def _value_problems(definition: FigureDef[object], text: str) -> list[Problem]:
    try:
        if len(text) > 48:
            raise ValueError(text)
        definition.parse(text)
    except (ValueError, Refusal):
        return [Problem("value", _("Không đọc được giá trị. %(hint)s") % {"hint": definition.hint})]
    return []


@act("law.compare", policy=may_keep_law, label="Ghi nhận đã đối chiếu văn bản")
def compare(actor: Actor, kind: str, key: str, *, against: str) -> int:
    """Record that the actor compared a statement with the text named in ``against``. Returns the comparison's id.

    Raises NotFound when no room lists that statement, Invalid without a text, AlreadyCompared.
    """
    item = _item(kind, key)
    text = clean(against)
    if not text or len(text) > 500:
        words = _("Ghi văn bản và điều khoản đã đối chiếu, tối đa 500 ký tự.")
        raise Invalid(_("Chưa ghi nhận được."), problems=(Problem("against", words, "required"),))
    row, made = Comparison.objects.get_or_create(
        kind=kind, key=key, withdrawn_at=None,
        defaults={"label": _named(item), "against": text, "at": utc_now(), "by": actor.name, "by_user": actor.user_id},
    )  # fmt: skip
    if not made:
        raise AlreadyCompared(_("Mục này đã được %(by)s đối chiếu trước đó.") % {"by": row.by})
    note(kind=kind, key=key, label=row.label, against=text)
    return row.id


@act("law.withdraw", policy=may_keep_law, label="Rút ghi nhận đã đối chiếu")
def withdraw(actor: Actor, kind: str, key: str, *, reason: str) -> None:
    """Take a comparison back: the statement is unverified again, the comparison stays readable.

    Raises NotCompared, and Invalid without a reason.
    """
    text = clean(reason)
    if not text or len(text) > 500:
        problem = Problem("reason", _("Ghi lý do rút, tối đa 500 ký tự."), "required")
        raise Invalid(_("Chưa rút được ghi nhận."), problems=(problem,))
    row = Comparison.objects.select_for_update().filter(kind=kind, key=key, withdrawn_at=None).first()
    if row is None:
        raise NotCompared(_("Mục này chưa được ghi nhận đối chiếu."))
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = utc_now(), actor.name, text
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    note(kind=kind, key=key, label=row.label, reason=text)


def _item(kind: str, key: str) -> Item:
    found = next((item for item in KINDS[kind].lister() if item.key == key), None) if kind in KINDS else None
    if found is None:
        raise NotFound(_("Không có mục này trong danh sách cần đối chiếu."))
    return found


def _named(item: Item) -> str:
    return f"{item.where}: {item.label}"[:500]
