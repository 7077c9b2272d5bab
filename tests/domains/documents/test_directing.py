"""Direction slips: one lead, own deadlines, handed on inside a unit, done from below (NĐ 30/2020 Điều 23–24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.models import Direction, Opinion
from congvu.domains.documents.types import DirectionInput, Forwarding
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry
from tests.domains.documents.office import Office
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def directed(office: Office):
    record = office.register(Forwarding(leader=office.position(":chair:1"))).record_id
    services.direct(office.chair, record, [office.lead(), office.support()], opinion="Giao phòng Kinh tế tham mưu.")
    return record


def test_a_slip_names_one_lead_supporters_and_who_is_informed_each_with_an_own_deadline(office: Office):
    record = office.register().record_id
    informed = DirectionInput("inform", office.unit("tt"))
    services.direct(office.chair, record, [office.lead(), office.support(), informed], opinion="Xử lý sớm.")
    view = selectors.incoming(office.clerk, record)
    assert [(d.role_label, d.unit_id, d.due_at and d.due_at.astimezone(VN).day) for d in view.directions] == [
        ("Chủ trì", office.unit("kt"), 27), ("Phối hợp", office.unit("vh"), 26), ("Để biết", office.unit("tt"), None),
    ]  # fmt: skip
    assert view.row.state_label == "Đang xử lý"
    assert view.row.due_at == datetime(2026, 11, 27, 17, tzinfo=VN)
    assert [(o.leader, o.text, o.by) for o in view.opinions] == [(True, "Xử lý sớm.", "Lương Trọng Hùng")]
    assert work.inbox(office.chair).rows == ()
    (row,) = work.inbox(office.world.staff("truongphong")).rows
    assert (row.name, row.due_at) == ("Chủ trì xử lý văn bản", view.row.due_at)
    # Who is informed reads, and has nothing to do.
    assert selectors.incoming(office.world.staff("giamdoc"), record).id == record
    assert work.inbox(office.world.staff("giamdoc")).rows == ()


@refuses("document.direct")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda o: [], "lines"),
        (lambda o: [o.lead(), o.lead("vh")], "lines.1.role"),
        (lambda o: [o.support()], "lines"),
        (lambda o: [o.lead(), o.support("kt")], "lines.1.unit"),
        (lambda o: [replace(o.lead(), due_at=None)], "lines.0.due_at"),
        (lambda o: [replace(o.lead(), due_at=datetime(2026, 11, 19, 9, tzinfo=VN))], "lines.0.due_at"),
        (lambda o: [replace(o.lead(), role="chief")], "lines.0.role"),
        (lambda o: [replace(o.lead(), unit_id=o.world.made.units["xa-lam-khuc-vp"])], "lines.0.unit"),
        (lambda o: [replace(o.lead(), position_id=o.position("-vh:head:1"))], "lines.0.position"),
    ],
)
def test_a_wrong_slip_is_refused_by_line_and_nothing_moves(office: Office, change, field):
    record = office.register().record_id
    before = Entry.objects.count()
    with pytest.raises(Invalid) as refused:
        services.direct(office.chair, record, change(office), opinion="x")
    assert field in {problem.field for problem in refused.value.problems}
    assert (Direction.objects.count(), Opinion.objects.count(), Entry.objects.count()) == (0, 0, before)
    assert selectors.incoming(office.chair, record).row.state == "registered"


def test_only_leaders_of_the_agency_direct(office: Office):
    record = office.register().record_id
    with pytest.raises(NotFound):
        services.direct(office.world.staff("truongphong"), record, [office.lead()])
    with pytest.raises(Forbidden):
        services.direct(office.clerk, record, [office.lead()])
    assert not Direction.objects.exists()


def test_more_lines_may_follow_but_never_a_second_lead(office: Office):
    record = directed(office)
    services.direct(office.chair, record, [office.support("vp")], opinion="Văn phòng cùng làm.")
    with pytest.raises(Invalid):
        services.direct(office.chair, record, [office.lead("vp")])
    assert [d.role for d in selectors.incoming(office.chair, record).directions] == ["lead", "support", "support"]


@refuses("document.hand_on", "document.begin", "document.finish")
def test_a_head_hands_on_inside_the_unit_not_beyond_the_own_deadline(office: Office):
    record = directed(office)
    head, official = office.world.staff("truongphong"), office.world.staff("chuyenmon")
    (row,) = work.inbox(head).rows
    post = official.position_id
    late = replace(office.lead("kt", 28), position_id=post)
    with pytest.raises(Invalid) as refused:
        services.hand_on(head, row.id, [late])
    assert refused.value.problems[0].field == "lines.0.due_at"
    with pytest.raises(Invalid):
        services.hand_on(head, row.id, [office.lead("vh", 26)])
    with pytest.raises(Forbidden):
        services.hand_on(office.world.staff("vanhoa"), row.id, [office.lead("kt", 26)])
    assert Direction.objects.filter(parent__isnull=False).count() == 0
    services.hand_on(head, row.id, [replace(office.lead("kt", 26), position_id=post)], opinion="Đồng chí làm.")
    (mine,) = work.inbox(official).rows
    with pytest.raises(Forbidden):
        services.begin_work(head, mine.id)
    with pytest.raises(Invalid):
        services.finish(official, mine.id, result="")
    with pytest.raises(Forbidden):
        services.finish(head, mine.id, result="Xong")
    services.begin_work(official, mine.id)
    services.finish(official, mine.id, result="Đã báo cáo tại văn bản 15/BC-UBND")
    view = selectors.incoming(office.chair, record)
    lead = next(d for d in view.directions if d.role == "lead" and d.parent is None)
    assert (view.row.state_label, view.result) == ("Đã xử lý xong", "Đã báo cáo tại văn bản 15/BC-UBND")
    assert (lead.done_by, lead.result) == (official.name, "Đã báo cáo tại văn bản 15/BC-UBND")
    # Supporters are not waited for any more.
    assert work.open_items(record) == []


def test_a_supporter_who_is_done_does_not_end_the_document(office: Office):
    record = directed(office)
    (row,) = work.inbox(office.world.staff("vanhoa")).rows or work.inbox(_head(office, "vh")).rows
    services.finish(_head(office, "vh"), row.id, result="Đã góp ý")
    assert selectors.incoming(office.chair, record).row.state == "processing"


def _head(office: Office, suffix: str):
    from congvu.ground.orgs import selectors as orgs

    (post,) = orgs.positions(office.unit(suffix), "head")
    (person,) = orgs.holders_of(post.id)
    return orgs.staff_actor(person.user_id, post.id)


def test_a_document_for_information_only_is_done_at_once(office: Office):
    record = office.register().record_id
    services.direct(office.chair, record, [DirectionInput("inform", office.unit("kt"))])
    view = selectors.incoming(office.chair, record)
    assert (view.row.state, view.result) == ("done", "Chuyển để biết.")


@refuses("document.reopen")
def test_a_leader_reopens_with_a_reason(office: Office):
    record = directed(office)
    head = office.world.staff("truongphong")
    due = datetime(2026, 12, 4, 17, tzinfo=VN)
    with pytest.raises(WrongState):
        services.reopen(office.chair, record, reason="Chưa đạt", due_at=due)
    services.finish(head, work.inbox(head).rows[0].id, result="Xong")
    with pytest.raises(Invalid):
        services.reopen(office.chair, record, reason="", due_at=due)
    with pytest.raises(Forbidden):
        services.reopen(head, record, reason="Chưa đạt", due_at=due)
    assert selectors.incoming(office.chair, record).row.state == "done"
    services.reopen(office.chair, record, reason="Chưa đạt", due_at=due)
    (row,) = work.inbox(head).rows
    assert row.due_at == due
    assert selectors.incoming(office.chair, record).row.state == "processing"


@refuses("document.speak")
def test_everybody_who_reads_may_speak_and_leaders_are_marked(office: Office):
    record = directed(office)
    services.speak(office.world.staff("truongphong"), record, text="Xin thêm thời gian.")
    services.speak(office.chair, record, text="Đồng ý.")
    said = selectors.incoming(office.chair, record).opinions
    assert [(o.leader, o.text) for o in said[-2:]] == [(False, "Xin thêm thời gian."), (True, "Đồng ý.")]
    with pytest.raises(NotFound):
        services.speak(office.world.staff("motcua"), record, text="x")
    with pytest.raises(Invalid):
        services.speak(office.chair, record, text=" ")
    assert len(selectors.incoming(office.chair, record).opinions) == len(said)


def test_the_stand_in_directs_in_the_absent_chairs_place_and_both_are_named(office: Office):
    record = office.register(Forwarding(leader=office.position(":chair:1"))).record_id
    from congvu.ground.orgs import selectors as orgs

    stand_in = orgs.staff_actor(office.world.made.users["phochutich"], office.position(":chair:1"))
    services.direct(stand_in, record, [office.lead()])
    (line,) = selectors.incoming(office.clerk, record).directions
    assert (line.given_by, line.on_behalf_of) == (stand_in.name, "Lương Trọng Hùng")
