"""Reminders to who has not confirmed, and how a making known ends: by hand, or with its document."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.jobs import remind_readers
from congvu.domains.documents.models import Confirmation, Dissemination
from congvu.domains.documents.services import spread_watching
from congvu.domains.documents.types import Forwarding, RequestInput
from congvu.engines.workflow import selectors as work
from congvu.ground.events.services import deliver_pending
from congvu.ground.notifications.models import Message
from congvu.ground.orgs import services as staffing
from congvu.ground.orgs.models import Assignment
from congvu.ground.records.models import Record
from tests.domains.documents.office import Office
from tests.domains.documents.test_spreading import read, spread
from tests.marks import refuses


def at(*parts: int) -> datetime:
    return datetime(2026, *parts, tzinfo=VN)


@pytest.fixture
def letter(office: Office) -> UUID:
    return office.register(subject="Cảnh báo lừa đảo trực tuyến").record_id


def one_asked(office: Office, letter: UUID) -> tuple[UUID, str]:
    """Asked: the official of Phòng Văn hóa alone; and the address of that person."""
    culture = office.world.staff("vanhoa")
    return spread(office, letter, units=(), positions=(culture.position_id,)), f"u:{culture.user_id}"


def told(record: UUID) -> list[tuple[str, str]]:
    deliver_pending()
    rows = Message.objects.filter(record_id=record).order_by("created_at", "id")
    return [(row.kind, row.recipient) for row in rows]


def test_reminded_before_the_term_when_it_is_over_and_again(office: Office, letter):
    """Due Wednesday 25/11 17:00; a working day earlier, over the 24th, is Monday 23/11 17:00."""
    record, person = one_asked(office, letter)
    assert told(record) == [("reading_asked", person)]
    office.world.clock.move_to(at(11, 23, 16, 59))
    assert remind_readers() == 0
    office.world.clock.move_to(at(11, 23, 17, 0))
    assert (remind_readers(), remind_readers()) == (1, 0)
    assert told(record)[1:] == [("reading_soon", person)]
    office.world.clock.move_to(at(11, 25, 17, 0))
    assert remind_readers() == 0
    office.world.clock.move_to(at(11, 25, 17, 1))
    assert (remind_readers(), remind_readers()) == (1, 0)
    chair = f"p:{office.chair.position_id}"
    assert sorted(told(record)[2:]) == [("reading_lacking", chair), ("reading_late", person)]
    # Two working days later, the 26th and the 27th, at the same hour; the post that gave it is told once.
    office.world.clock.move_to(at(11, 27, 17, 0))
    assert remind_readers() == 0
    office.world.clock.move_to(at(11, 27, 17, 1))
    assert (remind_readers(), remind_readers()) == (1, 0)
    assert told(record)[4:] == [("reading_late", person)]
    read(office.world.staff("vanhoa"), record, letter)
    office.world.clock.move_to(at(12, 31, 8, 0))
    assert remind_readers() == 0
    (row,) = selectors.dissemination(office.chair, record).readers
    assert row.state == "confirmed_late"


def test_a_term_of_one_day_is_told_when_it_is_over(office: Office, letter):
    """Given on Thursday after office hours, due Friday 20/11 17:00: a working day earlier has passed already."""
    office.world.clock.move_to(at(11, 19, 17, 30))
    culture = office.world.staff("vanhoa")
    record = spread(office, letter, units=(), positions=(culture.position_id,), days=1)
    assert Confirmation.objects.get().due_at == at(11, 20, 17, 0)
    office.world.clock.move_to(at(11, 20, 16, 0))
    assert remind_readers() == 0
    office.world.clock.move_to(at(11, 20, 17, 1))
    assert remind_readers() == 1
    assert ("reading_late", f"u:{culture.user_id}") in told(record)


def test_who_left_is_reminded_no_more_and_the_work_goes(office: Office, letter):
    record, person = one_asked(office, letter)
    assert told(record) == [("reading_asked", person)]
    culture = office.world.staff("vanhoa")
    held = Assignment.objects.get(user=culture.user_id, position=culture.position_id)
    staffing.end_assignment(SYSTEM, held.pk, last_day=date(2026, 11, 20))
    office.world.clock.move_to(at(11, 23, 17, 0))
    assert len(work.open_items(record)) == 1
    assert (remind_readers(), remind_readers()) == (0, 0)
    assert work.open_items(record) == []
    assert len(told(record)) == 1


@refuses("document.remind_reader")
def test_only_the_program_reminds_by_itself(office: Office, letter):
    one_asked(office, letter)
    one = Confirmation.objects.get()
    with pytest.raises(Forbidden):
        spread_watching.remind_reader(office.chair, one.id)
    assert spread_watching.remind_reader(SYSTEM, one.id) == 0
    one.refresh_from_db()
    assert (one.notices, one.notice_at) == (0, at(11, 23, 17, 0))


@refuses("document.nudge_readers")
def test_reminding_by_hand_once_a_day(office: Office, letter):
    record, person = one_asked(office, letter)
    with pytest.raises(Forbidden):
        services.nudge_readers(office.world.staff("vanhoa"), record)
    assert services.nudge_readers(office.chair, record) == 1
    assert sorted(told(record)) == [("reading_asked", person), ("reading_nudged", person)]
    office.world.clock.move_to(at(11, 19, 15, 0))
    with pytest.raises(Conflict) as refused:
        services.nudge_readers(office.clerk, record)
    assert refused.value.message == "Hôm nay đã nhắc lúc 09:30. Ngày mai nhắc lại được."
    office.world.clock.move_to(at(11, 20, 8, 0))
    assert services.nudge_readers(office.clerk, record) == 1
    assert [kind for kind, _to in told(record)].count("reading_nudged") == 2
    read(office.world.staff("vanhoa"), record, letter)
    office.world.clock.move_to(at(11, 23, 8, 0))
    with pytest.raises(Conflict):
        services.nudge_readers(office.chair, record)
    assert Confirmation.objects.get().notices == 2


@refuses("document.end_dissemination")
def test_ended_with_a_reason_the_report_stays(office: Office, letter):
    record, person = one_asked(office, letter)
    with pytest.raises(Forbidden):
        services.end_dissemination(office.world.staff("vanhoa"), record, reason="x")
    with pytest.raises(Invalid):
        services.end_dissemination(office.chair, record, reason=" ")
    assert (Dissemination.objects.get().ended_at, len(work.open_items(record))) == (None, 1)
    services.end_dissemination(office.chair, record, reason="Đã họp quán triệt trực tiếp.")
    assert work.open_items(record) == []
    assert ("reading_ended", person) in told(record)
    culture = office.world.staff("vanhoa")
    assert (selectors.count_to_confirm(culture).now(), selectors.incoming(culture, letter).id) == (0, letter)
    for call in (
        lambda: services.confirm_reading(culture, record),
        lambda: services.nudge_readers(office.chair, record),
        lambda: services.add_readers(office.chair, record, units=[office.unit("kt")]),
        lambda: services.end_dissemination(office.chair, record, reason="x"),
    ):
        with pytest.raises(WrongState):
            call()
    held = Assignment.objects.get(user=culture.user_id, position=culture.position_id)
    staffing.end_assignment(SYSTEM, held.pk, last_day=date(2026, 11, 20))
    office.world.clock.move_to(at(12, 1, 8, 0))
    view = selectors.dissemination(office.chair, record)
    assert (view.row.tally.total, view.row.tally.lacking, view.row.tally.late) == (1, 1, 0)
    assert (view.abilities, view.row.end_reason) == (frozenset(), "Đã họp quán triệt trực tiếp.")
    assert [row.id for row in selectors.disseminations(office.chair, ended=True)[0]] == [record]
    assert selectors.disseminations(office.chair)[0] == ()


def test_taken_back_from_who_read_by_it_alone(office: Office):
    """The head of Phòng Kinh tế was directed too and reads on; the official of Phòng Văn hóa reads no more."""
    document = office.register(Forwarding(unit=office.unit("kt"))).record_id
    record = spread(office, document, units=(office.unit("kt"), office.unit("vh")))
    head, culture = office.world.staff("truongphong"), office.world.staff("vanhoa")
    assert selectors.incoming(culture, document).id == document
    services.end_dissemination(office.chair, record, reason="Gửi nhầm đơn vị", take_back=True)
    with pytest.raises(NotFound):
        selectors.incoming(culture, document)
    with pytest.raises(NotFound):
        selectors.dissemination(culture, record)
    assert selectors.incoming(head, document).id == document
    assert selectors.dissemination(office.clerk, record).row.end_reason == "Gửi nhầm đơn vị"


@pytest.mark.parametrize(
    ("operation", "why", "title"),
    [
        ("13", "Nơi gửi đã thu hồi văn bản này.", "Văn bản đã bị thu hồi, nội dung đã hủy"),
        ("replace", "Nơi gửi đã thay thế văn bản này bằng văn bản khác.", "Cảnh báo lừa đảo trực tuyến"),
    ],
)
def test_an_incoming_document_taken_back_or_replaced_ends_it(office: Office, letter, operation, why, title):
    record, person = one_asked(office, letter)
    given = RequestInput(operation, reason="Gửi nhầm", by="Sở Nội vụ", message=uuid4())
    asked = services.note_request(SYSTEM, letter, given)
    services.agree(office.clerk, asked)
    view = selectors.dissemination(office.chair, record)
    assert (view.row.end_reason, view.row.title, view.abilities) == (why, title, frozenset())
    assert (view.note, view.row.code) == (("", "") if operation == "13" else ("Chú ý Điều 5", "1284/SNV-TCBC"))
    assert ("reading_ended", person) in told(record)
    assert Record.objects.get(id=record).state == "ended"
    assert work.open_items(record) == []


def test_an_issued_document_recalled_or_replaced_ends_it(signing_office: Office):
    office = signing_office
    first, second = issued(office, "QD"), issued(office, "QD")
    recalled = spread(office, first)
    replaced = spread(office, second)
    notice = issued(office, "TB")
    services.recall(office.chair, first, reason="Sai thẩm quyền", notice=notice)
    assert selectors.dissemination(office.chair, recalled).row.end_reason == "Văn bản đã được thu hồi: Sai thẩm quyền"
    assert selectors.dissemination(office.chair, replaced).row.ended_at is None
    newer = issued(office, "QD", replaces=second)
    code = selectors.outgoing(office.chair, newer).row.code
    assert selectors.dissemination(office.chair, replaced).row.end_reason == f"Văn bản được thay thế bằng {code}."


def issued(office: Office, kind: str, **values) -> UUID:
    record = office.draft(kind, **values)
    office.to_signature(record)
    office.sign(record)
    office.issue(record)
    return record
