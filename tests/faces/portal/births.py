"""A whole declaration of birth, answered as a mother would: each page posted until it lets go."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congvu.engines.forms import selectors as forms
from tests.faces.portal.pages import follow, form_of, post
from tests.faces.portal.world import BIRTH, PDF, World

ANSWERS: dict[str, str] = {
    "acting": "self", "relation": "MeDe", "requester_id_type": "cccd", "requester_id_number": "099195000101",
    "requester_id_issued_by": "Cục Cảnh sát", "requester_residence_where": "1", "reg_kind": "dung_han",
    "birth_kind": "1", "surrogacy": "0", "child_name": "LÊ NGUYỄN AN NHIÊN", "child_dob.d": "5", "child_dob.m": "11",
    "child_dob.y": "2026", "child_sex": "nu", "child_nationality2": "", "birth_where": "1", "born_at": "co_so",
    "birth_facility": "Bệnh viện Phụ sản tỉnh Bình Lam", "mother_marriage": "co", "father_is_husband": "1",
    "mother_birth": "14/3/1995", "mother_name": "Nguyễn Thị Thu Hường", "father_name": "Lê Quang Vinh",
    "father_birth": "1993", "father_personal_id": "099093000102", "father_id_number": "099093000102",
    "birth_proof": "giay", "want_copies": "0", "delivery": "online", "pledge": "1",
}  # fmt: skip


def photo(name: str = "giấy chứng sinh.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def answers(html: str, *, papers: bool = True) -> dict[str, Any]:
    """An answer for every box of the page that stands open."""
    found: dict[str, Any] = {}
    for box in form_of(html).xpath(".//input|.//select|.//textarea"):
        name, kind = box.get("name"), box.get("type", "")
        if not name or kind == "hidden" or name in found:
            continue
        if kind == "file":
            if papers:
                found[name] = photo()
        elif name in ANSWERS:
            found[name] = ANSWERS[name]
        elif box.tag == "select":
            found[name] = _listed(name, box)
        elif kind in ("radio", "checkbox"):
            found[name] = box.get("value")
        else:
            found[name] = box.get("value") or _typed(name)
    return found


def _listed(name: str, box: Any) -> str:
    if name.endswith(".province"):
        return "01"
    if name.endswith(".commune"):
        return forms.communes("01")[0].code
    return next((option.get("value") for option in box.xpath(".//option") if option.get("value")), "")


def _typed(name: str) -> str:
    ends = {".d": "5", ".m": "6", ".y": "2021"}
    return next((text for end, text in ends.items() if name.endswith(end)), "Thôn Đông")


def begin(client: Client, world: World, code: str = BIRTH) -> Any:
    """The first page of a new draft."""
    chosen = follow(client, client.get(f"/thu-tuc/{code}/nop"))
    return follow(client, post(client, chosen, {"authority": str(world.commune)}))


def page_key(response: Any) -> str:
    return str(response.request["PATH_INFO"]).rpartition("/")[2]


def fill(client: Client, response: Any, *, until: str = "kiem-tra", papers: bool = True) -> Any:
    """Go on page by page up to ``until``."""
    for _turn in range(25):
        if page_key(response) == until:
            return response
        response = follow(client, post(client, response, answers(response.content.decode(), papers=papers)))
        assert response.status_code == 200, response.content.decode()
    raise AssertionError(f"the form does not end: {page_key(response)}")


def send(client: Client, world: World) -> Any:
    """A whole declaration, sent; the page of confirmation."""
    check = fill(client, begin(client, world))
    return follow(client, post(client, check))
