"""What the forms of recalling and taking back offer, and which document a new draft sets right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.domains.documents import selectors as documents
from congvu.ground.ui.types import Option

FORMS = {
    "thu-hoi": ("recall", gettext_lazy("Thu hồi văn bản")),
    "lay-lai": ("ask_back", gettext_lazy("Đề nghị một nơi nhận trả lại văn bản")),
}
# Words of the address, the field of the draft, and what the form says above.
SETS_RIGHT = {
    "thay-the": ("replaces", gettext_lazy("Văn bản này thay thế %(code)s.")),
    "sua-doi": ("amends", gettext_lazy("Văn bản này sửa đổi, bổ sung %(code)s.")),
    "dinh-chinh": ("corrects", gettext_lazy("Công văn này đính chính %(code)s.")),
}


def fields_of(actor: Actor, document: UUID, verb: str, fields: QueryDict) -> dict[str, Any]:
    """The notices a document may be recalled by, or the recipients it may be asked back from."""
    if verb == "thu-hoi":
        chosen = fields.get("notice", "")
        found = documents.notices(actor, document)
        rows = [Option(str(key), f"{code} {title}", checked=str(key) == chosen) for key, code, title in found]
        return {"notices": rows}
    if verb == "lay-lai":
        chosen = fields.get("recipient", "")
        found_to = documents.may_ask_back(actor, document)
        return {"askable": [Option(str(key), name, checked=str(key) == chosen) for key, name in found_to]}
    return {}


def sets_right(request: HttpRequest) -> dict[str, Any]:
    """The field of the draft and the document it sets right, from the form or the address; nothing for neither."""
    for word, (field, _words) in SETS_RIGHT.items():
        try:
            return {field: UUID(request.POST.get(word) or request.GET.get(word, ""))}
        except ValueError:
            continue
    return {}


def set_right_notice(actor: Actor, request: HttpRequest) -> dict[str, Any]:
    """What stands above the form of such a draft, and the hidden field that keeps it."""
    given = sets_right(request)
    for word, (field, words) in SETS_RIGHT.items():
        if field in given:
            try:
                code = documents.outgoing(actor, given[field]).row.code
            except NotFound:
                return {}
            return {"sets_right": {"word": word, "id": given[field], "words": str(words) % {"code": code}}}
    return {}
