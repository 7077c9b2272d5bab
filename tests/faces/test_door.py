"""What the first middlewares turn away: zero bytes in a path, and bodies that no page of ours sends."""

from __future__ import annotations

from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from congvu.common.errors import NotFound
from congvu.domains.procedures import selectors as procedures
from congvu.ground.accounts.models import User
from congvu.ground.records.models import Record

COUNTER = "/lam-viec/mot-cua/tiep-nhan"
TOKEN = "a" * 22


@pytest.fixture
def clerk(world, client):
    client.force_login(User.objects.get(username="motcua"))
    return client


@pytest.mark.parametrize(
    "address", ["/h/a%00b", "/thu-tuc/%00", "/thu-tuc/%00/nop", f"/h/{TOKEN}%00/rut", "/khong-co%00", "/api/%00"]
)
def test_a_zero_byte_in_a_path_names_nothing(client, db, address):
    assert client.get(address).status_code == 404


def test_a_zero_byte_in_a_code_at_the_counter_finds_nothing(clerk):
    assert clerk.get(f"{COUNTER}?thu-tuc=%00").status_code == 200


def test_a_zero_byte_in_the_posted_code_keeps_the_form(clerk):
    typed = {"procedure": "\0", "key": "k1", "applicant.full_name": "Trần Thị Lan", "request": "Cấp hai bản sao"}
    response = clerk.post(f"{COUNTER}?thu-tuc=2.000908", typed)
    page = unescape(response.content.decode())
    assert response.status_code in (404, 422)
    assert "Trần Thị Lan" in page
    assert "Cấp hai bản sao" in page
    assert not Record.objects.exists()


def test_no_procedure_has_a_zero_byte_in_its_code(world):
    with pytest.raises(NotFound):
        procedures.procedure("2.000908\0", date(2026, 11, 20))


@pytest.fixture
def no_disk(monkeypatch):
    def refuse(*_args, **_values):
        raise AssertionError("the body was read")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", refuse)


def send(client, address, length, **extra):
    return client.generic(
        "POST", address, BytesIO(b"x").read(), content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(length), **extra},
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/", "/ho-so", "/can-bo/dang-nhap", COUNTER])
def test_strangers_send_only_short_forms(client, db, no_disk, settings, address):
    response = send(client, address, settings.BODY_LIMIT_ANONYMOUS + 1)
    page = unescape(response.content.decode())
    assert response.status_code == 413
    assert "Nội dung gửi lên lớn hơn 1 MB nên chưa nhận." in page
    assert "Hãy đăng nhập ở một thẻ khác, rồi tải lại trang này và đồng ý gửi lại." in page


def test_officials_send_files_up_to_the_bound(clerk, settings):
    assert send(clerk, "/khong-co", settings.BODY_LIMIT_ANONYMOUS + 1).status_code == 404
    response = send(clerk, COUNTER, settings.BODY_LIMIT + 1)
    assert response.status_code == 413
    assert "Hãy quay lại và gửi ít tệp hơn hoặc tệp nhỏ hơn." in unescape(response.content.decode())


@pytest.mark.parametrize("length", ["9" * 5000, "9" * 18])
def test_an_absurd_length_is_too_much(client, db, length):
    assert send(client, "/ho-so", length).status_code == 413


def test_the_api_keeps_its_own_bounds_below_the_last(client, db, settings):
    assert send(client, "/api/v1/files", settings.BODY_LIMIT_ANONYMOUS + 1).status_code != 413
    answer = send(client, "/api/v1/files", settings.BODY_LIMIT + 1)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json; charset=utf-8")


@pytest.mark.parametrize("address", ["/lam-viec/", "/lam-viec/ho-so/", COUNTER])
def test_desk_pages_stay_in_no_cache(clerk, client, address):
    assert clerk.get(address)["Cache-Control"] == "private, no-store"
    clerk.logout()
    assert client.get(address)["Cache-Control"] == "private, no-store"
