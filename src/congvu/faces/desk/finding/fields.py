"""The fields of the search: how each is called, how it is typed, what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.domains.documents import selectors as documents
from congvu.faces.desk.incoming.fields import day_of, figure
from congvu.faces.desk.incoming.rows import CHANNELS, PRIORITIES, SECRECIES
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

YES = {"1": gettext_lazy("Có"), "0": gettext_lazy("Không")}
STATES_IN = {
    "arrived": gettext_lazy("Chờ vào sổ"), "registered": gettext_lazy("Chờ chỉ đạo"),
    "processing": gettext_lazy("Đang xử lý"), "done": gettext_lazy("Đã xử lý xong"),
    "sent_back": gettext_lazy("Đã trả lại nơi gửi"), "recalled": gettext_lazy("Đã bị thu hồi"),
}  # fmt: skip
STATES_OUT = {
    "drafting": gettext_lazy("Đang soạn thảo"), "reviewing": gettext_lazy("Đang trình duyệt"),
    "signing": gettext_lazy("Chờ ký"), "issuing": gettext_lazy("Chờ phát hành"),
    "issued": gettext_lazy("Đã phát hành"), "recalled": pgettext_lazy("document", "Đã thu hồi"),
    "dropped": gettext_lazy("Đã bỏ dự thảo"),
}  # fmt: skip
CAPACITIES = {key: key for key in ("TM.", "Q.", "KT.", "TL.", "TUQ.")}
ORDERS = {
    "newest": gettext_lazy("Mới nhất trước"), "oldest": gettext_lazy("Cũ nhất trước"),
    "number": gettext_lazy("Theo số văn bản"), "party": gettext_lazy("Theo nơi gửi, nơi nhận"),
}  # fmt: skip
SCOPES = {"in": gettext_lazy("Văn bản đến"), "out": gettext_lazy("Văn bản đi")}


@dataclass(frozen=True, slots=True)
class Ask:
    """One field of the form: its name in the rooms below, its kind (words, figure, day, choice), its choices."""

    name: str
    label: str | Promise
    kind: str = "words"
    choices: Mapping[str, str | Promise] | None = None


# Groups of the form in order; ``name`` is also the name in the address.
FORM: tuple[tuple[str | Promise, tuple[Ask, ...]], ...] = (
    (gettext_lazy("Văn bản"), (
        Ask("number", gettext_lazy("Số")), Ask("symbol", gettext_lazy("Ký hiệu")),
        Ask("kind", gettext_lazy("Loại văn bản")), Ask("subject", gettext_lazy("Trích yếu")),
        Ask("issued_since", gettext_lazy("Ngày văn bản, từ"), "day"),
        Ask("issued_until", gettext_lazy("Ngày văn bản, đến"), "day"),
        Ask("signer", gettext_lazy("Người ký")), Ask("signer_position", gettext_lazy("Chức vụ người ký")),
        Ask("priority", gettext_lazy("Độ khẩn"), "choice", {str(n): label for n, label in enumerate(PRIORITIES)}),
        Ask("unit", gettext_lazy("Đơn vị xử lý, soạn thảo"), "choice", {}),
        Ask("reply_since", gettext_lazy("Hạn trả lời, từ"), "day"),
        Ask("reply_until", gettext_lazy("Hạn trả lời, đến"), "day"),
        Ask("paper", gettext_lazy("Có bản giấy"), "choice", YES),
        Ask("copies", gettext_lazy("Số bản"), "figure"), Ask("pages", gettext_lazy("Số trang"), "figure"),
        Ask("document_id", gettext_lazy("Mã định danh văn bản")),
    )),
    (gettext_lazy("Văn bản đến"), (
        Ask("arrival_number", gettext_lazy("Số đến"), "figure"),
        Ask("arrived_since", gettext_lazy("Ngày đến, từ"), "day"),
        Ask("arrived_until", gettext_lazy("Ngày đến, đến"), "day"),
        Ask("sender", gettext_lazy("Nơi gửi")), Ask("sender_code", gettext_lazy("Mã cơ quan gửi")),
        Ask("state_in", gettext_lazy("Trạng thái"), "choice", STATES_IN),
        Ask("channel", gettext_lazy("Đến bằng"), "choice", CHANNELS),
        Ask("secrecy", gettext_lazy("Độ mật"), "choice", {str(n): label for n, label in enumerate(SECRECIES)}),
        Ask("registered_by", gettext_lazy("Người vào sổ")), Ask("result", gettext_lazy("Kết quả xử lý")),
        Ask("description", gettext_lazy("Ghi chú")), Ask("language", gettext_lazy("Ngôn ngữ")),
    )),
    (gettext_lazy("Văn bản đi"), (
        Ask("recipient", gettext_lazy("Nơi nhận")), Ask("drafter", gettext_lazy("Người soạn thảo")),
        Ask("sent_since", gettext_lazy("Ngày phát hành, từ"), "day"),
        Ask("sent_until", gettext_lazy("Ngày phát hành, đến"), "day"),
        Ask("state_out", gettext_lazy("Trạng thái"), "choice", STATES_OUT),
        Ask("capacity", gettext_lazy("Thẩm quyền ký"), "choice", CAPACITIES),
    )),
)  # fmt: skip
ASKS = {ask.name: ask for _title, asks in FORM for ask in asks}
NUMBERS = ("priority", "secrecy", "unit")


def units_of(actor: Actor) -> dict[str, str]:
    """The units of the actor's agency, itself first."""
    if actor.unit_id is None:
        return {}
    tree = orgs.tree()
    agency = tree.agency_of(actor.unit_id)
    inside = [tree.unit(unit) for unit in tree.subtree(agency.id)]
    return {str(one.id): one.name for one in sorted(inside, key=lambda one: (one.id != agency.id, one.name))}


