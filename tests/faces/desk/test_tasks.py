"""Nhiệm vụ on the desk: giving by hand, working, extending, judging, lists, boards, the inbox; all without script."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest

from congvu.common.zones import VN
from congvu.domains.tasks import selectors, services
from congvu.domains.tasks.models import Task
from tests.domains.tasks.orders import DUE, give, order, post
from tests.faces.desk.pages import errors, text

HERE = "/lam-viec/nhiem-vu/"
# Session, user, posts, the tree of units, the rows, counts, calendars and thresholds, all figures of the menu.
LIST_STATEMENTS = 14


def key(world, login: str) -> str:
    seat = post(world, login)
    return f"{seat.unit}:{seat.position}"


def fields(world, **values) -> dict:
    term = {"due_day": "26", "due_month": "11", "due_year": "2026", "due_hour": ""}
    base = {"title": "Rà soát diện tích lúa", "output": "Báo cáo", "owner": key(world, "chuyenmon"), "key": uuid4().hex}
    return {**base, **term, **values}


def test_given_by_hand_up_to_the_close_of_the_office(desk, world):
    client = desk("chutich")
    form = client.get(HERE + "giao")
    assert "Phòng Kinh tế: " in text(form)
    assert 'name="supporters"' in form.content.decode()
    sent = fields(world, supporters=["", key(world, "vanhoa")], task_code="NV-UBND-17")
    page = client.post(HERE + "giao", sent, follow=True)
    assert "Đã giao nhiệm vụ." in text(page)
    task = Task.objects.get()
    assert (task.due_at, task.task_code, task.supports.count()) == (DUE, "NV-UBND-17", 1)
    client.post(HERE + "giao", sent)
    assert Task.objects.count() == 1


def test_a_refused_order_keeps_what_was_typed(desk, world):
    page = desk("chutich").post(
        HERE + "giao", fields(world, output="", due_day="31", supporters=[key(world, "vanhoa")])
    )
    assert page.status_code == 422
    assert [field for field, _words in errors(page)] == ["lam-due"]
    assert "Rà soát diện tích lúa" in page.content.decode()
    page = desk("chutich").post(HERE + "giao", fields(world, output=""))
    assert [field for field, _words in errors(page)] == ["lam-output"]
    for wrong in ({"owner": "x"}, {"owner": ""}, {"due_hour": "nua dem"}, {"source": str(uuid4())}):
        assert desk("chutich").post(HERE + "giao", fields(world, **wrong)).status_code in (404, 422)
    assert Task.objects.count() == 0


def test_only_leaders_have_the_form(desk):
    assert desk("chuyenmon").get(HERE + "giao").status_code == 403
    assert "Giao nhiệm vụ" not in text(desk("chuyenmon").get(HERE))


def test_from_the_inbox_to_the_judgement(desk, world):
    record = give(world)
    owner, chair, here = desk("chuyenmon"), desk("chutich"), f"{HERE}{record}/"
    inbox = owner.get("/lam-viec/")
    assert "Rà soát diện tích lúa vụ đông" in text(inbox)
    from congvu.engines.workflow import selectors as work

    item = work.inbox(world.staff("chuyenmon")).rows[0].id
    preview = owner.get("/lam-viec/", {"xem": str(item)})
    assert "Bắt đầu thực hiện" in text(preview)
    assert "Đã bắt đầu thực hiện." in text(owner.post(here + "bat-dau", follow=True))
    form = owner.get(here, {"lam": "tien-do"})
    assert 'name="percent"' in form.content.decode()
    page = owner.post(here + "tien-do", {"text": "Đã làm 3/5 thôn", "percent": "60%"}, follow=True)
    assert "60%" in text(page)
    refused = owner.post(here + "tien-do", {"text": "Xong", "percent": "sáu mươi"})
    assert [field for field, _words in errors(refused)] == ["lam-percent"]
    owner.post(here + "gia-han", {"due_day": "4", "due_month": "12", "due_year": "2026", "reason": "Mưa lũ"})
    assert "xin gia hạn từ 17:00 ngày 26/11/2026 đến 17:00 ngày 4/12/2026" in text(chair.get(here))
    answer = chair.get(here, {"lam": "tra-loi-gia-han"})
    assert 'value="4"' in answer.content.decode()
    nearer = {"granted": "1", "due_day": "1", "due_month": "12", "due_year": "2026"}
    chair.post(here + "tra-loi-gia-han", nearer)
    assert Task.objects.get().due_at == datetime(2026, 12, 1, 17, 0, tzinfo=VN)
    owner.post(here + "hoan-thanh", {"text": "Đã có báo cáo"})
    assert [field for field, _w in errors(chair.post(here + "khong-dat", {"reason": "", "redo": "1"}))] == [
        "lam-reason"
    ]
    chair.post(here + "khong-dat", {"reason": "Thiếu thôn Bãi", "redo": "1"})
    owner.post(here + "hoan-thanh", {"text": "Đã bổ sung"})
    stale = chair.post(here + "dat", {"version": "1"})
    assert stale.status_code == 409
    done = chair.post(here + "dat", follow=True)
    assert "Hoàn thành đúng hạn" in text(done)


def test_refused_acts_and_strangers(desk, world):
    record = give(world)
    here = f"{HERE}{record}/"
    assert desk("vanhoa").get(here).status_code == 404
    assert desk("chuyenmon").post(here + "dat").status_code == 403
    assert desk("chutich").post(here + "khong-co").status_code == 404
    assert desk("chutich").get(here + "dat").status_code == 405
    assert "act_template" not in (desk("chutich").get(here, {"lam": "tien-do"}).context or {})
    assert Task.objects.get().record.state == "given"


def test_return_give_again_hand_on_amend_cancel(desk, world):
    record = give(world, owner=post(world, "truongphong"))
    head, chair, here = desk("truongphong"), desk("chutich"), f"{HERE}{record}/"
    chair.post(here + "sua", fields(world, title="Rà soát lúa và ngô"))
    assert "Rà soát lúa và ngô" in text(head.get(here))
    head.post(here + "tra-lai", {"reason": "Thuộc phòng khác"})
    assert "Phòng Văn hóa - Xã hội: " in text(chair.get(here, {"lam": "giao-lai"}))
    chair.post(here + "giao-lai", {"to": key(world, "truongphong"), "text": "Vẫn là phòng Kinh tế"})
    assert "Thuộc phòng khác" in text(head.get(here))
    head.post(here + "phan-cong", {"to": key(world, "chuyenmon")})
    assert Task.objects.get().owner_position_id == world.staff("chuyenmon").position_id
    desk("chuyenmon").post(here + "trao-doi", {"text": "Xin số liệu năm trước"})
    chair.post(here + "huy", {"reason": "Trùng"})
    assert "Đã hủy" in text(chair.get(here))


def test_lists_boards_and_their_statements(desk, world, django_assert_num_queries):
    dossier = world.take_in("2.000908").record_id
    client = desk("chutich")
    client.get(HERE)
    for number in range(2):
        services.give(world.staff("chutich"), order(world, title=f"Việc {number}", source=dossier))
        with django_assert_num_queries(LIST_STATEMENTS):
            page = client.get(HERE)
    assert "Việc 0" in text(page)
    assert "Việc 0" in text(desk("chuyenmon").get(HERE))
    assert "Không có nhiệm vụ nào" in text(client.get(HERE, {"loc": "toi-giao", "tt": "xong"}))
    assert "Việc 1" in text(client.get(HERE, {"q": "viec 1", "loc": "tat-ca"}))
    board = client.get(HERE + "theo-doi")
    assert "Cấp bản sao từ sổ gốc" in text(board)
    assert "Việc 1" in text(client.get(HERE, {"nguon": str(dossier)}))
    assert "Phòng Kinh tế" in text(client.get(HERE + "theo-doi", {"theo": "don-vi"}))
    assert "Chủ tịch UBND, UBND xã Yên Khê" in text(client.get(HERE + "theo-doi", {"theo": "lanh-dao"}))
    for bad in ({"sau": "x"}, {"nguon": "x"}, {"don-vi": "9" * 30}):
        assert client.get(HERE, bad).status_code in (200, 422)


def test_sub_tasks(desk, world):
    record = give(world, owner=post(world, "truongphong"))
    client = desk("truongphong")
    assert "Chia việc nhỏ" in text(client.get(f"{HERE}{record}/"))
    form = client.get(HERE + "giao", {"parent": str(record)})
    assert "Việc nhỏ thuộc" in text(form)
    client.post(HERE + "giao", fields(world, parent=str(record), title="Đo thôn Đông"))
    assert "Đo thôn Đông" in text(client.get(f"{HERE}{record}/"))
    assert len(selectors.task(world.staff("truongphong"), record).children) == 1


@pytest.mark.parametrize("login", ["chutich", "chuyenmon", "truongphong"])
def test_in_english(desk, world, login):
    record = give(world)
    client = desk(login)
    client.cookies["django_language"] = "en"
    for address in (HERE, HERE + "theo-doi", f"{HERE}{record}/"):
        assert "Nhiệm vụ" not in text(client.get(address, headers={"accept-language": "en"}))
