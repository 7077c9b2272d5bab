"""Behind a TLS proxy of our own: scheme and address come from its headers; without one they count nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from allauth.core.context import request_context
from allauth.utils import build_absolute_uri
from django.core.cache import cache
from django.test import Client, RequestFactory

from congvu.boot import config
from congvu.ground.accounts.services import client_address
from tests.ground.orgs.build import person, post, province, seat

SIGN_IN = "/can-bo/dang-nhap"
HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SETTINGS = """
import json
from congvu.boot import settings as s
print(json.dumps([s.PROXIES, s.SECURE_PROXY_SSL_HEADER, s.ACCOUNT_DEFAULT_HTTP_PROTOCOL, s.SECURE_HSTS_SECONDS > 0]))
"""


@pytest.fixture(autouse=True)
def _quiet(db):
    cache.clear()


@pytest.fixture
def hoa():
    ids = province()
    user = person("hoa", "Phạm Thị Hoa")
    seat(user, post(ids["tt-x"], "Công chức một cửa", "clerk"))
    return user


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ({"CONGVU_BASE_URL": "https://x.example", "CONGVU_PROXIES": "1"}, [1, list(HEADER), "https", True]),
        ({"CONGVU_BASE_URL": "https://x.example"}, [0, None, "https", True]),
        ({"CONGVU_BASE_URL": "http://127.0.0.1:8000"}, [0, None, "http", False]),
    ],
)
def test_settings_made_from_the_surroundings(given, made):
    answer = subprocess.run(
        [sys.executable, "-c", SETTINGS], env={**os.environ, **given}, capture_output=True, text=True, check=True
    )
    assert json.loads(answer.stdout) == made


def test_a_wrong_number_of_proxies_is_loud(monkeypatch):
    monkeypatch.setenv("CONGVU_PROXIES", "viele")
    with pytest.raises(config.ConfigError, match="CONGVU_PROXIES"):
        config.load.__wrapped__()


def test_the_identity_service_is_told_https(settings):
    settings.ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
    request = RequestFactory().get("/")
    with request_context(request):
        assert build_absolute_uri(request, "/dang-nhap/dinh-danh/tro-ve").startswith("https://testserver/")


def test_browsers_are_told_to_stay_with_https(settings):
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_HSTS_SECONDS = HEADER, 31_536_000
    assert Client().get(SIGN_IN, headers={"x-forwarded-proto": "https"})["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in Client().get(SIGN_IN)


def fail(times, name, forwarded):
    for _ in range(times):
        Client().post(SIGN_IN, {"login": name, "password": "sai"}, headers={"x-forwarded-for": forwarded})


def enters(forwarded):
    sent = {"login": "hoa", "password": "mat-khau"}
    return Client().post(SIGN_IN, sent, headers={"x-forwarded-for": forwarded}).status_code == 302


def test_two_callers_behind_the_proxy_do_not_lock_each_other_out(hoa, settings):
    settings.PROXIES = 1
    fail(60, "ai-do", "203.0.113.7")
    assert enters("203.0.113.8")
    assert not enters("203.0.113.8, 203.0.113.7")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "127.0.0.1"),
        (1, "khong-phai", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_append_counts(settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    assert client_address(RequestFactory().get("/", headers={"x-forwarded-for": forwarded})) == address
