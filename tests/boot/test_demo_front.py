"""Six doors: the right person, the right page; and nobody but a person at this machine, in a demonstration."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from congvu.boot.config import load
from congvu.boot.demo import citizen
from congvu.boot.demo.front.doors import doors
from congvu.common.actor import SYSTEM
from congvu.domains.dossiers import services
from congvu.engines.forms import services as forms
from congvu.ground.audit.models import Entry
from congvu.ground.orgs.types import SESSION_POST
from tests.boot.test_demo_board import DRAWN

ORDER = ["van-thu", "mot-cua", "chu-tich", "cai-cach", "cong-nghe", "nguoi-dan"]


@pytest.fixture
def here(demo, world) -> Client:
    return Client(SERVER_NAME="127.0.0.1")


def by_key():
    return {door.key: door for door in doors()}


def test_six_doors_in_order_two_of_them_stand_shut(here, world):
    found = doors()
    assert [door.key for door in found] == ORDER
    assert [door.key for door in found if not door.url] == ["cai-cach", "cong-nghe"]
    assert {door.task for door in found if door.url} == {"Hôm nay không còn việc đến hạn"}
    page = here.get("/trinh-dien").content.decode()
    assert re.findall(r'action="/trinh-dien/cua/([a-z-]+)"', page) == [*ORDER[:3], ORDER[5]]
    assert page.count("Chưa mở") == 2
    assert "Bản trình diễn, dữ liệu hư cấu" in page
    for shut in ("cai-cach", "cong-nghe", "khong-co"):
        assert here.post(f"/trinh-dien/cua/{shut}").status_code == 404


@pytest.mark.parametrize(
    ("key", "kind", "words", "login", "post"),
    [
        ("van-thu", "issue", "Cấp số, phát hành 1 kết quả", "vanthu", "xa-yen-khe-vp:registrar:1"),
        ("chu-tich", "approve", "Duyệt 1 hồ sơ", "phochutich", "xa-yen-khe:chair:1"),
    ],
)
def test_a_door_of_staff_opens_the_first_item(here, world, key, kind, words, login, post):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, kind)
    door = by_key()[key]
    assert door.task == words
    assert door.chip is not None
    answer = here.post(f"/trinh-dien/cua/{key}")
    assert (answer.status_code, answer.url) == (302, f"/lam-viec/?xem={item.id}")
    assert here.session["_auth_user_id"] == str(world.made.users[login])
    assert here.session[SESSION_POST] == world.made.positions[post]
    page = here.get(answer.url)
    assert page.status_code == 200
    assert page.wsgi_request.actor.position_id == world.made.positions[post]
    assert "Bản trình diễn, dữ liệu hư cấu" in page.content.decode()
    assert Entry.objects.filter(verb="accounts.record_sign_in", detail__method="demo").count() == 1


def test_the_chair_is_away_so_the_stand_in_comes_in(here, world):
    assert by_key()["chu-tich"].who.endswith("(thay Lương Trọng Hùng đang vắng)")


def test_the_counter_counts_what_it_has_to_hand_over(here, world):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "issue")
    from congvu.domains.dossiers.types import ResultInput

    services.issue_result(world.holder(record), item.id, ResultInput(text="Cấp bản sao."))
    assert by_key()["mot-cua"].task == "Trả 1 kết quả cho người nộp"
    assert here.post("/trinh-dien/cua/mot-cua").status_code == 302
    assert here.session["_auth_user_id"] == str(world.made.users["motcua"])


def test_the_citizen_comes_to_the_dossier_that_waits(here, world):
    forms.load_shipped(SYSTEM)
    world.clock.shift(timedelta(days=1))
    assert citizen.play(world.made, now=timezone.now()) == citizen.COUNT == 2
    assert citizen.play(world.made, now=timezone.now()) == 0
    door = by_key()["nguoi-dan"]
    assert door.who == "Nguyễn Thị Thu Hường, Thôn Đông, xã Yên Khê"
    assert door.task.startswith("Bổ sung 1 giấy tờ cho hồ sơ ")
    assert door.chip.state == "pause"
    here.post("/trinh-dien/cua/van-thu")
    page = here.post("/trinh-dien/cua/nguoi-dan", follow=True)
    assert page.status_code == 200
    assert page.wsgi_request.actor.name == "Nguyễn Thị Thu Hường"
    assert SESSION_POST not in here.session
    assert "Bổ sung ngay" in page.content.decode()


def test_a_door_needs_the_token_of_its_form(demo, world):
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    assert strict.post("/trinh-dien/cua/van-thu").status_code == 403
    assert "_auth_user_id" not in strict.session
    page = strict.get("/trinh-dien").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    assert strict.post("/trinh-dien/cua/van-thu", {"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.parametrize(
    "away",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"HTTP_FORWARDED": "for=203.0.113.9"},
        {"SERVER_NAME": "congvu.binhlam.example"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_nobody_comes_in_from_elsewhere(demo, world, away):
    client = Client(**{"SERVER_NAME": "127.0.0.1", **away})
    before = Entry.objects.count()
    for path in ("/trinh-dien", "/trinh-dien/muc/1-17"):
        assert client.get(path).status_code == 404
    assert client.post("/trinh-dien/cua/van-thu").status_code == 404
    assert "_auth_user_id" not in client.session
    assert Entry.objects.count() == before


def test_without_a_demonstration_there_is_no_such_page(db, client, settings):
    with pytest.raises(Resolver404):
        resolve("/trinh-dien", urlconf="congvu.boot.urls")
    settings.ROOT_URLCONF = "tests.boot.demo_urls"
    assert Client(SERVER_NAME="127.0.0.1").get("/trinh-dien").status_code == 404
    told = {
        (demo, url): dataclasses.replace(load(), demo=demo, base_url=url).demo_front
        for demo in (True, False)
        for url in ("http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:80", "https://congvu.example")
    }
    assert [key for key, shown in told.items() if shown] == [
        (True, "http://127.0.0.1:8000"), (True, "http://localhost:8000"), (True, "http://[::1]:80"),
    ]  # fmt: skip


def test_a_wish_says_how_it_is_measured_or_shows_its_list(here, world):
    page = here.get("/trinh-dien/muc/0-03").content.decode()
    assert "Số liệu sẽ đến từ: Khảo sát hài lòng, Một cửa." in page
    world.take_in("1.004873")
    page = here.get("/trinh-dien/muc/1-07").content.decode()
    assert "Danh sách phía sau con số" in page
    assert "Trần Thị Lan" not in here.get("/trinh-dien/muc/1-17").content.decode()
    for unknown in ("0-28", "9-99", "x"):
        assert here.get(f"/trinh-dien/muc/{unknown}").status_code == 404


def test_the_page_shows_every_row_once_and_nothing_drawn(here, world):
    page = here.get("/trinh-dien").content.decode()
    assert len(set(re.findall(r'data-wish="([0-4]-\d\d)"', page))) == page.count("data-wish=") == 137
    assert page.count('data-state="missing"') == page.count("Xem cách đo") == 129
    assert [text for text in DRAWN if text in page] == []


def test_the_page_costs_few_statements(here, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(70):
        here.get("/trinh-dien")
