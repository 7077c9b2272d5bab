"""The public page that checks signatures."""

from __future__ import annotations

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.engines.signing import services
from congvu.ground.files.models import Blob
from tests.engines.signing import papers
from tests.engines.signing.conftest import clock, desk, pki  # noqa: F401 - fixtures
from tests.engines.signing.pki import credential
from tests.faces.english import in_english
from tests.faces.portal.pages import errors, heading, post

PATH = "/kiem-tra-chu-ky/"


def sent(client, content, name="quyết định.pdf"):
    return post(client, client.get(PATH), {"tep": SimpleUploadedFile(name, content, "application/pdf")})


def text(response):
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def signed(pki):  # noqa: F811
    return services.sign(papers.prepared(), field="person", credential=credential(pki.chair)).pdf


def test_a_good_file(client, signed):
    response = sent(client, signed)
    page = text(response)
    assert (response.status_code, heading(response)) == (200, "Kiểm tra chữ ký số")
    assert "Tệp có 1 chữ ký số, hợp lệ." in page
    assert "Chữ ký 1: Lương Trọng Hùng" in page
    assert "Ủy ban nhân dân xã Yên Khê" in page
    assert "do người ký ghi" in page
    assert response["Cache-Control"] == "private, no-store"
    assert "sessionid" not in response.cookies
    assert Blob.objects.count() == 0


def test_a_changed_file(client, signed):
    changed = bytearray(signed)
    changed[changed.index(b"stream\n") + 20] ^= 1
    page = text(sent(client, bytes(changed)))
    assert "Không hợp lệ" in page
    assert "Nội dung văn bản đã bị thay đổi sau khi ký." in page


def test_no_signature_and_no_pdf(client, pki):  # noqa: F811
    assert "Tệp không có chữ ký số." in text(sent(client, papers.paper()))
    refused = sent(client, b"PK word", "a.docx")
    assert (refused.status_code, errors(refused)) == (422, ["Tệp này không phải PDF. Hãy chọn tệp có đuôi .pdf."])
    empty = post(client, client.get(PATH))
    assert errors(empty) == ["Hãy chọn một tệp PDF để kiểm tra."]


def test_in_english(client, signed):
    english = in_english(client)
    page = text(sent(english, signed))
    assert "The signature was valid when it was made." in page
    assert "Check digital signatures" in page


def test_a_file_that_is_too_large(client, pki, settings):  # noqa: F811
    page = client.get(PATH)
    settings.UPLOAD_LIMIT = 1024 * 1024
    settings.BODY_LIMITS_OPEN = {PATH: 3 * 1024 * 1024}
    big = SimpleUploadedFile("lớn.pdf", papers.paper() + b"\0" * 1024 * 1024)
    refused = post(client, page, {"tep": big})
    assert errors(refused) == ["Tệp lớn hơn 1 MB nên không kiểm tra được."]
    larger = client.generic(
        "POST", PATH, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="4000000"
    )
    assert larger.status_code == 413
    assert "Hãy quay lại và gửi ít tệp hơn hoặc tệp nhỏ hơn." in text(larger)


def test_who_asks_too_often_waits(client, pki):  # noqa: F811
    for _time in range(15):
        assert sent(client, b"PK").status_code == 422
    refused = sent(client, b"PK")
    assert refused.status_code == 429
    assert "Đã thử quá nhiều lần" in errors(refused)[0]
