"""What citizens read about procedures: names, times, fees and papers in plain words. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congvu.common.spoken import upper_first
from congvu.domains.procedures.types import FeeItem, Paper, ProcedureCard, ProcedureView
from congvu.engines.forms.types import FormDef
from congvu.ground.ui import formats
from congvu.ground.worktime.types import Budget

ONLINE = "Trực tuyến"
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})*) ?đ")
# Words of the catalogue that screens translate.
_FEES = {
    "Miễn phí": gettext_lazy("Miễn phí"),
    "Theo Nghị quyết HĐND cấp tỉnh": gettext_lazy("Theo nghị quyết của Hội đồng nhân dân cấp tỉnh"),
}
_CHANNELS = {
    "Trực tuyến": gettext_lazy("Trực tuyến"),
    "Trực tiếp": gettext_lazy("Trực tiếp"),
    "Dịch vụ bưu chính": gettext_lazy("Dịch vụ bưu chính"),
}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the papers to prepare: ``tag`` says what to do with it, ``kind`` and ``icon`` how that is drawn."""

    name: str
    note: str
    tag: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers under one heading ("" for those that everybody needs)."""

    title: str
    lines: tuple[PaperLine, ...]


def title(name: str) -> str:
    """The name as a heading: "Thủ tục đăng ký khai sinh" reads "Đăng ký khai sinh"."""
    short = name.strip()
    if short.casefold().startswith("thủ tục "):
        short = short[len("thủ tục ") :].lstrip()
    return short[:1].upper() + short[1:]


def dossier_title(title_: str, applicant: str) -> str:
    """The title of a dossier for its own applicant, who need not read the own name after it."""
    return title(title_.removesuffix(f", {applicant}"))


def time_words(budget: str | None) -> str:
    """A time limit: "3 ngày làm việc"; unknown limits say so."""
    return upper_first(Budget.parse(budget).words) if budget else _("Chưa công bố")


def fee_words(text: str) -> str:
    """The fee of a card, without the list of channels in brackets."""
    plain = _BRACKETS.sub("", text or "").partition(" — ")[0]
    parts = dict.fromkeys(part.strip() for part in plain.split(";") if part.strip())
    return "; ".join(_fee_part(part) for part in parts) or _("Chưa công bố")


def _fee_part(text: str) -> str:
    """An amount or a word of the catalogue as the reader's language has it; anything else as it stands."""
    amount = _AMOUNT.fullmatch(text)
    return formats.money(int(amount[1].replace(".", ""))) if amount else str(_FEES.get(text, text))


def fee_line(item: FeeItem) -> str:
    """One fee line of the procedure page."""
    if item.state == "amount" and item.amount is not None:
        return formats.money(item.amount)
    states = {
        "free": _("Miễn phí"),
        "council": _("Theo nghị quyết của Hội đồng nhân dân cấp tỉnh"),
        "law": _("Theo quy định"),
    }
    return states.get(item.state, _("Chưa công bố"))


def fee_summary(procedure: ProcedureView) -> str:
    """The fee in one line: one amount, a span of amounts, or why there is no figure."""
    items = procedure.fee_items
    amounts = sorted({item.amount for item in items if item.state == "amount" and item.amount})
    if len(amounts) > 1:
        return _("Từ %(least)s đến %(most)s") % {
            "least": formats.money(amounts[0]),
            "most": formats.money(amounts[-1]),
        }
    lines = list(dict.fromkeys(fee_line(item) for item in items))
    return "; ".join(lines) if lines else fee_words(procedure.fee)


def takes_online(view: ProcedureView | ProcedureCard) -> bool:
    """Online filing is published for the procedure and its process can run."""
    return view.runnable and ONLINE in view.channels


def channel_word(channel: str) -> str:
    """A way of filing as the catalogue names it, in the reader's language."""
    return str(_CHANNELS.get(channel, channel))


def channels_words(channels: Iterable[str]) -> str:
    """Ways of filing in the order of ease: online, at the counter, by post."""
    known = {ONLINE: _("trực tuyến"), "Trực tiếp": _("tại quầy"), "Dịch vụ bưu chính": _("qua bưu chính")}
    found = [words for channel, words in known.items() if channel in channels]
    text = ", ".join(found) or _("tại quầy")
    return text[:1].upper() + text[1:]


def form_papers(form: FormDef) -> tuple[PaperGroup, ...]:
    """The papers of an electronic form: what is uploaded, shown, or not asked for at all."""
    made = PaperLine(
        _("Tờ khai"),
        _("Hệ thống lập từ câu trả lời, người nộp chỉ kiểm tra và xác nhận."),
        _("Lập tự động"),
        "ok",
        "okc",
    )
    always = [_form_line(p.handing, str(p.label), str(p.hint)) for p in form.papers if p.show_if is None]
    cases = [_form_line(p.handing, str(p.label), str(p.hint)) for p in form.papers if p.show_if is not None]
    groups = [PaperGroup("", (*always, made))]
    if cases:
        groups.append(PaperGroup(_("Tùy câu trả lời trong tờ khai"), tuple(cases)))
    return tuple(groups)


def _form_line(handing: str, name: str, note: str) -> PaperLine:
    tag, kind, icon = {
        "submit": (_("Chụp ảnh"), "warn", "doc"),
        "show": (_("Bản chính đối chiếu"), "info", "eye"),
        "none": (_("Không phải nộp"), "ok", "okc"),
    }[handing]
    return PaperLine(name, note, tag, kind, icon)


def listed_papers(procedure: ProcedureView) -> tuple[PaperGroup, ...]:
    """The papers as the catalogue lists them: for everybody, alternatives, and special cases told apart."""
    groups: dict[str, list[PaperLine]] = {"": []}
    for paper in procedure.papers:
        heading = _heading(paper)
        groups.setdefault(heading, []).append(_listed(paper))
    return tuple(PaperGroup(heading, tuple(lines)) for heading, lines in groups.items() if lines)


def _heading(paper: Paper) -> str:
    if paper.kind == "instruction":
        return _("Lưu ý")
    if paper.need == "one_of":
        return _("Một trong các giấy tờ sau")
    return _("Tùy trường hợp") if paper.need == "case" else ""


def _listed(paper: Paper) -> PaperLine:
    copies = [
        ngettext("%(n)s bản chính", "%(n)s bản chính", paper.original) % {"n": paper.original}
        if paper.original
        else "",
        ngettext("%(n)s bản sao", "%(n)s bản sao", paper.copy) % {"n": paper.copy} if paper.copy else "",
    ]
    note = ", ".join(part for part in copies if part)
    if paper.kind == "instruction":
        return PaperLine(paper.name, "", "", "", "info")
    if paper.declaration and paper.channel != "counter":
        return PaperLine(paper.name, "", _("Lập tự động"), "ok", "okc")
    if paper.kind == "show":
        return PaperLine(paper.name, "", _("Bản chính đối chiếu"), "info", "eye")
    return PaperLine(paper.name, note, _("Chụp ảnh"), "warn", "doc")
