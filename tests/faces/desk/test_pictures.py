"""Pictures in a draft: sent with the form, placed by a line, kept by the versions, taken from a Word file."""

from __future__ import annotations

import io
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors
from congvu.domains.documents.models import Outgoing, Version
from congvu.ground.files import selectors as filed
from tests.domains.documents.conftest import signing_office  # noqa: F401
from tests.engines.signing.conftest import clock, pki  # noqa: F401
from tests.engines.typeset.test_pictures import image
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_outgoing import HERE, drafted, fields, house  # noqa: F401
from tests.faces.shape import faults


def png(w: int = 30, h: int = 20, name: str = "sơ đồ.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, image(w, h))


def blocks(document: UUID) -> list[dict]:
    return selectors.outgoing(SYSTEM, document).current.content["blocks"]


def test_a_picture_stands_where_the_line_says_and_stays_with_later_versions(desk, house):  # noqa: F811
    told = {"picture_caption": "Hình 1. Sơ đồ | thôn", "picture_alt": "Đường và sông", "picture_width": "90"}
    document = drafted(desk, text="Vị trí:\n[hình]\nNhư trên.", picture=png(), **told)
    assert blocks(document)[1] == {
        "type": "picture", "key": "hinh-1", "alt": "Đường và sông", "width_mm": 90.0, "caption": "Hình 1. Sơ đồ / thôn",
    }  # fmt: skip
    (info,) = filed.files_of(document)
    assert (info.label, info.purpose, info.locked_at is not None) == ("Hình trong văn bản", "draft", True)
    official = desk("chuyenmon")
    assert official.get(f"{HERE}{document}/ban-thao/1").content[:5] == b"%PDF-"
    page = official.get(f"{HERE}{document}/sua")
    line = "[hình: hinh-1 | Hình 1. Sơ đồ / thôn | Đường và sông | 90 mm]"
    assert (line in page.content.decode(), faults(page)) == (True, [])
    view = selectors.outgoing(SYSTEM, document)
    given = fields(text=f"{line}\nVị trí mới.", version=view.record_version, base=1, picture=png(9, 9, "b.png"))
    assert official.post(f"{HERE}{document}/sua", given).status_code == 302
    content = selectors.outgoing(SYSTEM, document).current.content
    assert [block.get("key") for block in content["blocks"]] == ["hinh-1", None, "hinh-2"]
    assert content["pictures"]["hinh-1"]["file"] == str(info.id)
    assert len(filed.files_of(document)) == 2
    view = selectors.outgoing(SYSTEM, document)
    bare = fields(text="Chỉ còn chữ.", version=view.record_version, base=2)
    assert official.post(f"{HERE}{document}/sua", bare).status_code == 302
    assert "pictures" not in selectors.outgoing(SYSTEM, document).current.content
    assert official.get(f"{HERE}{document}/ban-thao/2").content[:5] == b"%PDF-"
    assert official.get(f"{HERE}{document}/ban-thao.docx").status_code == 200
    again = official.get(f"{HERE}soan?loai=CV&tu={document}")
    assert ("[hình:" in again.content.decode(), again.status_code) == (False, 200)


def test_what_is_no_picture_and_a_line_without_one_are_refused_and_what_was_typed_stays(desk, house):  # noqa: F811
    official = desk("chuyenmon")
    missing = official.post(f"{HERE}soan", fields(text="A\n[hình: hinh-9 | Sơ đồ]"))
    assert (missing.status_code, [field for field, _words in errors(missing)]) == (422, ["lam-text"])
    assert ("hinh-9 | Sơ đồ" in missing.content.decode(), faults(missing)) == (True, [])
    wrong = SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing")
    assert official.post(f"{HERE}soan", fields(picture=wrong)).status_code == 422
    refused = official.post(f"{HERE}soan", fields(subject="", picture=png(), picture_caption="Sơ đồ"))
    body = refused.content.decode()
    assert (refused.status_code, 'value="Sơ đồ"' in body, "Đã nhận tệp" in text(refused)) == (422, True, True)
    assert (Outgoing.objects.count(), Version.objects.count()) == (0, 0)
    held = body.split('name="picture-kept" value="')[1].split('"')[0]
    sent = official.post(f"{HERE}soan", fields(**{"picture-kept": held, "picture_caption": "Sơ đồ"}))
    assert sent.status_code == 302
    assert blocks(Outgoing.objects.get().record_id)[-1]["caption"] == "Sơ đồ"


def test_pictures_of_a_word_file_come_into_the_draft(desk, house):  # noqa: F811
    made, out = Document(), io.BytesIO()
    made.add_paragraph("Vị trí như sau:")
    made.add_picture(io.BytesIO(image(60, 40)))
    made.add_paragraph("Hình 1. Vị trí trạm bơm")
    made.save(out)
    document = drafted(desk, word=SimpleUploadedFile("a.docx", out.getvalue()))
    assert [block["type"] for block in blocks(document)] == ["paragraph", "picture"]
    page = desk("chuyenmon").get(f"{HERE}{document}/ban-thao/1")
    assert (page.status_code, page.content[:5]) == (200, b"%PDF-")
    edited = desk("chuyenmon").get(f"{HERE}{document}/sua")
    assert "[hình: hinh-1 | Hình 1. Vị trí trạm bơm |" in edited.content.decode()


def test_a_draft_with_a_picture_goes_to_signature(desk, house):  # noqa: F811
    document = drafted(desk, picture=png(), picture_alt="Sơ đồ")
    house.to_signature(document)
    house.sign(document)
    assert selectors.outgoing(SYSTEM, document).original is not None
