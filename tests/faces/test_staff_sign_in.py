"""Signing in with a password, a second factor, choosing a post, and the two kinds of session."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache

from congvu.common.zones import at
from congvu.ground.accounts.models import Subject, User
from congvu.ground.audit.models import Entry
from tests.ground.orgs.build import person, post, province, seat, stand_in

pytestmark = pytest.mark.django_db
SIGN_IN, SWITCH = "/can-bo/dang-nhap", "/chon-vi-tri"
NOW = at(date(2026, 11, 20), 9)


@pytest.fixture(autouse=True)
def _quiet():
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hoa():
    ids = province()
    user = person("hoa", "Phạm Thị Hoa")
    seat(user, post(ids["tt-x"], "Công chức một cửa", "clerk"))
    return user


@pytest.fixture
def citizen():
    subject = Subject.objects.create(full_name="Lê Quang Vinh", personal_id="099093000102", tech_id="demo-1")
    return User.objects.create(username="subject:1", kind="citizen", subject=subject)


def sign_in(client, password="mat-khau", **values):
    return client.post(SIGN_IN, {"login": "hoa", "password": password, **values})


def actor(client):
    return client.get(SIGN_IN, {"next": "/dang-nhap"}).wsgi_request.actor


def test_right_password_goes_to_work_and_leaves_an_entry(client, hoa):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/lam-viec/")
    assert (actor(client).name, actor(client).roles) == ("Phạm Thị Hoa", {"clerk"})
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_user, entry.detail["method"]) == ("accounts.record_sign_in", hoa.id, "password")


@pytest.mark.parametrize(
    ("after", "goes"),
    [
        ("/lam-viec/ho-so/", "/lam-viec/ho-so/"),
        ("https://ke-xau.example/", "/lam-viec/"),
        ("//ke-xau.example", "/lam-viec/"),
    ],
)
def test_comes_back_only_to_our_own_pages(client, hoa, after, goes):
    assert sign_in(client, next=after)["Location"] == goes


def test_wrong_password_is_told_and_changes_nothing(client, hoa):
    response = sign_in(client, password="sai")
    assert response.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in response.content.decode()
    assert 'value="hoa"' in response.content.decode()
    assert not response.wsgi_request.user.is_authenticated
    entry = Entry.objects.get()
    assert (entry.verb, set(entry.detail)) == ("accounts.record_failed_sign_in", {"tried"})
    assert "hoa" not in entry.detail["tried"]


def test_guessing_is_stopped_even_with_the_right_password_then(client, hoa):
    for _ in range(5):
        sign_in(client, password="sai")
    response = sign_in(client)
    assert "Sai quá nhiều lần" in response.content.decode()
    assert not response.wsgi_request.user.is_authenticated


def test_closed_login_is_refused(client, hoa):
    User.objects.filter(id=hoa.id).update(is_active=False)
    response = sign_in(client)
    assert (response.status_code, response.wsgi_request.user.is_authenticated) == (403, False)
    assert "Tài khoản này đã khóa" in response.content.decode()
    assert not Entry.objects.exists()


def test_citizen_has_no_way_in_by_password(client, citizen):
    citizen.set_password("mat-khau")
    citizen.save()
    response = client.post(SIGN_IN, {"login": citizen.username, "password": "mat-khau"})
    assert response.status_code == 403
    assert not response.wsgi_request.user.is_authenticated


def test_staff_sign_in_ends_a_citizens_session(client, hoa, citizen):
    client.force_login(citizen)
    client.session["draft"] = "x"
    page = client.get(SIGN_IN).content.decode()
    assert "đang đăng nhập là công dân Lê Quang Vinh" in page
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert actor(client).name == "Phạm Thị Hoa"
    assert actor(client).subject_id is None


def test_login_closed_meanwhile_ends_the_session(client, hoa):
    sign_in(client)
    User.objects.filter(id=hoa.id).update(is_active=False)
    assert client.get("/dang-nhap").wsgi_request.actor.user_id is None


def test_sign_out_needs_a_post_and_returns_to_the_right_page(client, hoa, citizen):
    sign_in(client)
    assert client.get("/dang-xuat").status_code == 405
    assert client.post("/dang-xuat")["Location"] == SIGN_IN
    assert Entry.objects.filter(verb="accounts.record_sign_out", actor_user=hoa.id).count() == 1
    client.force_login(citizen)
    assert client.post("/dang-xuat")["Location"] == "/"


def test_switching_to_a_second_post_and_to_a_stand_in(client, hoa):
    ids = province_ids()
    registrar = post(ids["vp-x"], "Văn thư", "registrar")
    seat(hoa, registrar, "concurrent")
    chair = post(ids["x"], "Chủ tịch", "chair")
    seat(person("ct", "Lương Trọng Hùng"), chair)
    stand_in(hoa, chair, NOW.date(), NOW.date())
    sign_in(client)
    assert client.post(SWITCH, {"post": registrar.id, "next": "/lam-viec/ho-so/"})["Location"] == "/lam-viec/ho-so/"
    assert actor(client).roles == {"registrar"}
    assert Entry.objects.get(verb="accounts.record_post").detail["position"] == registrar.id
    assert client.post(SWITCH, {"post": chair.id, "next": "https://ke-xau.example"})["Location"] == "/lam-viec/"
    assert (actor(client).on_behalf_of, actor(client).name) == ("Lương Trọng Hùng", "Phạm Thị Hoa")
    with time_machine.travel(at(date(2026, 11, 21), 0), tick=False):
        client.force_login(hoa)
        assert actor(client).roles == {"clerk"}, "the stand-in's day is over"


@pytest.mark.parametrize("wanted", ["", "khác", "²", "9" * 30, "-1"])
def test_switching_to_no_post_is_refused(client, hoa, wanted):
    sign_in(client)
    assert client.post(SWITCH, {"post": wanted}).status_code == 422
    assert actor(client).roles == {"clerk"}


def test_switching_to_somebody_elses_post_is_refused(client, hoa):
    other = post(province_ids()["x"], "Chủ tịch", "chair")
    sign_in(client)
    assert client.post(SWITCH, {"post": other.id}).status_code == 403
    assert actor(client).roles == {"clerk"}


def test_citizen_cannot_switch_and_has_no_security_pages(client, citizen):
    client.force_login(citizen)
    assert client.post(SWITCH, {"post": 1}).status_code == 403
    assert client.get("/can-bo/bao-mat").status_code == 403


def test_second_factor_is_asked_once_it_is_on(client, hoa):
    TOTP.activate(hoa, "JBSWY3DPEHPK3PXP")
    assert sign_in(client)["Location"] == "/can-bo/ma-xac-thuc"
    assert actor(client).user_id is None
    page = client.post("/can-bo/ma-xac-thuc", {"code": "000000"})
    assert "Mã không đúng" in page.content.decode()
    assert actor(client).user_id is None
    client.post("/can-bo/ma-xac-thuc", {"code": code("JBSWY3DPEHPK3PXP")})
    assert actor(client).user_id == hoa.id


def test_turning_the_second_factor_on(client, hoa):
    sign_in(client)
    again = client.get("/can-bo/bao-mat/bat")["Location"]
    assert again.startswith("/can-bo/nhap-lai-mat-khau")
    assert "Mật khẩu không đúng." in client.post(again, {"password": "sai"}).content.decode()
    client.post(again, {"password": "mat-khau"})
    page = client.get("/can-bo/bao-mat/bat")
    assert "Quét mã này" in page.content.decode()
    secret = page.context["form"].secret
    response = client.post("/can-bo/bao-mat/bat", {"code": code(secret)})
    assert response["Location"] == "/can-bo/bao-mat/ma-du-phong"
    assert len(client.get(response["Location"]).context["unused_codes"]) == 10
    assert Authenticator.objects.filter(user=hoa, type="totp").count() == 1
    assert changes() == ["totp_on"]


def test_changing_the_password_needs_the_old_one(client, hoa):
    sign_in(client)
    new = {"password1": "đường-dài-2026", "password2": "đường-dài-2026"}
    page = client.post("/can-bo/doi-mat-khau", {"oldpassword": "sai", **new})
    assert "Mật khẩu đang dùng không đúng." in page.content.decode()
    assert client.post("/can-bo/doi-mat-khau", {"oldpassword": "mat-khau", **new}).status_code == 302
    assert changes() == ["password"]
    hoa.refresh_from_db()
    assert hoa.check_password("đường-dài-2026")


def changes() -> list[str]:
    return [entry.detail["change"] for entry in Entry.objects.filter(verb="accounts.record_security")]


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def province_ids() -> dict[str, int]:
    from congvu.ground.orgs.models import Unit

    return dict(Unit.objects.values_list("key", "id"))
