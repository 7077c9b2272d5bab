"""Acts on one dossier from its page: each verb parses its fields, calls one service and comes back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Refusal
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services
from congvu.domains.dossiers.types import PaperLine, ResultInput
from congvu.engines.workflow import selectors as work
from congvu.faces.desk.dossiers.parts import signature_of
from congvu.faces.desk.dossiers.views import dossier_page
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.faces.desk.signing.authentication import AGENCY, PERSON
from congvu.faces.desk.signing.holding import Keys, acted, begin, gone_on
from congvu.faces.desk.uploads import uploaded
from congvu.journeys import dossier_documents as signed

Call = Callable[[Actor, UUID, HttpRequest], object]
# What the act calls, and what the page says when it is done.
Act = tuple[Call, Promise]


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()


def _version(request: HttpRequest) -> int | None:
    """The version of the record that the page showed. Raises Invalid for what no page of ours sends."""
    text = _text(request, "version")
    if not text:
        return None
    number = _number(text)
    if number is None:
        raise Invalid(_("Trang này không còn khớp với hồ sơ. Hãy tải lại trang rồi làm lại."))
    return number


def _number(text: str) -> int | None:
    """A number as the database holds it, None for anything else: thousands of digits are no number here."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _answer(actor: Actor, dossier: UUID, request: HttpRequest) -> None:
    file, name = uploaded(request, "file"), _text(request, "papers")
    papers = (PaperLine(name=name or _("Giấy tờ bổ sung"), originals=1, file=file),) if file or name else ()
    services.answer_supplement(actor, dossier, papers=papers, note_text=_text(request, "note"))


def _result(request: HttpRequest) -> ResultInput:
    return ResultInput(number=_text(request, "number"), text=_text(request, "text"), file=uploaded(request, "file"))


def _return(actor: Actor, dossier: UUID, request: HttpRequest) -> None:
    """Hand over; a process without a step that issues gives its result with it."""
    given = _result(request)
    services.return_result(actor, dossier, to=_text(request, "to"), result=None if given == ResultInput() else given)


DOSSIER_ACTS: dict[str, Act] = {
    "tiep-nhan": (lambda a, d, r: services.receive(a, d, version=_version(r)), gettext_lazy("Đã tiếp nhận hồ sơ.")),
    "tu-choi-tiep-nhan": (
        lambda a, d, r: services.decline(a, d, reason=_text(r, "reason")),
        gettext_lazy("Đã từ chối tiếp nhận."),
    ),
    "yeu-cau-bo-sung": (
        lambda a, d, r: services.ask_supplement(a, d, items=_text(r, "items").splitlines(), reason=_text(r, "reason")),
        gettext_lazy("Đã gửi yêu cầu bổ sung."),
    ),
    "huy-bo-sung": (
        lambda a, d, r: services.cancel_supplement(a, d, reason=_text(r, "reason")),
        gettext_lazy("Đã hủy yêu cầu bổ sung."),
    ),
    "nhan-bo-sung": (_answer, gettext_lazy("Đã nhận bổ sung.")),
    "tu-choi": (
        lambda a, d, r: services.refuse(a, d, reason=_text(r, "reason")),
        gettext_lazy("Đã từ chối giải quyết."),
    ),
    "dung": (lambda a, d, r: services.stop(a, d, reason=_text(r, "reason")), gettext_lazy("Đã dừng giải quyết.")),
    "tra-ket-qua": (_return, gettext_lazy("Đã trả kết quả.")),
}


def _issue(actor: Actor, item: UUID, request: HttpRequest) -> None:
    services.issue_result(actor, item, _result(request))


def _assign(actor: Actor, item: UUID, request: HttpRequest) -> None:
    services.assign(actor, item, position_id=_number(_text(request, "position")) or 0)


def _approve_signed(request: HttpRequest, item: UUID) -> HttpResponseBase | None:
    """What stands on the page is signed by the key; a job finishes it, and the step is approved by it."""

    def opening(certificate: int) -> UUID:
        return signed.open_result(
            actor_of(request), certificate, item, text=_text(request, "text"), file=uploaded(request, "file"),
            name=_text(request, "name"), version=_version(request),
        )  # fmt: skip

    return gone_on(begin(request, PERSON, opening))


def _issue_signed(request: HttpRequest, item: UUID) -> HttpResponseBase | None:
    """The key of the agency open, the number is taken, and the seal signed; a job finishes it and gives the result."""
    return gone_on(begin(request, AGENCY, lambda certificate: signed.open_seal(actor_of(request), certificate, item)))


def _propose(actor: Actor, item: UUID, request: HttpRequest) -> None:
    services.propose_result(
        actor, item, text=_text(request, "text"), file=uploaded(request, "file"), version=_version(request)
    )


ITEM_ACTS: dict[str, Act] = {
    "xong": (lambda a, i, _r: services.complete_step(a, i), gettext_lazy("Đã chuyển bước tiếp theo.")),
    "phe-duyet": (lambda a, i, _r: services.approve(a, i), gettext_lazy("Đã phê duyệt.")),
    "du-thao-ket-qua": (
        _propose,
        gettext_lazy("Đã lưu dự thảo kết quả, lãnh đạo xem và ký ở bước duyệt."),
    ),
    "tra-lai": (
        lambda a, i, r: services.send_back(a, i, to=_text(r, "to"), reason=_text(r, "reason")),
        gettext_lazy("Đã trả lại để sửa."),
    ),
    "ban-hanh": (_issue, gettext_lazy("Đã ban hành kết quả.")),
    "phan-cong": (_assign, gettext_lazy("Đã phân công.")),
}
# Those that open a key.
KEYS: Keys = {
    "phe-duyet-ky": (
        _approve_signed, gettext_lazy("Đã ký. Hồ sơ được phê duyệt, chuyển văn thư ngay khi có dấu thời gian."),
    ),
    "ban-hanh-ky": (
        _issue_signed, gettext_lazy("Đã cấp số, ký số cơ quan. Kết quả được ban hành ngay khi có dấu thời gian."),
    ),
}  # fmt: skip


@require_POST
@staff_only
def act_on(request: HttpRequest, dossier_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the dossier; refused, the page comes back with the form open and what was typed."""
    return _run(request, DOSSIER_ACTS, verb, dossier_id, dossier_id)


@require_POST
@staff_only
def act_on_item(request: HttpRequest, item_id: UUID, verb: str) -> HttpResponseBase:
    """One act on a waiting step."""
    return _run(request, ITEM_ACTS, verb, item_id, work.record_of(item_id))


def _run(request: HttpRequest, table: dict[str, Act], verb: str, target: UUID, dossier: UUID) -> HttpResponseBase:
    if verb not in table and not (table is ITEM_ACTS and verb in KEYS):
        raise Http404
    try:
        elsewhere = acted(request, verb, table, KEYS, target, request)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return dossier_page(request, dossier, refusal=refusal, open_act=verb, item_id=target)
    return elsewhere or redirect(reverse("desk_dossier", args=[dossier]))


@require_GET
@staff_only
def progress(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """The part of the page that follows a held signature; once it is finished, the page is asked for anew."""
    view = dossiers.dossier(actor_of(request), dossier_id)
    signature = signature_of(view)
    if signature is not None and signature.held:
        return render(request, "desk/dossiers/_held.html", {"dossier": view, "signature": signature})
    return HttpResponseClientRefresh()
