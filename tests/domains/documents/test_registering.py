"""The incoming book: one series, one number, one place to go (NĐ 30/2020 Điều 20–24)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
import time_machine

from congvu.common.errors import Forbidden, Invalid, KeyReused
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import Duplicate, NoIssuer, Secret, WrongState
from congvu.domains.documents.models import Incoming
from congvu.domains.documents.types import Forwarding
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry
from congvu.ground.numbering.models import Number
from congvu.ground.records.models import Record
from tests.domains.documents.office import Office
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def untouched() -> tuple[int, int, int]:
    return Record.objects.filter(kind="doc_in").count(), Number.objects.count(), Incoming.objects.count()


def test_number_of_arrival_is_one_series_of_the_year_whatever_the_channel(office: Office):
    first = office.register(channel="paper")
    second = office.register(number="77", channel="mail")
    third = office.register(number="78", channel="hand", sender="Công an tỉnh")
    assert [n.arrival_number for n in (first, second, third)] == [1, 2, 3]
    assert {n.arrival_year for n in (first, second, third)} == {2026}


def test_the_year_begins_again_at_one_and_the_old_book_is_left_alone(office: Office):
    office.register()
    with time_machine.travel(datetime(2027, 1, 4, 8, tzinfo=VN), tick=False):
        first = office.register(number="2", issued_on=date(2026, 12, 31))
        assert (first.arrival_number, first.arrival_year) == (1, 2027)
    assert office.register(number="79").arrival_number == 2


def test_each_agency_has_its_own_book(office: Office):
    office.register()
    other = office.world.staff("registrar" + _number_of(office, "xa-lam-khuc-vp"))
    answer = services.register(other, office.letter(), Forwarding(), key=uuid4().hex)
    assert answer.arrival_number == 1


def _number_of(office: Office, unit: str) -> str:
    from congvu.ground.accounts.models import User
    from congvu.ground.orgs import selectors as orgs

    (post,) = orgs.positions(office.world.made.units[unit], "registrar")
    (person,) = orgs.holders_of(post.id)
    return User.objects.get(pk=person.user_id).username.removeprefix("registrar")


def test_what_was_registered_waits_for_the_leader_it_is_presented_to(office: Office):
    answer = office.register(Forwarding(leader=office.position(":chair:1")))
    item = office.item(answer.record_id, "direct")
    assert (item.name, item.code, item.assignee) == ("Cho ý kiến chỉ đạo", "Đến 1 · 1284/SNV-TCBC", "Lương Trọng Hùng")
    assert [row.record_id for row in work.inbox(office.chair).rows] == [answer.record_id]
    view = selectors.incoming(office.chair, answer.record_id)
    assert (view.row.state_label, view.row.title) == ("Chờ chỉ đạo", "V/v báo cáo biên chế năm 2026")
    assert {"direct", "speak"} <= view.abilities


def test_an_obvious_handler_gets_it_without_a_leader(office: Office):
    due = datetime(2026, 11, 27, 17, tzinfo=VN)
    answer = office.register(Forwarding(unit=office.unit("kt"), due_at=due))
    view = selectors.incoming(office.clerk, answer.record_id)
    assert [(d.role, d.unit_id, d.due_at) for d in view.directions] == [("lead", office.unit("kt"), due)]
    assert [row.record_id for row in work.inbox(office.world.staff("truongphong")).rows] == [answer.record_id]


def test_a_repeat_gives_the_first_answer_and_other_content_is_refused(office: Office):
    first = office.register(key="one")
    assert office.register(key="one") == first
    with pytest.raises(KeyReused):
        office.register(key="one", subject="Khác")
    assert Incoming.objects.count() == 1


@refuses("document.register")
def test_wrong_fields_are_all_named_and_nothing_moves(office: Office):
    before = untouched()
    with pytest.raises(Invalid) as refused:
        office.register(sender=" ", subject="", issued_on=date(2026, 11, 20), number="123456789012", copies=0)
    assert {p.field for p in refused.value.problems} == {"sender", "subject", "issued_on", "number", "copies"}
    assert untouched() == before
    with pytest.raises(Forbidden):
        services.register(office.chair, office.letter(), Forwarding(), key="x")
    with pytest.raises(Invalid):
        office.register(Forwarding(leader=office.position("-kt:head:1")))
    assert untouched() == before


def test_the_same_document_again_is_refused_until_the_clerk_says_it_is_another(office: Office):
    office.register()
    before = untouched()
    with pytest.raises(Duplicate) as refused:
        office.register(subject="Khác hẳn")
    assert "1284/SNV-TCBC" in refused.value.message
    assert "số đến 1" in refused.value.message
    office.register(number="5", symbol="X", sender="Y", document_id="")
    office.register(number="6", symbol="X", sender="Z", document_id="H99.02,2026/11/17,1284/SNV-TCBC")
    with pytest.raises(Duplicate):
        office.register(number="7", symbol="X", sender="Z", document_id="H99.02,2026/11/17,1284/SNV-TCBC")
    assert untouched()[0] == before[0] + 2
    again = services.register(office.clerk, office.letter(), Forwarding(), key="again", another=True)
    assert again.arrival_number == 4


def test_the_same_number_of_another_year_is_another_document(office: Office):
    office.register(issued_on=date(2025, 11, 17))
    assert office.register().arrival_number == 2


def test_of_two_arrivals_that_look_the_same_the_first_is_registered_and_the_second_is_told(office: Office):
    from congvu.common.actor import SYSTEM

    first, second = (
        services.receive(SYSTEM, "xa-yen-khe", office.letter(message=uuid4(), channel="exchange")) for _ in range(2)
    )
    assert services.register_arrived(office.clerk, first, Forwarding()).arrival_number == 1
    with pytest.raises(Duplicate):
        services.register_arrived(office.clerk, second, Forwarding())
    assert selectors.incoming(office.clerk, second).row.state == "arrived"
    with pytest.raises(Duplicate):
        office.register()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_choosing_a_secrecy_level_stops_the_upload(office: Office, level: int):
    before = untouched()
    with pytest.raises(Secret) as refused:
        office.register(secrecy=level, files=(uuid4(),))
    assert "không được tải lên" in refused.value.message
    with pytest.raises(Secret):
        office.register(secrecy=level)
    assert untouched() == before


def test_a_secret_placeholder_has_no_subject_where_the_agency_allows_it(office: Office):
    from congvu.domains.documents.models import Issuer

    Issuer.objects.filter(key="xa-yen-khe").update(secret_placeholders=True)
    answer = office.register(secrecy=2, subject="Nội dung không được lưu", description="cũng không")
    row = Incoming.objects.select_related("record").get(record=answer.record_id)
    assert (row.record.title, row.description) == ("Văn bản mật (không ghi trích yếu)", "")
    assert "không được lưu" not in row.record.folded


def test_a_unit_without_books_is_told_so(world):
    from congvu.domains.documents.types import IncomingInput

    with pytest.raises(NoIssuer):
        services.register(world.staff("vanthu"), IncomingInput(sender="A", subject="B"), Forwarding(), key="k")


@refuses("document.receive", "document.register_arrived", "document.return_arrived", "document.set_issuer")
def test_an_arrival_waits_is_corrected_registered_or_returned(office: Office):
    from congvu.common.actor import SYSTEM

    message = uuid4()
    kept = services.receive(SYSTEM, "xa-yen-khe", office.letter(message=message, channel="exchange"))
    assert services.receive(SYSTEM, "xa-yen-khe", office.letter(message=message, channel="exchange")) == kept
    assert [row.id for row in selectors.arrivals(office.clerk)] == [kept]
    with pytest.raises(Forbidden):
        services.receive(office.clerk, "xa-yen-khe", office.letter(message=uuid4()))
    with pytest.raises(Forbidden):
        services.register_arrived(office.chair, kept, Forwarding())
    done = services.register_arrived(office.clerk, kept, Forwarding(), sender="Sở Nội vụ tỉnh", subject="V/v biên chế")
    view = selectors.incoming(office.clerk, kept)
    assert (view.row.sender, view.row.title, done.arrival_number) == ("Sở Nội vụ tỉnh", "V/v biên chế", 1)
    with pytest.raises(WrongState):
        services.register_arrived(office.clerk, kept, Forwarding())
    other = services.receive(SYSTEM, "xa-yen-khe", office.letter(message=uuid4(), number="9", channel="exchange"))
    entries = Entry.objects.count()
    with pytest.raises(Invalid):
        services.send_back(office.clerk, other, reason=" ")
    with pytest.raises(Forbidden):
        services.set_issuer(office.clerk, None)
    assert Entry.objects.count() == entries
    services.send_back(office.clerk, other, reason="Gửi nhầm cơ quan")
    assert selectors.incoming(office.clerk, other).row.state_label == "Đã trả lại nơi gửi"
    assert selectors.arrivals(office.clerk) == ()
    with pytest.raises(WrongState):
        services.send_back(office.clerk, other, reason="lần nữa")


def test_lists_read_the_same_number_of_statements_for_one_row_and_for_many(office: Office, django_assert_num_queries):
    clerk = office.clerk
    for number in range(3):
        office.register(Forwarding(unit=office.unit("kt")), number=str(number))
        with django_assert_num_queries(3):
            rows = selectors.incoming_list(clerk, selectors.IncomingQuery(view="dang-xu-ly")).rows
        assert len(rows) == number + 1
        assert rows[0].lead == "Phòng Kinh tế"


def _book(office: Office) -> int:
    return selectors.book_of(office.clerk).id


def test_pages_follow_each_other_without_gap_or_repeat(office: Office):
    made = [office.register(number=str(n)).record_id for n in range(5)]
    seen, after = [], ""
    while True:
        page = selectors.incoming_list(office.clerk, selectors.IncomingQuery(), after=after, limit=2)
        seen += [row.id for row in page.rows]
        after = page.next
        if not after:
            break
    assert len(seen) == 5
    assert set(seen) == set(made)


def test_search_finds_number_symbol_sender_and_subject_without_marks(office: Office):
    record = office.register().record_id
    office.register(number="5", sender="Công an tỉnh", subject="Phòng cháy", symbol="CAT-PC07")
    for text in ("1284/SNV", "snv-tcbc", "bao cao bien che", "so noi vu 1284"):
        found = selectors.incoming_list(office.clerk, selectors.IncomingQuery(text=text)).rows
        assert [row.id for row in found] == [record], text


def test_the_addressee_is_proposed_from_past_routing(office: Office):
    assert selectors.proposal(_book(office), sender="Sở Nội vụ") is None
    for number, unit in (("1", "kt"), ("2", "vh"), ("3", "vh")):
        office.register(Forwarding(unit=office.unit(unit)), number=number)
    found = selectors.proposal(_book(office), sender="sở nội vụ", symbol="SNV-TCBC")
    assert (found.unit_id, found.times, found.seen) == (office.unit("vh"), 2, 3)


@pytest.mark.parametrize("after", ["x", "9_2026-11-19T09:30:00+07:00_x", "0_2026-11-19T09:30:00_x", "-1_a_b", "\0"])
def test_an_address_that_leads_to_no_page_is_refused_in_words(office: Office, after: str):
    for read, query in (
        (selectors.incoming_list, selectors.IncomingQuery()), (selectors.outgoing_list, selectors.OutgoingQuery())
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            read(office.clerk, query, after=after)
        assert [problem.field for problem in refused.value.problems] == ["after"]


def test_a_number_is_text_and_keeps_its_letter(office: Office):
    first = office.register(number="15a", symbol="SNV-TCBC")
    second = office.register(number="01", symbol="SNV-VP")
    views = [selectors.incoming(office.clerk, done.record_id) for done in (first, second)]
    assert [view.row.code for view in views] == ["15a/SNV-TCBC", "01/SNV-VP"]
    assert selectors.duplicates(views[0].book.id, office.letter(number="15", symbol="SNV-TCBC")) == []
