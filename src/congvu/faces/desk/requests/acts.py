"""Acts on issued documents and on what their senders ask: recall, take back, and the answers 15 and 16."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, NotFound, Problem
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.faces.desk.posted import whole

Call = Callable[[Actor, UUID, QueryDict], object]


def _request(actor: Actor, document: UUID, post: QueryDict) -> UUID:
    """The request of this document that the form was about. Raises NotFound."""
    found = next(
        (one.id for one in documents.requests(actor, document) if str(one.id) == post.get("request", "")), None
    )
    if found is None:
        raise NotFound(_("Không tìm thấy đề nghị này."))
    return found


def _agree(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.agree(actor, _request(actor, document, post), version=whole(post, "version"))


def _refuse(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.refuse_request(
        actor, _request(actor, document, post), reason=post.get("reason", ""), version=whole(post, "version")
    )


def _recall(actor: Actor, document: UUID, post: QueryDict) -> None:
    try:
        notice = UUID(post.get("notice", ""))
    except ValueError:
        message = _("Chọn thông báo hoặc quyết định thu hồi đã phát hành.")
        raise Invalid(message, problems=(Problem("notice", message, "missing"),)) from None
    services.recall(
        actor, document, reason=post.get("reason", ""), notice=notice, version=whole(post, "version")
    )  # fmt: skip


def _ask_back(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.ask_back(
        actor, document, recipient=whole(post, "recipient") or 0, reason=post.get("reason", ""),
        version=whole(post, "version"),
    )  # fmt: skip


def _paper_back(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.paper_back(actor, _request(actor, document, post))


# By the word in the address, as the acts of both pages have them.
INCOMING: dict[str, tuple[Call, Promise]] = {
    "dong-y-de-nghi": (_agree, gettext_lazy("Đã đồng ý. Nơi gửi nhận được trả lời.")),
    "tu-choi-de-nghi": (_refuse, gettext_lazy("Đã từ chối. Nơi gửi nhận được lý do.")),
}
OUTGOING: dict[str, tuple[Call, Promise]] = {
    "thu-hoi": (_recall, gettext_lazy("Đã thu hồi. Các nơi nhận được đề nghị trả lại văn bản.")),
    "lay-lai": (_ask_back, gettext_lazy("Đã gửi đề nghị trả lại văn bản.")),
    "nhan-lai": (_paper_back, gettext_lazy("Đã ghi nhận bản giấy trả về.")),
}
