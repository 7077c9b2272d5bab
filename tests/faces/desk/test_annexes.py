"""Annexes on the page of a draft: adding, arranging, refusals that keep what was typed, signed ones after the issue."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors
from congvu.domains.documents.models import Version
from congvu.engines.signing.models import Batch
from tests.domains.documents.conftest import signing_office  # noqa: F401
from tests.domains.documents.papers import locked_pdf, pdf, xlsx
from tests.engines.signing.conftest import clock, pki  # noqa: F401
from tests.engines.signing.pki import PIN
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_outgoing import HERE, act, drafted, house, run_jobs  # noqa: F401
from tests.faces.shape import faults


def add(client, document: UUID, title: str = "Biểu số liệu", content: bytes | None = None, **values):
    view = selectors.outgoing(SYSTEM, document)
    name = values.pop("name", "Biểu 1.pdf")
    given = {
        "version": view.record_version, "base": view.current.n, "annex_title": title, "annex_way": "ky-so", **values,
    }  # fmt: skip
    if "annex_file-kept" not in values:
        given["annex_file"] = SimpleUploadedFile(name, content or pdf(title))
    return client.post(f"{HERE}{document}/tep-kem/them-phu-luc", given)


def rows(document: UUID) -> list[tuple[str, str]]:
    view = selectors.outgoing(SYSTEM, document)
    return [(one.label, one.title) for one in selectors.annexes_of(view)]


def test_files_are_added_arranged_and_taken_out_without_script(desk, house):  # noqa: F811
    document = drafted(desk)
    official = desk("chuyenmon")
    page = official.get(f"{HERE}{document}/?lam=them-phu-luc")
    assert ("Gửi kèm nguyên tệp, không ký số" in text(page), faults(page)) == (True, [])
    assert add(official, document).status_code == 302
    assert add(official, document, "Danh sách").status_code == 302
    sent = add(official, document, "Bảng tính", xlsx(), name="b.xlsx", annex_way="gui-kem")
    assert (sent.status_code, sent["Location"].endswith("#phu-luc")) == (302, True)
    page = official.get(f"{HERE}{document}/?lam=sap-xep-phu-luc")
    assert ("Phụ lục II: Danh sách" in text(page), faults(page)) == (True, [])
    view = selectors.outgoing(SYSTEM, document)
    first, second, third = (one.kept for one in selectors.annexes_of(view))
    given = {
        "version": view.record_version, "base": view.current.n, "annex": [first, second, third], f"place-{first}": "9",
        f"place-{second}": "1", f"place-{third}": "x", f"title-{first}": "Biểu số liệu 2026",
        f"title-{second}": "Danh sách", f"title-{third}": "Bảng tính", f"out-{third}": "1",
    }  # fmt: skip
    stale = official.post(f"{HERE}{document}/tep-kem/sap-xep-phu-luc", {**given, f"title-{first}": ""})
    assert (stale.status_code, [field for field, _words in errors(stale)]) == (422, [f"lam-title-{first}"])
    assert ('value="9"' in stale.content.decode(), faults(stale)) == (True, [])
    assert official.post(f"{HERE}{document}/tep-kem/sap-xep-phu-luc", given).status_code == 302
    assert rows(document) == [("Phụ lục I", "Danh sách"), ("Phụ lục II", "Biểu số liệu 2026")]
    earlier = official.get(f"{HERE}{document}/?ban=4")
    assert ("Tệp kèm theo: Bảng tính" in text(earlier), "them-phu-luc" in earlier.content.decode()) == (True, False)


def test_refused_the_page_keeps_title_choice_and_file(desk, house):  # noqa: F811
    document = drafted(desk)
    official = desk("chuyenmon")
    refused = add(official, document, "", pdf("giữ lại"))
    assert (refused.status_code, [field for field, _words in errors(refused)]) == (422, ["lam-annex_title"])
    body = refused.content.decode()
    held = body.split('name="annex_file-kept" value="')[1].split('"')[0]
    assert ("Đã nhận tệp Biểu 1.pdf" in text(refused), faults(refused)) == (True, [])
    wrong = add(official, document, "Bảng tính riêng", xlsx(), name="b.xlsx")
    assert (wrong.status_code, "Bảng tính riêng" in wrong.content.decode()) == (422, True)
    assert "PDF hoặc .docx" in text(wrong)
    locked = add(official, document, "Khóa", locked_pdf())
    assert (locked.status_code, [field for field, _words in errors(locked)]) == (422, ["lam-annex_file"])
    none = add(official, document, "Không tệp", **{"annex_file-kept": ""})
    assert (none.status_code, [field for field, _words in errors(none)]) == (422, ["lam-annex_file"])
    assert (rows(document), Version.objects.filter(outgoing=document).count()) == ([], 1)
    assert add(official, document, "Biểu", **{"annex_file-kept": held}).status_code == 302
    assert rows(document) == [("Phụ lục", "Biểu")]
    stale = add(official, document, "Khác", base="1")
    assert (stale.status_code, "đã lưu bản 2" in text(stale)) == (409, True)


def test_who_may_not_edit_gets_no_form_and_is_refused(desk, house):  # noqa: F811
    document = drafted(desk)
    assert add(desk("chuyenmon"), document).status_code == 302
    chair = desk("chutich")
    page = chair.get(f"{HERE}{document}/?lam=them-phu-luc")
    assert ("Phụ lục: Biểu số liệu" in text(page), "annex_title" in page.content.decode()) == (True, False)
    assert add(chair, document, "Chen vào").status_code == 403
    assert desk("chuyenmon").post(f"{HERE}{document}/tep-kem/la-la", {}).status_code == 404
    assert rows(document) == [("Phụ lục", "Biểu số liệu")]


def test_the_signed_annex_is_opened_by_readers_after_the_issue(desk, house):  # noqa: F811
    document = drafted(desk)
    assert add(desk("chuyenmon"), document).status_code == 302
    house.to_signature(document)
    preview = desk("chutich").get("/lam-viec/")
    assert preview.status_code == 200
    house.sign(document, 2)
    clerk = desk("vanthu")
    sent = act(clerk, document, "phat-hanh", certificate=house.keys.agency, pin=PIN, paper="Sở Nội vụ")
    assert sent.status_code == 302
    run_jobs()
    page = clerk.get(f"{HERE}{document}/")
    assert ("Cơ quan đã ký số" in text(page), faults(page)) == (True, [])
    (one,) = selectors.annexes_of(selectors.outgoing(SYSTEM, document))
    opened = clerk.get(f"{HERE}{document}/tep/{one.file}")
    content = b"".join(opened.streaming_content)
    assert (opened.status_code, content[:5], b"ByteRange" in content) == (200, b"%PDF-", True)
    assert desk("motcua").get(f"{HERE}{document}/tep/{one.file}").status_code == 404
    batch = clerk.get(f"/lam-viec/cho-ky/luot/{Batch.objects.get(kind='document_seal').id}")
    assert ("Phụ lục · báo cáo biên chế" in text(batch), "Đã phát hành" in text(batch), faults(batch)) == (
        True,
        True,
        [],
    )
