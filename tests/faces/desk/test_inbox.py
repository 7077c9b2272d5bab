"""Việc của tôi: the list, the preview, putting off, and approving several at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test.utils import override_script_prefix

from congvu.common.errors import Forbidden, Invalid
from congvu.common.zones import VN
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as dossiers_acts
from congvu.domains.dossiers.types import ResultInput
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.faces.desk.work import later
from congvu.ground.audit.models import Entry
from tests.faces.desk.pages import text
from tests.marks import refuses

INBOX = "/lam-viec/"
# Session, user, posts, the tree of units, the rows, the groups, the clocks (3) of the chips, all figures of the menu.
INBOX_STATEMENTS, SEARCH_STATEMENTS = 10, 9


def test_nobody_signed_in_goes_to_sign_in_and_comes_back(client, world):
    response = client.get(INBOX + "?loc=late")
    assert (response.status_code, response["Location"]) == (302, "/can-bo/dang-nhap?next=%2Flam-viec%2F%3Floc%3Dlate")


def test_empty(desk):
    response = desk("hotich").get(INBOX)
    assert response.status_code == 200
    assert "Không còn việc nào ở đây" in text(response)


def test_addresses_of_the_frame_follow_where_the_program_is_mounted(desk):
    client = desk("hotich")
    before = client.get(INBOX).context["shell"]
    with override_script_prefix("/congvu/"):
        mounted = client.get(INBOX).context["shell"]
    assert (before.home_url, mounted.home_url) == (INBOX, "/congvu" + INBOX)
    assert [entry.url for entry in mounted.nav] == ["/congvu" + entry.url for entry in before.nav]
    assert client.get(INBOX).context["shell"].home_url == INBOX


def test_rows_say_what_waits_and_unread_ones_are_marked(desk, world):
    answer = world.take_in("2.000908")
    client = desk("hotich")
    page = client.get(INBOX)
    assert "Cấp bản sao từ sổ gốc, Trần Thị Lan" in text(page)
    assert "Chưa đọc" in text(page)
    item = world.waiting(answer.record_id)
    opened = client.get(INBOX, {"xem": str(item.id)})
    assert "Chưa đọc" not in text(opened)
    assert "Đủ điều kiện, trình duyệt" in text(opened)
    for key in ("e", "b", "r", "h"):
        assert f'data-key="{key}"' in opened.content.decode()


def test_inbox_reads_the_same_number_of_statements_for_one_row_and_for_many(desk, world, django_assert_num_queries):
    client = desk("hotich")
    client.get(INBOX)
    for _ in range(2):
        world.take_in("2.000908")
        with django_assert_num_queries(INBOX_STATEMENTS):
            client.get(INBOX)


def test_results_to_hand_over_stand_by_themselves_oldest_first_and_without_a_due_date(desk, world):
    codes = []
    for _ in range(2):
        answer = world.take_in("2.000908")
        item = world.go_to(answer.record_id, "issue")
        dossiers_acts.issue_result(world.holder(answer.record_id), item.id, ResultInput(text="Cấp bản sao."))
        codes.append(answer.code)
        world.clock.shift(timedelta(minutes=5))
    shown = text(desk("motcua").get(INBOX))
    assert "Chờ trả kết quả 2" in shown
    assert "Sau đó" not in shown
    assert shown.index(codes[0]) < shown.index(codes[1])
    assert "chờ từ 19/11/2026" in shown


def test_a_preview_that_is_not_mine_shows_none(desk, world):
    item = world.waiting(world.take_in("2.000908").record_id)
    page = desk("vanthu").get(INBOX, {"xem": str(item.id)})
    assert "Chọn một việc để xem nhanh" in text(page)
    assert not work.look(world.clerk, item.id).outcome
    assert "Chọn một việc" in text(desk("vanthu").get(INBOX, {"xem": "khong-phai"}))


def approvals(world, count: int) -> list:
    """So many dossiers that wait for the chair."""
    return [world.go_to(world.take_in("2.000908").record_id, "approve") for _ in range(count)]


def test_bulk_approves_each_and_says_which_was_not(desk, world):
    first, second, gone = approvals(world, 3)
    client = desk("chutich")
    assert world.holder(first.record_id).name == "Lương Trọng Hùng"
    desk("phochutich", world.made.positions["xa-yen-khe:chair:1"]).post(f"/lam-viec/ho-so/viec/{gone.id}/phe-duyet")
    wanted = [str(first.id), str(second.id), str(gone.id)]
    page = client.post("/lam-viec/hang-loat", {"item": wanted, "ve": INBOX + "?loc=approve"}, follow=True)
    shown = text(page)
    assert page.redirect_chain == [(INBOX + "?loc=approve", 302)]
    assert "Đã phê duyệt 2 việc." in shown
    assert f"Chưa phê duyệt: {gone.code} Cấp bản sao từ sổ gốc, Trần Thị Lan:" in shown
    assert "Vũ Thị Lan" in shown
    assert {world.waiting(item.record_id).step_kind for item in (first, second, gone)} == {"issue"}
    assert Entry.objects.filter(verb="dossier.approve").count() == 3


@pytest.mark.parametrize("ticked", [[], ["khong-phai-ma"], [str(uuid4())]])
def test_bulk_with_nothing_to_approve_moves_nothing(desk, world, ticked):
    (item,) = approvals(world, 1)
    page = desk("chutich").post("/lam-viec/hang-loat", {"item": ticked}, follow=True)
    assert "Chưa" in text(page)
    assert world.waiting(item.record_id).id == item.id


def test_bulk_never_leaves_the_house(desk, world):
    response = desk("chutich").post("/lam-viec/hang-loat", {"ve": "https://la.example/"})
    assert response["Location"] == INBOX


def test_put_off_until_tomorrow_and_shown_again(desk, world):
    item = world.waiting(world.take_in("2.000908").record_id)
    client = desk("hotich")
    shown = text(client.post(f"/lam-viec/de-sau/{item.id}", {"den": "ngay-mai", "ve": INBOX}, follow=True))
    assert "Đã để sau" in shown
    assert "Không còn việc nào ở đây" in shown
    assert "nhắc lại 8:00 ngày 20/11/2026" in text(client.get(INBOX, {"loc": "later"}))
    client.post(f"/lam-viec/de-sau/{item.id}", {"den": "hien-lai"})
    assert "Cấp bản sao từ sổ gốc" in text(client.get(INBOX))


@refuses("work.put_off")
def test_put_off_refused_moves_nothing(desk, world):
    item = world.waiting(world.take_in("2.000908").record_id)
    with pytest.raises(Forbidden):
        workflow.put_off(world.clerk, item.id, until=datetime(2026, 11, 20, 8, 0, tzinfo=VN))
    with pytest.raises(Invalid):
        workflow.put_off(world.staff("hotich"), item.id, until=datetime(2026, 11, 19, 8, 0, tzinfo=VN))
    assert desk("hotich").post(f"/lam-viec/de-sau/{item.id}", {"den": "nam-sau"}).status_code == 422
    assert [row.id for row in work.inbox(world.staff("hotich")).rows] == [item.id]
    assert not Entry.objects.filter(verb="work.put_off").exists()


@pytest.mark.parametrize(
    ("now", "keys"),
    [
        (datetime(2026, 11, 19, 9, 30, tzinfo=VN), ["chieu-nay", "ngay-mai", "thu-hai", "tuan-sau"]),
        (datetime(2026, 11, 19, 15, 0, tzinfo=VN), ["ngay-mai", "thu-hai", "tuan-sau"]),
        (datetime(2026, 11, 22, 15, 0, tzinfo=VN), ["ngay-mai", "tuan-sau"]),
        (datetime(2026, 11, 23, 15, 0, tzinfo=VN), ["ngay-mai", "tuan-sau"]),
    ],
)
def test_moments_to_choose_from(now, keys):
    """Thursday morning and afternoon; Sunday, when tomorrow is Monday; Monday, when Monday is in a week."""
    found = later.moments(now)
    assert [moment.key for moment in found] == keys
    assert all(now < moment.until for moment in found)


def test_search_by_name_without_marks(desk, world, django_assert_num_queries):
    world.take_in("2.000908")
    client = desk("motcua")
    client.get(INBOX)
    with django_assert_num_queries(SEARCH_STATEMENTS):
        page = client.get("/lam-viec/tim", {"q": "tran thi lan"})
    assert "Cấp bản sao từ sổ gốc, Trần Thị Lan" in text(page)
    assert "Gõ ít nhất hai ký tự" in text(client.get("/lam-viec/tim", {"q": "t"}))
    assert "Không có hồ sơ nào" in text(client.get("/lam-viec/tim", {"q": "khong co ai"}))


def test_search_shows_nothing_the_post_may_not_read(desk, world):
    world.take_in("2.000908")
    assert "Không có hồ sơ nào" in text(desk("quantri").get("/lam-viec/tim", {"q": "Trần Thị Lan"}))
    assert dossiers.dossiers(world.staff("quantri")).rows == ()


def test_notices(desk):
    assert desk("motcua").get("/lam-viec/thong-bao").status_code == 200
