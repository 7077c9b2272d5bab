"""Items of a conclusion become tasks from one form: wrong lines are told where they stand, nothing is half given."""

from __future__ import annotations

import pytest

from congvu.boot.demo import issuers
from congvu.domains.tasks.models import Task
from congvu.ground.files import selectors as files
from congvu.journeys.document_tasks import numbered
from tests.domains.documents.office import Office
from tests.faces.desk.pages import errors, text

HERE = "/lam-viec/nhiem-vu/theo-ket-luan/"
WORDS = """THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại phiên họp tháng 11
1. Giao UBND các xã rà soát diện tích lúa vụ đông,
báo cáo trước ngày 30 tháng 11.
2. Giao Phòng Văn hóa - Xã hội lập danh sách hộ nghèo.

3. Ngắn.
a) Tổ chức tuyên truyền đến từng thôn, từng hộ dân."""


@pytest.fixture
def office(world) -> Office:
    issuers.load(world.made, communes=1)
    return Office(world)


def post_of(world, login: str) -> str:
    actor = world.staff(login)
    return f"{actor.unit_id}:{actor.position_id}"


def test_lines_of_a_text_are_items():
    assert [(item.number, item.text) for item in numbered(WORDS)] == [
        ("1", "Giao UBND các xã rà soát diện tích lúa vụ đông, báo cáo trước ngày 30 tháng 11."),
        ("2", "Giao Phòng Văn hóa - Xã hội lập danh sách hộ nghèo."),
        ("a", "Tổ chức tuyên truyền đến từng thôn, từng hộ dân."),
    ]


def test_an_arrived_conclusion_gives_the_ticked_items_or_none(desk, world, office, monkeypatch):
    monkeypatch.setattr(files, "texts_of", lambda _record: [WORDS])
    record = office.register(kind_name="Thông báo kết luận", subject="Kết luận phiên họp").record_id
    chair = desk("chutich")
    assert "Giao nhiệm vụ theo từng mục" in text(chair.get(f"/lam-viec/van-ban-den/{record}/"))
    page = chair.get(f"{HERE}{record}")
    assert "Mục 1 Giao mục này" in text(page)
    given = {"key": page.context["key"], "lines": "5"}
    for place, title in enumerate(("Rà soát diện tích lúa", "Lập danh sách hộ nghèo", "Tuyên truyền")):
        given |= {f"title-{place}": title, f"output-{place}": "Báo cáo"}
    assert errors(chair.post(f"{HERE}{record}", given)) == [("lam-items", "Chọn ít nhất một mục để giao.")]
    given |= {"chosen-0": "1", "owner-0": post_of(world, "truongphong"), "due-0": "30/11/2026"}
    given |= {"chosen-2": "1", "owner-2": post_of(world, "vanhoa"), "due-2": "x"}
    refused = chair.post(f"{HERE}{record}", given)
    assert (refused.status_code, errors(refused)) == (422, [("lam-items.2.due", "Ghi ngày như 17/11/2026.")])
    refused = chair.post(f"{HERE}{record}", given | {"due-2": "", "output-0": ""})
    assert [field for field, _words in errors(refused)] == ["lam-items.0.output", "lam-items.2.due"]
    shown = refused.content.decode()
    assert 'name="chosen-2" value="1" checked' in shown
    assert "Tuyên truyền</textarea>" in shown
    assert Task.objects.count() == 0
    done = chair.post(
        f"{HERE}{record}", given | {"due-2": "", "no_term-2": "1", "support-0": post_of(world, "vanhoa")}, follow=True
    )
    assert "Đã giao 2 nhiệm vụ." in text(done)
    assert [(task.record.title, task.no_term, task.source_id) for task in Task.objects.order_by("given_at")] == [
        ("Rà soát diện tích lúa", False, record), ("Tuyên truyền", True, record),
    ]  # fmt: skip
    assert "Văn bản này đã giao nhiệm vụ" in text(chair.get(f"{HERE}{record}"))
    # Who has to do it reads what it says.
    assert desk("vanhoa").get(f"/lam-viec/van-ban-den/{record}/").status_code == 200


def test_who_may_not_give_and_what_gives_nothing(desk, world, office):
    letter = office.register().record_id
    chair = desk("chutich")
    assert "Giao nhiệm vụ theo từng mục" not in text(chair.get(f"/lam-viec/van-ban-den/{letter}/"))
    assert desk("vanthu").get(f"{HERE}{letter}").status_code == 403
    assert desk("truongphong").get(f"{HERE}{letter}").status_code == 404
    given = {
        "key": "k1", "lines": "1", "chosen-0": "1", "title-0": "Việc", "output-0": "Báo cáo", "no_term-0": "1",
        "owner-0": post_of(world, "vanhoa"),
    }  # fmt: skip
    assert chair.post(f"{HERE}{letter}", given).status_code == 422
    assert Task.objects.count() == 0


def test_who_gave_it_ends_a_task_of_a_recalled_document_with_one_action(desk, world, office):
    from tests.journeys.test_task_sources import asked, documents, tracked

    record, task = tracked(office)
    page, chair = f"/lam-viec/nhiem-vu/{task}/", desk("chutich")
    assert "bị thu hồi" not in text(chair.get(page))
    documents.agree(office.clerk, asked(office, record))
    shown = chair.get(page)
    assert "Hủy nhiệm vụ vì văn bản gốc bị thu hồi" in text(shown)
    assert "Hủy nhiệm vụ vì văn bản gốc" not in text(desk("truongphong").get(page))
    chair.post(page + "huy", {"reason": shown.context["recalled_reason"]})
    assert Task.objects.get(record=task).record.state == "cancelled"
