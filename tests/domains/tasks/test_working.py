"""The owner's and the supporters' part: begin, report, contribute, write, return, finish."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pikepdf
import pytest

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.tasks import selectors, services
from congvu.domains.tasks.errors import WrongState
from congvu.domains.tasks.models import Entry
from congvu.domains.tasks.types import Standing
from congvu.engines.workflow import selectors as work
from congvu.ground.events.services import deliver_pending
from congvu.ground.files import selectors as files
from congvu.ground.files import services as uploads
from congvu.ground.notifications.models import Message
from tests.domains.tasks.orders import give, post
from tests.marks import refuses


def pdf() -> bytes:
    """One empty page."""
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.save(out)
    return out.getvalue()


@refuses("task.start", "task.report", "task.finish", "task.return")
def test_only_the_owner_works_on_it(world):
    record, stranger, chair = give(world), world.staff("truongphong"), world.staff("chutich")
    for actor in (stranger, chair):
        with pytest.raises(Forbidden):
            services.start(actor, record)
        with pytest.raises(Forbidden):
            services.report(actor, record, text="Đã làm", percent=10)
        with pytest.raises(Forbidden):
            services.finish(actor, record, text="Xong")
        with pytest.raises(Forbidden):
            services.send_back(actor, record, reason="Không")
    with pytest.raises(NotFound):
        services.start(world.staff("vanhoa"), record)
    view = selectors.task(chair, record)
    assert (view.state, view.percent, len(view.entries)) == ("given", 0, 1)


def test_progress_in_words_and_number_with_files(world):
    record, owner = give(world), world.staff("chuyenmon")
    file = uploads.store(owner, name="bang.pdf", content=pdf())
    services.report(owner, record, text="Đã rà soát 3/5 thôn.", percent=60, attached=[file.id])
    view = selectors.task(world.staff("chutich"), record)
    assert (view.standing, view.percent, view.entries[0].percent) == (Standing.DOING, 60, 60)
    assert view.entries[0].files == (file.id,)
    assert [info.id for info in files.visible_files(world.staff("chutich"), record)] == [file.id]


@pytest.mark.parametrize("percent", [-1, 100, 1000])
def test_a_number_out_of_range_moves_nothing(world, percent):
    record = give(world)
    with pytest.raises(Invalid):
        services.report(world.staff("chuyenmon"), record, text="Đã làm", percent=percent)
    with pytest.raises(Invalid):
        services.report(world.staff("chuyenmon"), record, text=" ", percent=50)
    assert selectors.task(world.staff("chutich"), record).state == "given"


@refuses("task.contribute")
def test_supporters_report_their_part_and_leave_their_inbox(world):
    record = give(world, supporters=(post(world, "vanhoa"),), watchers=(post(world, "hotich"),))
    helper = world.staff("vanhoa")
    for login in ("chuyenmon", "hotich"):
        with pytest.raises(Forbidden):
            services.contribute(world.staff(login), record, text="Góp ý")
    services.contribute(helper, record, text="Đã gửi số liệu dân cư.")
    assert len(work.inbox(helper).rows) == 1
    services.contribute(helper, record, text="Đã xong.", done=True)
    assert work.inbox(helper).rows == ()
    assert len(work.inbox(world.staff("chuyenmon")).rows) == 1
    view = selectors.task(world.staff("hotich"), record)
    assert [part.done_at is not None for part in view.supports] == [True, False]
    assert [entry.kind for entry in view.entries] == ["supported", "support", "given"]


@refuses("task.comment")
def test_all_on_the_task_read_and_write_the_thread(world):
    record = give(world, watchers=(post(world, "hotich"),))
    services.comment(world.staff("hotich"), record, text="Thôn Bãi mới tách.")
    services.comment(world.staff("truongphong"), record, text="Nhớ đối chiếu bản đồ.")
    with pytest.raises(NotFound):
        services.comment(world.staff("vanhoa"), record, text="Ngoài cuộc")
    with pytest.raises(Forbidden):
        services.comment(world.staff("vanthu"), record, text="Đọc được nhưng không tham gia")
    with pytest.raises(Invalid):
        services.comment(world.staff("hotich"), record, text="x" * 20_001)
    assert [entry.by for entry in selectors.task(world.staff("chuyenmon"), record).entries[:2]] == [
        world.staff("truongphong").name, world.staff("hotich").name,
    ]  # fmt: skip


def test_returned_before_it_was_begun_with_a_reason(world):
    record, owner, chair = give(world), world.staff("chuyenmon"), world.staff("chutich")
    with pytest.raises(Invalid):
        services.send_back(owner, record, reason="")
    services.send_back(owner, record, reason="Thuộc phòng khác.")
    view = selectors.task(chair, record)
    assert (view.standing, view.entries[0].text) == (Standing.RETURNED, "Thuộc phòng khác.")
    assert [row.name for row in work.inbox(chair).rows] == ["Nhiệm vụ bị trả lại"]
    assert work.inbox(owner).rows == ()


def test_once_begun_it_is_not_returned(world):
    record, owner = give(world), world.staff("chuyenmon")
    services.start(owner, record)
    with pytest.raises(WrongState):
        services.send_back(owner, record, reason="Thôi")
    assert selectors.task(owner, record).state == "doing"


def test_finished_waits_for_the_assigner_with_a_term_of_its_own(world):
    record, owner, chair = give(world), world.staff("chuyenmon"), world.staff("chutich")
    services.finish(owner, record, text="Đã có báo cáo.")
    view = selectors.task(chair, record)
    assert (view.standing, view.percent) == (Standing.JUDGING, 100)
    (row,) = work.inbox(chair).rows
    # Two working days after Thursday 19/11, 9:30: Monday 23/11, the day before the holiday.
    assert (row.step_kind, row.due_at) == ("judge", datetime(2026, 11, 23, 9, 30, tzinfo=VN))
    assert work.inbox(owner).rows == ()
    with pytest.raises(WrongState):
        services.report(owner, record, text="Thêm", percent=99)


def test_posts_are_told(world):
    record = give(world, supporters=(post(world, "vanhoa"),))
    services.send_back(world.staff("chuyenmon"), record, reason="Thuộc phòng khác.")
    deliver_pending()
    told = {(row.recipient, row.kind) for row in Message.objects.filter(record_id=record)}
    assert told == {
        (f"p:{world.staff('chuyenmon').position_id}", "task_given"),
        (f"p:{world.staff('vanhoa').position_id}", "task_support"),
        (f"p:{world.staff('chutich').position_id}", "task_returned"),
    }
    assert Message.objects.get(record_id=record, kind="task_returned").body.endswith("Lý do: Thuộc phòng khác.")


def test_a_thread_is_never_rewritten(world):
    record = give(world)
    services.report(world.staff("chuyenmon"), record, text="Một", percent=10)
    services.report(world.staff("chuyenmon"), record, text="Hai", percent=20)
    assert list(Entry.objects.filter(task=record, kind="progress").order_by("id").values_list("text", "percent")) == [
        ("Một", 10), ("Hai", 20),
    ]  # fmt: skip


def test_upload_of_somebody_else_is_not_attached(world):
    record = give(world)
    file = uploads.upload(world.staff("truongphong"), name="a.pdf", stream=BytesIO(pdf()))
    with pytest.raises(NotFound):
        services.comment(world.staff("chuyenmon"), record, text="Xem tệp", attached=[file.id])
    assert selectors.task(world.staff("chuyenmon"), record).entries[0].kind == "given"
