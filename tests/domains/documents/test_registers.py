"""The five registers (NĐ 30/2020 Phụ lục IV): columns in order, parts of a book, pages, what is written by hand."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
import time_machine

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN, at
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.models import Incoming, Kind, Link, Loan, Outgoing, Posting, Recipient
from congvu.domains.documents.selectors.registers import register_rows
from congvu.domains.documents.services import LoanInput, PostingInput
from congvu.domains.documents.types import Forwarding
from congvu.engines.typeset.types import BOOKS
from congvu.ground.audit.models import Entry
from congvu.ground.records import services as records
from tests.domains.documents.office import Office
from tests.marks import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_saturday(office):
    with time_machine.travel(datetime(2026, 11, 21, 14, tzinfo=VN), tick=False):
        yield


def book(office: Office, kind: str, **values) -> selectors.BookQuery:
    return selectors.BookQuery(kind, selectors.book_of(office.clerk).id, values.pop("year", 2026), **values)


def rows(office: Office, kind: str, **values) -> list[tuple[str, ...]]:
    return [row.cells for row in register_rows(office.clerk, book(office, kind, **values))]


def issued(office: Office, number: int, kind: str = "QD", on: date = date(2026, 11, 20), **values) -> UUID:
    """A document of Phòng Kinh tế as it stands once issued, without the paper."""
    symbol = "QĐ-UBND" if kind == "QD" else "UBND-KT"
    made = records.open_record(
        kind="doc_out", title="Phê duyệt kế hoạch", unit=office.unit(), state="issued", opened_at=at(on, 9),
        readers=[f"p:{office.clerk.position_id}", f"p:{office.chair.position_id}"],
        search=f"{number:02}/{symbol} Người soạn Lương Trọng Hùng",
    )  # fmt: skip
    issuer = selectors.book_of(office.clerk)
    Outgoing.objects.create(
        record=made, issuer_id=issuer.id, kind=Kind.objects.get(key=kind), drafting_unit_id=office.unit("kt"),
        drafter_id=office.official.position_id, drafter_name="Người soạn", symbol=symbol, number=number,
        number_year=on.year, series=f"out:{issuer.key}:{kind}", issued_on=on, issued_at=at(on, 10),
        signer_name="Lương Trọng Hùng", **values,
    )  # fmt: skip
    return made.id


def test_the_incoming_book_has_its_ten_columns_in_order(office: Office):
    with time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=VN), tick=False):
        office.register(Forwarding(unit=office.unit("kt")))
    assert rows(office, "incoming") == [(
        "20/11/2026", "1", "Sở Nội vụ", "1284/SNV-TCBC", "17/11/2026",
        "Công văn: V/v báo cáo biên chế năm 2026", "Phòng Kinh tế", "20/11/2026", "", "",
    )]  # fmt: skip
    assert len(BOOKS["incoming"].columns) == 10


def test_what_went_back_and_what_waits_for_a_leader_say_so(office: Office):
    back = office.register(number="1").record_id
    office.register(number="2", paper_follows=True)
    services.send_back(office.clerk, back, reason="Gửi nhầm")
    first, second = rows(office, "incoming")
    day = Incoming.objects.get(pk=back).sent_back_at.astimezone(VN)
    assert first[-1] == f"Đã trả lại nơi gửi {day:%d/%m/%Y}"
    assert (second[6], second[-1]) == ("Lãnh đạo cơ quan", "Bản giấy gửi sau")


def test_the_follow_up_book_names_terms_progress_and_the_reply(office: Office):
    with time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=VN), tick=False):
        record = office.register().record_id
        services.direct(office.chair, record, [office.lead(), office.support()], opinion="Làm ngay")
        answer = issued(office, 7, "CV")
        Link.objects.create(source_id=answer, target_id=record, relation="reply", at=at(date(2026, 11, 20)))
    (line,) = rows(office, "follow_up")
    assert line == (
        "1", "Công văn: 1284/SNV-TCBC, ngày 17/11/2026, Sở Nội vụ",
        "Phòng Kinh tế (chủ trì); Phòng Văn hóa - Xã hội (phối hợp)", "27/11/2026", "Đang xử lý", "07/UBND-KT", "",
    )  # fmt: skip
    with time_machine.travel(datetime(2026, 11, 28, 9, tzinfo=VN), tick=False):
        services.finish(office.world.staff("truongphong"), _lead_item(office, record), result="Đã báo cáo")
    (line,) = rows(office, "follow_up")
    assert line[4:] == ("Đã xử lý xong 28/11/2026, quá hạn", "07/UBND-KT", "Đã báo cáo")


def _lead_item(office: Office, record: UUID) -> UUID:
    from congvu.engines.workflow import selectors as work

    return next(item.id for item in work.open_items(record) if item.name == "Chủ trì xử lý văn bản")


def test_the_outgoing_book_has_its_ten_columns_in_order(office: Office):
    record = issued(office, 5, copies=3, paper=True)
    for name in ("Sở Nội vụ", "Các thôn"):
        Recipient.objects.create(outgoing_id=record, way="paper", name=name)
    assert rows(office, "outgoing") == [(
        "05/QĐ-UBND", "20/11/2026", "Quyết định: Phê duyệt kế hoạch", "Lương Trọng Hùng", "Sở Nội vụ; Các thôn",
        "Văn thư, Phòng Kinh tế", "3", "20/11/2026", "", "Có bản giấy",
    )]  # fmt: skip


def test_a_part_of_a_book_is_chosen_by_numbers_days_and_series(office: Office):
    for number, day in ((1, 2), (2, 9), (3, 16)):
        issued(office, number, on=date(2026, 11, day))
    issued(office, 1, "CV", on=date(2026, 11, 9))
    issued(office, 9, on=date(2025, 12, 31))
    assert [line[0] for line in rows(office, "outgoing")] == ["01/QĐ-UBND", "01/UBND-KT", "02/QĐ-UBND", "03/QĐ-UBND"]
    assert [line[0] for line in rows(office, "outgoing", first=2, last=2)] == ["02/QĐ-UBND"]
    found = rows(office, "outgoing", since=date(2026, 11, 9), until=date(2026, 11, 9))
    assert [line[0] for line in found] == ["01/UBND-KT", "02/QĐ-UBND"]
    assert [line[0] for line in rows(office, "outgoing", series="out:xa-yen-khe:CV")] == ["01/UBND-KT"]
    assert [line[0] for line in rows(office, "outgoing", year=2025)] == ["09/QĐ-UBND"]


@pytest.mark.parametrize("kind", ["incoming", "follow_up", "outgoing", "post", "loans"])
def test_pages_of_a_book_follow_each_other_in_five_statements(office: Office, kind, django_assert_max_num_queries):
    for number in range(1, 6):
        office.register(number=str(number))
        record = issued(office, number)
        services.post(office.clerk, record, PostingInput("Sở Nội vụ", 1, date(2026, 11, 20)), key=uuid4().hex)
        services.lend(office.clerk, record, LoanInput("Đỗ Thị Mai", "Chủ tịch", date(2026, 11, 20)))
    query, seen, after = book(office, kind), [], ""
    while True:
        with django_assert_max_num_queries(5):
            page = selectors.register_page(office.clerk, query, after=after, limit=2)
        seen += [row.number for row in page.rows]
        after = page.next
        if not after:
            break
    assert len(seen) == len(set(seen)) == 5
    for broken in ("x", "~", "1~2~3~4~5", "9" * 12):
        with pytest.raises(Invalid):
            selectors.register_page(office.clerk, query, after=broken)


def test_a_book_holds_only_what_its_reader_may_read_and_only_its_own_issuers(office: Office):
    issued(office, 5)
    query = book(office, "outgoing")
    assert selectors.register_page(office.world.staff("chuyenmon"), query).rows == ()
    council = next(one for one in selectors.issuers_of(office.unit()) if one.family == "council")
    other = selectors.BookQuery("outgoing", council.id, 2026)
    assert selectors.register_page(office.clerk, other).rows == ()
    with pytest.raises(Invalid):
        selectors.register_page(office.clerk, selectors.BookQuery("secret", query.book, 2026))


@refuses("document.post")
def test_envelopes_given_to_the_post_fill_their_book(office: Office):
    record = issued(office, 5)
    given = PostingInput("Sở Nội vụ", 2, date(2026, 11, 21), tracking="RB123456789VN", note="Bảo đảm")
    entries = Entry.objects.count()
    with pytest.raises(Forbidden):
        services.post(office.chair, record, given, key="a")
    for wrong, field in (
        (PostingInput(" ", 1, date(2026, 11, 21)), "to"), (PostingInput("Sở", 0, date(2026, 11, 21)), "envelopes"),
        (PostingInput("Sở", 1, date(2026, 11, 19)), "sent_on"), (PostingInput("Sở", 1, date(2026, 11, 30)), "sent_on"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            services.post(office.clerk, record, wrong, key="a")
        assert [problem.field for problem in refusal.value.problems] == [field]
    draft = office.draft()
    with pytest.raises(WrongState):
        services.post(office.clerk, draft, given, key="a")
    assert (Posting.objects.count(), Entry.objects.count()) == (0, entries + 1)
    kept = services.post(office.clerk, record, given, key="a")
    assert services.post(office.clerk, record, given, key="a") == kept
    assert rows(office, "post") == [
        ("21/11/2026", "05/QĐ-UBND", "Sở Nội vụ", "2", "", "Mã bưu gửi RB123456789VN; Bảo đảm")
    ]


@refuses("document.lend", "document.take_back")
def test_a_stored_copy_is_lent_once_at_a_time_and_taken_back(office: Office):
    record = issued(office, 5)
    given = LoanInput("Đỗ Thị Mai", "Chủ tịch Lương Trọng Hùng", date(2026, 11, 21), file_code="01.TCCB")
    with pytest.raises(Forbidden):
        services.lend(office.chair, record, given)
    with pytest.raises(Invalid) as refusal:
        services.lend(office.clerk, record, LoanInput("", "", date(2026, 11, 1)))
    assert [problem.field for problem in refusal.value.problems] == ["borrower", "allowed_by", "lent_on"]
    with pytest.raises(NotFound):
        services.take_back(office.clerk, record)
    assert Loan.objects.count() == 0
    services.lend(office.clerk, record, given)
    with pytest.raises(Conflict):
        services.lend(office.clerk, record, given)
    with pytest.raises(Forbidden):
        services.take_back(office.chair, record)
    line = (
        "21/11/2026", "Đỗ Thị Mai", "05/QĐ-UBND, 20/11/2026", "Quyết định: Phê duyệt kế hoạch", "01.TCCB", "", "",
        "Chủ tịch Lương Trọng Hùng", "",
    )  # fmt: skip
    assert rows(office, "loans") == [line]
    with time_machine.travel(datetime(2026, 11, 25, 9, tzinfo=VN), tick=False):
        services.take_back(office.clerk, record)
    assert rows(office, "loans") == [(*line[:6], "25/11/2026", *line[7:])]


@refuses("document.print_book", "document.export_list")
def test_what_leaves_the_screen_is_written_down(office: Office):
    issued(office, 5)
    query = book(office, "outgoing")
    before = Entry.objects.count()
    with pytest.raises(Forbidden):
        services.print_book(office.official, query, form="pdf")
    with pytest.raises(Forbidden):
        services.note_export(office.world.citizen(), "incoming", form="csv", rows=1)
    assert Entry.objects.count() == before
    services.print_book(office.clerk, query, form="xlsx")
    services.note_export(office.clerk, "incoming", form="csv", rows=12, view="da-xong")
    printed, exported = Entry.objects.get(verb="document.print_book"), Entry.objects.get(verb="document.export_list")
    assert printed.actor_name == office.clerk.name
    assert (printed.detail["book"], printed.detail["form"], printed.detail["rows"], printed.detail["first"]) == (
        "outgoing", "xlsx", 1, "05/QĐ-UBND",
    )  # fmt: skip
    assert (exported.detail["list"], exported.detail["rows"], exported.detail["view"]) == ("incoming", 12, "da-xong")


def test_a_volume_is_not_thicker_than_it_can_be_bound(office: Office, monkeypatch):
    monkeypatch.setattr("congvu.domains.documents.selectors.registers.VOLUME", 2)
    for number in range(3):
        office.register(number=str(number))
    with pytest.raises(Invalid):
        services.print_book(office.clerk, book(office, "incoming"), form="pdf")
    assert len(services.print_book(office.clerk, book(office, "incoming", last=2), form="pdf")) == 2
