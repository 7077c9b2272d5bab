"""Citizens sign in through the demo identity provider, which runs as its own process."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client

from congvu.boot.config import demo_client_secret, load
from congvu.ground.accounts.models import Subject, User
from congvu.ground.audit.models import Entry
from tests.faces.identity_server import PROGRAM, Visitor, provider_settings, running
from tests.ground.orgs.build import person

HOST = urlsplit(PROGRAM).netloc
BACK = f"{PROGRAM}/dang-nhap/dinh-danh/tro-ve"


@pytest.fixture(scope="module")
def provider(django_db_setup):
    with running() as address:
        yield address


@pytest.fixture(autouse=True)
def _connected(provider, settings, db):
    cache.clear()
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(provider)
    settings.ALLOWED_HOSTS = ["127.0.0.1"]


@pytest.fixture
def browser():
    return Client(headers={"host": HOST})


@pytest.fixture
def visitor(provider):
    return Visitor(provider)


def begin(browser, after="/toi"):
    """Press the button on our page; the address at the provider."""
    response = browser.post("/dang-nhap/dinh-danh", {"next": after, "process": "login"})
    assert response.status_code == 302
    return response["Location"]


def come_back(browser, url):
    assert url.startswith(BACK)
    return browser.get(url.removeprefix(PROGRAM))


def sign_in(browser, visitor, citizen, after="/toi"):
    page = visitor.choose(visitor.ask(begin(browser, after)), citizen)
    return come_back(browser, visitor.answer(page))


def test_citizen_comes_back_to_the_page_and_is_keyed_by_number(browser, visitor):
    response = sign_in(browser, visitor, "huong", "/thu-tuc/1.001193")
    assert (response.status_code, response["Location"]) == (302, "/thu-tuc/1.001193")
    subject = Subject.objects.get()
    assert (subject.full_name, subject.personal_id, subject.tech_id) == (
        "Nguyễn Thị Thu Hường", "099195000101", "demo-099195000101",
    )  # fmt: skip
    assert (str(subject.born_on), subject.sex, subject.address) == (
        "1995-03-14", "Nữ", {"text": "Thôn Đông, xã Yên Khê, tỉnh Bình Lam", "kind": "permanent"},
    )  # fmt: skip
    user = User.objects.get()
    assert (user.kind, user.subject_id, user.has_usable_password()) == ("citizen", subject.id, False)
    actor = browser.get("/can-bo/dang-nhap").wsgi_request.actor
    assert (actor.name, actor.subject_id, actor.reader_keys) == (subject.full_name, subject.id, [f"s:{subject.id}"])
    assert set(Entry.objects.values_list("verb", flat=True)) == {"accounts.accept_identity", "accounts.record_sign_in"}


def test_second_visit_finds_the_same_person_and_stores_no_claims(browser, visitor):
    from allauth.socialaccount.models import SocialAccount

    sign_in(browser, visitor, "vinh")
    browser.post("/dang-xuat")
    sign_in(browser, visitor, "vinh")
    assert (Subject.objects.count(), User.objects.count(), SocialAccount.objects.count()) == (1, 1, 0)


def test_somebody_met_at_the_counter_is_joined(browser, visitor):
    known = Subject.objects.create(full_name="Trần Văn Tuấn", personal_id="099080000103", phone="0911111111")
    sign_in(browser, visitor, "tuan")
    known.refresh_from_db()
    assert (known.tech_id, known.phone) == ("demo-099080000103", "0911111111")
    assert User.objects.get().subject_id == known.id


def test_a_firm_is_keyed_by_tax_code(browser, visitor):
    sign_in(browser, visitor, "hop-tac-xa")
    firm = Subject.objects.get()
    assert (firm.kind, firm.tax_code, firm.personal_id) == ("enterprise", "9900000107", "")
    assert (firm.full_name, User.objects.get().full_name) == ("Hợp tác xã Nông nghiệp Yên Khê Xanh", "Bùi Hữu Toàn")


def test_citizen_sign_in_ends_a_staff_session(browser, visitor):
    browser.force_login(person("hoa", "Phạm Thị Hoa"))
    sign_in(browser, visitor, "huong")
    actor = browser.get("/can-bo/dang-nhap").wsgi_request.actor
    assert (actor.kind, actor.name) == ("citizen", "Nguyễn Thị Thu Hường")


def test_next_elsewhere_is_not_followed(browser, visitor):
    assert sign_in(browser, visitor, "huong", "https://ke-xau.example/")["Location"] == "/"


def test_saying_no_leads_back_and_changes_nothing(browser, visitor):
    page = visitor.choose(visitor.ask(begin(browser)), "huong")
    response = come_back(browser, visitor.answer(page, "cancel"))
    assert (response.status_code, response["Location"]) == (302, "/dang-nhap")
    assert not Subject.objects.exists()


def test_foreign_or_repeated_state_is_refused_in_words(browser, visitor):
    page = visitor.choose(visitor.ask(begin(browser)), "huong")
    back = visitor.answer(page)
    stranger = Client(headers={"host": HOST}).get(back.removeprefix(PROGRAM))
    assert stranger.status_code == 400
    assert "hết hạn hoặc không hợp lệ" in stranger.content.decode()
    assert come_back(browser, back).status_code == 302
    browser.post("/dang-xuat")
    assert come_back(browser, back).status_code == 400


def test_closed_login_is_refused(browser, visitor):
    sign_in(browser, visitor, "yen")
    browser.post("/dang-xuat")
    User.objects.update(is_active=False)
    assert sign_in(browser, visitor, "yen").status_code == 403
    assert browser.get("/can-bo/dang-nhap").wsgi_request.actor.user_id is None


def test_number_bound_to_another_identity_is_refused(browser, visitor):
    Subject.objects.create(full_name="Đỗ Xuân Sơn", personal_id="099058000105", tech_id="khac")
    response = sign_in(browser, visitor, "son")
    assert response.status_code == 409
    assert "đã gắn với một tài khoản định danh khác" in response.content.decode()
    assert not User.objects.exists()


def test_provider_that_is_down_is_told_in_words(browser, settings):
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings("http://127.0.0.1:9")
    response = browser.post("/dang-nhap/dinh-danh", {"process": "login"})
    assert response.status_code == 400
    assert "Chưa kết nối được dịch vụ định danh" in response.content.decode()


def test_starting_needs_a_post(browser):
    assert browser.get("/dang-nhap/dinh-danh").status_code == 405


class TestProviderRefuses:
    """What the real service refuses, the stand-in refuses too."""

    def change(self, url, **values):
        parts = urlsplit(url)
        query = {key: value[0] for key, value in parse_qs(parts.query).items()} | values
        query = {key: value for key, value in query.items() if value is not None}
        return f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode(query)}"

    @pytest.mark.parametrize(
        "change", [{"client_id": "nguoi-la"}, {"redirect_uri": "https://ke-xau.example/"}, {"state": None}]
    )
    def test_wrong_request(self, browser, visitor, change):
        page = visitor.ask(self.change(begin(browser), **change))
        if "Hôm nay bạn là ai" in page.text:
            page = visitor.choose(page, "huong")
        assert "Yêu cầu đăng nhập bị từ chối" in page.text
        assert page.url.startswith(visitor.address)

    def test_unknown_citizen(self, browser, visitor):
        page = visitor.choose(visitor.ask(begin(browser)), "khong-co")
        assert "Hôm nay bạn là ai" in page.text

    def exchange(self, visitor, code, **values):
        secret = values.pop("secret", demo_client_secret(load().secret_key))
        data = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, **values}
        return requests.post(
            f"{visitor.address}/identity/o/api/token", data, auth=("congvu-demo", secret), timeout=10
        )  # fmt: skip

    def code(self, visitor):
        query = {
            "response_type": "code",
            "client_id": "congvu-demo",
            "redirect_uri": BACK,
            "scope": "openid",
            "state": "s",
        }
        page = visitor.choose(visitor.ask(f"{visitor.address}/identity/o/authorize?{urlencode(query)}"), "huong")
        return parse_qs(urlsplit(visitor.answer(page)).query)["code"][0]

    def test_a_code_used_twice(self, visitor):
        code = self.code(visitor)
        assert self.exchange(visitor, code).status_code == 200
        second = self.exchange(visitor, code)
        assert (second.status_code, second.json()["error"]) == (400, "invalid_grant")

    def test_a_code_that_is_too_old(self, visitor):
        code = self.code(visitor)
        time.sleep(5.2)
        assert self.exchange(visitor, code).json()["error"] == "invalid_grant"

    def test_a_wrong_secret_an_invented_code_and_another_return_address(self, visitor):
        assert self.exchange(visitor, self.code(visitor), secret="sai").status_code == 401
        assert self.exchange(visitor, "bia-ra").json()["error"] == "invalid_grant"
        assert self.exchange(visitor, self.code(visitor), redirect_uri=f"{BACK}x").status_code == 400
