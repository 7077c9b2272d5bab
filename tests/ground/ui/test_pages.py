"""Frames, gallery, errors and reader controls over HTTP."""

from __future__ import annotations

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from congvu.ground.ui.urls import urlpatterns as own

REFUSALS = {
    "conflict": Conflict("Hồ sơ này đã được chuyển."),
    "forbidden": Forbidden("Chỉ công chức một cửa được tiếp nhận."),
    "missing": NotFound("Không tìm thấy hồ sơ."),
    "invalid": Invalid("Còn 1 chỗ cần sửa.", problems=(Problem("ngay", "Tháng phải từ 1 đến 12", "month"),)),
}


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise REFUSALS[kind]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [
    *own,
    path("refuse/<kind>", refuse),
    path("api/refuse/<kind>", refuse),
    path("broken", broken),
    path("form", form),
]
handler400 = "congvu.ground.ui.errors.bad_request"
handler403 = "congvu.ground.ui.errors.forbidden"
handler404 = "congvu.ground.ui.errors.not_found"
handler500 = "congvu.ground.ui.errors.server_error"

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def shown():
    with override_settings(DEMO=True):
        yield


@pytest.mark.parametrize("address", ["/gallery", "/gallery/desk"])
def test_gallery_is_closed_in_a_working_installation(client: Client, address: str) -> None:
    with override_settings(DEMO=False, DEBUG=False):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/gallery", "/gallery/desk"])
def test_gallery_opens_on_a_demonstration(client: Client, shown: None, address: str) -> None:
    page = client.get(address)
    html = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="vi" data-theme="light" data-fs="m" data-lh="m" data-font="sans"' in html
    assert html.count('role="status"') == 1
    assert 'href="#noi-dung"' in html
    assert page["Content-Language"] == "vi"
    assert "Cookie" in page["Vary"]


@pytest.mark.parametrize(
    ("kind", "status", "text"),
    [
        ("conflict", 409, "Hồ sơ này đã được chuyển."),
        ("forbidden", 403, "Chỉ công chức một cửa được tiếp nhận."),
        ("missing", 404, "Không tìm thấy hồ sơ."),
        ("invalid", 422, "Tháng phải từ 1 đến 12"),
    ],
)
def test_refusal_becomes_a_page(client: Client, kind: str, status: int, text: str) -> None:
    page = client.get(f"/refuse/{kind}")
    assert page.status_code == status
    assert page["Content-Type"].startswith("text/html")
    assert text in page.content.decode()


def test_refusal_becomes_a_problem_document_for_the_api(client: Client) -> None:
    answer = client.get("/api/refuse/invalid")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json; charset=utf-8"
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Còn chỗ cần sửa",
        "status": 422,
        "detail": "Còn 1 chỗ cần sửa.",
        "code": "invalid",
        "problems": [{"field": "ngay", "message": "Tháng phải từ 1 đến 12", "code": "month"}],
    }


def test_refusal_of_a_partial_update_is_a_toast(client: Client) -> None:
    answer = client.get("/refuse/conflict", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#cv-toasts"
    assert "<html" not in answer.content.decode()
    assert "Hồ sơ này đã được chuyển." in answer.content.decode()


def test_unknown_address(client: Client) -> None:
    page = client.get("/khong-co")
    assert page.status_code == 404
    assert "Không tìm thấy trang này" in page.content.decode()
    assert json.loads(client.get("/api/khong-co").content)["code"] == "not_found"


def test_failure_of_the_program_says_that_nothing_was_written() -> None:
    client = Client(raise_request_exception=False)
    page = client.get("/broken")
    assert page.status_code == 500
    assert "Việc vừa làm chưa được ghi." in page.content.decode()
    assert "broken on purpose" not in page.content.decode()


def test_old_form_token_is_explained() -> None:
    page = Client(enforce_csrf_checks=True).post("/form")
    assert page.status_code == 403
    assert "Quay lại, tải lại trang rồi gửi lần nữa." in page.content.decode()


def test_bad_request_page() -> None:
    from congvu.ground.ui.errors import bad_request

    page = bad_request(RequestFactory().get("/"))
    assert page.status_code == 400
    assert "Chưa đọc được yêu cầu này" in page.content.decode()


def test_reader_choice_without_script_is_kept_and_shown(client: Client, shown: None) -> None:
    answer = client.post("/tro-nang/chon", {"set": "theme:dark", "next": "/gallery?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/gallery?a=1")
    client.post("/tro-nang/chon", {"set": "fs:xl", "next": "/gallery"})
    html = client.get("/gallery").content.decode()
    assert 'data-theme="dark" data-fs="xl" data-lh="m"' in html
    assert 'data-set="fs:xl" aria-pressed="true"' in html
    assert 'data-set="fs:m" aria-pressed="false"' in html


@pytest.mark.parametrize("wanted", ["https://evil.example/x", "//evil.example", "javascript:alert(1)", ""])
def test_reader_choice_never_leaves_the_site(client: Client, wanted: str) -> None:
    assert client.post("/tro-nang/chon", {"set": "fs:l", "next": wanted})["Location"] == "/"


@pytest.mark.parametrize("setting", ["theme:<script>", "onload:x", "", "theme"])
def test_reader_choice_ignores_what_it_does_not_know(client: Client, shown: None, setting: str) -> None:
    client.post("/tro-nang/chon", {"set": setting, "next": "/gallery"})
    html = client.get("/gallery").content.decode()
    assert 'data-theme="light" data-fs="m" data-lh="m" data-font="sans" data-density="normal"' in html


def test_tampered_cookie_changes_nothing(client: Client, shown: None) -> None:
    client.cookies["congvu_reader"] = 'theme:"><script>|fs:xxl|font:serif'
    html = client.get("/gallery").content.decode()
    assert 'data-theme="light" data-fs="m" data-lh="m" data-font="serif"' in html


def test_language_is_vietnamese_until_chosen(client: Client, shown: None) -> None:
    assert '<html lang="vi"' in client.get("/gallery", headers={"Accept-Language": "en"}).content.decode()
    client.post("/tro-nang/chon", {"set": "lang:en", "next": "/gallery"})
    assert '<html lang="en"' in client.get("/gallery").content.decode()


def test_reader_choice_is_a_post(client: Client) -> None:
    assert client.get("/tro-nang/chon").status_code == 405
