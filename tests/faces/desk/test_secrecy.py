"""Marks of secrecy on the page of a draft: what was read, what stops it, and saying that a mark is none."""

from __future__ import annotations

from uuid import UUID

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors
from congvu.domains.documents.models import DeniedMark
from tests.domains.documents.conftest import signing_office  # noqa: F401
from tests.domains.documents.papers import docx, lettered
from tests.engines.signing.conftest import clock, pki  # noqa: F401
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_annexes import add
from tests.faces.desk.test_outgoing import HERE, act, drafted, house  # noqa: F401
from tests.faces.shape import faults

STOPPED = "Có thể có dấu chỉ độ mật: dự thảo dừng ở đây"


def deny(client, document: UUID, reason: str):
    view = selectors.outgoing(SYSTEM, document)
    (mark,) = selectors.secrecy_of(view).standing
    given = {"version": view.record_version, "about": mark.about, f"reason-{mark.about}": reason}
    return mark.about, client.post(f"{HERE}{document}/tep-kem/khong-phai-dau-mat", given)


def test_a_mark_is_shown_stops_the_draft_and_is_denied_with_a_reason(desk, house):  # noqa: F811
    document = drafted(desk)
    official, head = desk("chuyenmon"), desk("truongphong")
    assert add(official, document, "Danh sách", docx("MẬT"), name="a.docx").status_code == 302
    page = official.get(f"{HERE}{document}/")
    assert (STOPPED in text(page), "Phụ lục “Danh sách”: dấu MẬT" in text(page), faults(page)) == (True, True, [])
    refused = act(official, document, "trinh")
    assert (refused.status_code, "Phụ lục “Danh sách” có thể có dấu MẬT." in text(refused)) == (422, True)
    assert "khong-phai-dau-mat" not in head.get(f"{HERE}{document}/").content.decode()
    about, empty = deny(official, document, " ")
    assert (empty.status_code, [field for field, _words in errors(empty)]) == (422, [f"lam-reason-{about}"])
    assert (faults(empty), DeniedMark.objects.exists()) == ([], False)
    _about, kept = deny(official, document, "x" * 501)
    assert "x" * 501 in kept.content.decode()
    _about, done = deny(official, document, "Tiêu đề cột")
    assert (done.status_code, done["Location"].endswith("#dau-mat")) == (302, True)
    page = official.get(f"{HERE}{document}/")
    assert (STOPPED in text(page), "Đã xác nhận không phải dấu mật" in text(page)) == (False, True)
    assert "Tiêu đề cột (Nguyễn" in text(page) or f"Tiêu đề cột ({house.official.name}" in text(page)
    assert act(official, document, "trinh").status_code == 302


def test_a_file_that_is_being_read_says_so_and_one_destroyed_is_no_link(desk, house):  # noqa: F811
    document = drafted(desk)
    official = desk("chuyenmon")
    assert add(official, document, "Danh sách", lettered("MAT"), name="a.pdf").status_code == 302
    assert "Đang đọc tệp để tìm dấu chỉ độ mật" in text(official.get(f"{HERE}{document}/"))
    house.read_files()
    assert STOPPED in text(official.get(f"{HERE}{document}/"))
    view = selectors.outgoing(SYSTEM, document)
    (one,) = selectors.annexes_of(view)
    given = {
        "version": view.record_version, "base": view.current.n, "annex": one.kept, f"title-{one.kept}": "Danh sách",
        f"out-{one.kept}": "1",
    }  # fmt: skip
    assert official.post(f"{HERE}{document}/tep-kem/sap-xep-phu-luc", given).status_code == 302
    earlier = official.get(f"{HERE}{document}/?ban=2")
    assert ("Nội dung đã hủy" in text(earlier), f"/tep/{one.file}" in earlier.content.decode()) == (True, False)
    assert (faults(earlier), STOPPED in text(official.get(f"{HERE}{document}/"))) == ([], False)