def choices_of(ask: Ask, units: Mapping[str, str]) -> Mapping[str, str | Promise]:
    return units if ask.name == "unit" else ask.choices or {}


def read(asked: QueryDict, units: Mapping[str, str]) -> documents.FindQuery:
    """The question of an address. Raises Invalid naming every field that cannot be read."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for ask in ASKS.values():
        text = asked.get(ask.name, "").strip()[:200]
        if not text:
            continue
        try:
            values[ask.name] = _value(ask, text, units)
        except Invalid as refusal:
            problems += refusal.problems
    if problems:
        raise Invalid(problems[0].message, problems=tuple(problems))
    scope, order = asked.get("loai-vb", ""), asked.get("xep", "newest")
    return documents.FindQuery(
        text=asked.get("q", "").strip()[:200], content=asked.get("noi-dung", "").strip()[:200],
        scope=scope if scope in SCOPES else "", order=order if order in ORDERS else "newest", fields=values,
    )  # fmt: skip


def _value(ask: Ask, text: str, units: Mapping[str, str]) -> str | int | bool | date | None:
    if ask.kind == "day":
        return day_of(text, ask.name, str(ask.label))
    if ask.kind == "figure":
        return figure(text, ask.name, str(ask.label))
    if ask.kind == "choice":
        if text not in choices_of(ask, units):
            message = _("Chọn một giá trị trong danh sách.")
            raise Invalid(message, problems=(Problem(ask.name, message, "unknown"),))
        if ask.name == "paper":
            return text == "1"
        return int(text) if ask.name in NUMBERS else text
    return text


def form_of(
    asked: QueryDict, units: Mapping[str, str], problems: Mapping[str, str]
) -> list[tuple[str | Promise, list[dict[str, Any]]]]:
    """The groups of the form with what was typed."""
    groups = []
    for title, asks in FORM:
        shown = []
        for ask in asks:
            typed = asked.get(ask.name, "")
            options = [Option(k, str(v), checked=k == typed) for k, v in choices_of(ask, units).items()]
            shown.append({"ask": ask, "value": typed, "options": options, "error": problems.get(ask.name, "")})
        groups.append((title, shown))
    return groups
