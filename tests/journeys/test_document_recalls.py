"""A document is recalled, taken back or replaced; the other house agrees or refuses; both books show it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.models import Direction, Incoming, Link, Opinion, Outgoing, Request
from congvu.domains.documents.types import DirectionInput, Forwarding, RequestInput
from congvu.engines.exchange import selectors as exchange_selectors
from congvu.engines.exchange.models import Message
from congvu.engines.workflow import selectors as work
from congvu.ground.files import jobs as file_jobs
from congvu.ground.files import selectors as files
from congvu.ground.files import services as file_services
from congvu.ground.files.models import Blob, File
from congvu.ground.files.store import path_of
from congvu.ground.records.models import Record
from tests.domains.documents.conftest import clock, pki, signing_office  # noqa: F401 - fixtures
from tests.engines.exchange.office import told
from tests.engines.exchange.samples import OURS, THEIRS, letter, pdf, report
from tests.journeys.houses import AWAY, NEIGHBOUR, PAPER, Houses, houses_of
from tests.marks import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def houses(signing_office) -> Houses:  # noqa: F811
    return houses_of(signing_office)


def asked_of(houses: Houses, record: UUID) -> list[tuple[str, str, str]]:
    """What stands in our book: operation, recipient, answer."""
    return [(r.operation, r.recipient, r.answer) for r in selectors.requests(houses.here.clerk, record)]


def statuses() -> list[str]:
    return sorted(Message.objects.filter(outgoing=True, kind="status").values_list("status", flat=True))


def recall(houses: Houses, record: UUID, **values) -> UUID:
    notice = houses.issued(PAPER, kind="TB", subject="thu hồi văn bản ban hành nhầm")
    services.recall(houses.here.clerk, record, reason="Ban hành nhầm thể loại", notice=notice, **values)
    houses.carry()
    return notice


def registered(houses: Houses) -> UUID:
    """Registered at the neighbour's, directed to a section, with a bút phê."""
    found = houses.arrived()
    services.register_arrived(houses.there, found, Forwarding())
    made = houses.here.world.made
    post = next(iter(services_positions(made.units["xa-dong-lam"])))
    services.direct(
        post, found, [DirectionInput("lead", made.units["xa-dong-lam-kt"], no_deadline=True)], opinion="Giao xử lý",
    )  # fmt: skip
    houses.carry()
    return found


def services_positions(unit: int):
    from congvu.ground.orgs import selectors as orgs

    for post in orgs.positions(unit, "chair"):
        yield orgs.staff_actor(orgs.holders_of(post.id)[0].user_id, post.id)


def test_an_agreed_recall_freezes_here_and_destroys_there(houses: Houses):
    record = houses.issued(NEIGHBOUR, PAPER)
    there = registered(houses)
    (kept,) = files.files_of(there)
    content = file_services.open_file(houses.there, kept.id).path
    recall(houses, record)
    view = selectors.outgoing(houses.here.clerk, record)
    assert (view.row.state_label, view.original is not None) == ("Đã thu hồi", True)
    assert [(link.label, link.code) for link in view.links] == [("Bị thu hồi bởi", "01/TB-UBND")]
    assert asked_of(houses, record) == [("recall", "UBND xã Đông Lãm", ""), ("recall", "Sở Nội vụ", "")]
    (asked,) = selectors.requests(houses.there, there)
    assert (asked.label, asked.reason, asked.about, asked.may_answer) == (
        "Đề nghị thu hồi", "Ban hành nhầm thể loại", "01/UBND-KT ngày 19/11/2026", True,
    )  # fmt: skip
    (item,) = [item for item in work.open_items(there) if item.kind == "answer"]
    assert (item.name, work.item(houses.there, item.id).id) == ("Trả lời đề nghị thu hồi văn bản", item.id)
    services.agree(houses.there, asked.id)
    houses.carry()
    gone = selectors.incoming(houses.there, there)
    assert (gone.row.title, gone.row.code, gone.row.state_label) == (
        "Văn bản đã bị thu hồi, nội dung đã hủy", "", "Đã bị thu hồi",
    )  # fmt: skip
    assert (gone.row.arrival_number, gone.row.sender, gone.signer) == (1, "Ủy ban nhân dân xã Yên Khê", "")
    assert (gone.directions, gone.opinions, work.open_items(there)) == ((), (), [])
    assert (Direction.objects.exclude(opinion="").count(), Opinion.objects.filter(record=there).count()) == (0, 0)
    assert files.files_of(there) == []
    assert "bao cao" not in Record.objects.get(id=there).folded
    (trace,) = selectors.requests(houses.there, there)
    assert (trace.answer_label, trace.about, trace.reason) == (
        "Đồng ý", "01/UBND-KT ngày 19/11/2026", "Ban hành nhầm thể loại",
    )  # fmt: skip
    assert asked_of(houses, record)[0] == ("recall", "UBND xã Đông Lãm", "15")
    file_jobs.destroy([kept.sha256])
    # The sender is a house of this installation and keeps its own original under the same content.
    assert content.exists()
    assert Blob.objects.filter(sha256=kept.sha256).exists()


def test_what_nobody_else_names_leaves_the_store(houses: Houses):
    houses.exchange.arrive(told_letter())
    houses.carry()
    (row,) = selectors.arrivals(houses.here.clerk)
    (kept,) = files.files_of(row.id)
    assert File.objects.get(id=kept.id).locked_at is not None
    houses.exchange.arrive(told(report("13", sender=THEIRS, to=OURS.id, description="Gửi nhầm nơi nhận")))
    houses.carry()
    (asked,) = selectors.requests(houses.here.clerk, row.id)
    services.agree(houses.here.clerk, asked.id)
    file_jobs.destroy([kept.sha256])
    assert (path_of(kept.sha256).exists(), Blob.objects.filter(sha256=kept.sha256).exists()) == (False, False)


def told_letter(**values) -> bytes:
    from congvu.engines.exchange.edxml.writer import write_letter

    return write_letter(letter(**values), [pdf(2)])


@refuses("document.recall")
def test_who_may_recall_what_and_by_which_notice(houses: Houses):
    here, record = houses.here, houses.issued(PAPER)
    notice = houses.issued(PAPER, kind="TB", subject="thu hồi")
    draft = here.draft("TB", subject="thu hồi")
    with pytest.raises(Forbidden):
        services.recall(here.official, record, reason="Nhầm", notice=notice)
    with pytest.raises(NotFound):
        services.recall(houses.there, record, reason="Nhầm", notice=notice)
    for values in ({"reason": " "}, {"notice": record}, {"notice": draft}, {"notice": here.register().record_id}):
        with pytest.raises(Invalid):
            services.recall(here.clerk, record, **{"reason": "Nhầm", "notice": notice, **values})
    with pytest.raises(WrongState):
        services.recall(here.clerk, draft, reason="Nhầm", notice=notice)
    assert (Request.objects.count(), Link.objects.filter(relation="recall").count()) == (0, 0)
    assert Outgoing.objects.filter(recalled_at__isnull=False).count() == 0


def test_a_recalled_document_is_frozen(houses: Houses):
    record = houses.issued(NEIGHBOUR)
    notice = recall(houses, record)
    with pytest.raises(WrongState, match="đã được thu hồi trước đó"):
        services.recall(houses.here.clerk, record, reason="Lần nữa", notice=notice)
    with pytest.raises(WrongState):
        services.ask_back(houses.here.clerk, record, recipient=1, reason="Nhầm")
    with pytest.raises(Invalid, match="không còn ở trạng thái đã phát hành"):
        houses.here.draft(replaces=record)
    with pytest.raises(DatabaseError, match="a recalled document is frozen"), transaction.atomic():
        Outgoing.objects.filter(record=record).update(signer_name="Ai khác")
    assert len(asked_of(houses, record)) == 1
    assert statuses() == ["01", "01"]


def test_a_refused_recall_leaves_the_document_and_tells_why(houses: Houses):
    record = houses.issued(NEIGHBOUR)
    there = registered(houses)
    recall(houses, record)
    (asked,) = selectors.requests(houses.there, there)
    services.refuse_request(houses.there, asked.id, reason="Đã chuyển thi hành")
    houses.carry()
    assert selectors.incoming(houses.there, there).row.title == "báo cáo biên chế năm 2026"
    (answered,) = selectors.requests(houses.here.clerk, record)
    assert (answered.answer_label, answered.words, answered.answered_by) == (
        "Từ chối", "Đã chuyển thi hành", "UBND xã Đông Lãm",
    )  # fmt: skip
    assert selectors.remarks([record]) == {
        record: "UBND xã Đông Lãm: thu hồi 19/11/2026, từ chối 19/11/2026"
    }  # fmt: skip
    assert selectors.remarks([there]) == {
        there: "Ủy ban nhân dân xã Yên Khê: thu hồi 19/11/2026, từ chối 19/11/2026"
    }  # fmt: skip


def test_both_printed_books_say_it(houses: Houses):
    record = houses.issued(NEIGHBOUR)
    there = registered(houses)
    recall(houses, record)
    (asked,) = selectors.requests(houses.there, there)
    services.agree(houses.there, asked.id)
    houses.carry()
    notes = {}
    for kind, actor in (("outgoing", houses.here.clerk), ("incoming", houses.there)):
        query = selectors.BookQuery(kind, selectors.book_of(actor).id, 2026)
        rows = selectors.register_page(actor, query).rows
        notes[kind] = [row.cells[9] for row in rows if row.record in (record, there)]
    assert notes == {
        "outgoing": ["Đã thu hồi 19/11/2026; UBND xã Đông Lãm: thu hồi 19/11/2026, đồng ý 19/11/2026"],
        "incoming": ["Đã bị thu hồi; Ủy ban nhân dân xã Yên Khê: thu hồi 19/11/2026, đồng ý 19/11/2026"],
    }  # fmt: skip


@refuses("document.agree", "document.refuse_request")
def test_who_may_answer_and_once_only(houses: Houses):
    record = houses.issued(NEIGHBOUR)
    there = registered(houses)
    recall(houses, record)
    (asked,) = selectors.requests(houses.there, there)
    for actor, error in ((houses.here.clerk, NotFound), (next(services_positions(
        houses.here.world.made.units["xa-dong-lam"])), Forbidden)):  # fmt: skip
        with pytest.raises(error):
            services.agree(actor, asked.id)
        with pytest.raises(error):
            services.refuse_request(actor, asked.id, reason="Không")
    with pytest.raises(Invalid):
        services.refuse_request(houses.there, asked.id, reason=" ")
    with pytest.raises(Conflict):
        services.agree(houses.there, asked.id, version=1)
    assert Request.objects.get(id=asked.id).answer == ""
    services.agree(houses.there, asked.id)
    for again in (services.agree, lambda *a: services.refuse_request(*a, reason="Không")):
        with pytest.raises(Conflict, match="đã được trả lời “Đồng ý”"):
            again(houses.there, asked.id)
    houses.carry()
    assert [status for status in statuses() if status in ("15", "16")] == ["15"]


@refuses("document.ask_back")
def test_one_recipient_is_asked_to_give_it_back(houses: Houses):
    here, record = houses.here, houses.issued(NEIGHBOUR, AWAY, PAPER)
    may = {name: key for key, name in selectors.may_ask_back(here.clerk, record)}
    assert sorted(may) == sorted([NEIGHBOUR.name, AWAY.name])
    assert selectors.may_ask_back(here.official, record) == ()
    to = may[NEIGHBOUR.name]
    with pytest.raises(Forbidden):
        services.ask_back(here.official, record, recipient=to, reason="Gửi nhầm")
    for values in ({"reason": ""}, {"recipient": 0}):
        with pytest.raises(Invalid):
            services.ask_back(here.clerk, record, **{"recipient": to, "reason": "Gửi nhầm", **values})
    assert not Request.objects.exists()
    services.ask_back(here.clerk, record, recipient=to, reason="Gửi nhầm nơi nhận")
    houses.carry()
    with pytest.raises(Conflict, match="đang chờ trả lời"):
        services.ask_back(here.clerk, record, recipient=to, reason="Gửi nhầm nơi nhận")
    there = houses.arrived()
    (asked,) = selectors.requests(houses.there, there)
    assert (asked.operation, asked.reason) == ("13", "Gửi nhầm nơi nhận")
    services.agree(houses.there, asked.id)
    houses.carry()
    assert asked_of(houses, record) == [("13", NEIGHBOUR.name, "15")]
    assert selectors.outgoing(here.clerk, record).row.state_label == "Đã phát hành"
    assert selectors.incoming(houses.there, there).row.state_label == "Đã bị thu hồi"


def test_what_is_closed_there_is_declined_at_once_with_the_reason(houses: Houses):
    record = houses.issued(NEIGHBOUR)
    there = houses.arrived()
    services.register_arrived(houses.there, there, Forwarding())
    chair = next(services_positions(houses.here.world.made.units["xa-dong-lam"]))
    services.direct(chair, there, [DirectionInput("inform", houses.here.world.made.units["xa-dong-lam-kt"])])
    # Closed there before the sender has heard of it.
    exchange_closes(there)
    recall(houses, record)
    (asked,) = selectors.requests(houses.there, there)
    assert (asked.answer, asked.words) == ("16", "Văn bản đã kết thúc giữa hai cơ quan.")
    assert selectors.incoming(houses.there, there).row.title == "báo cáo biên chế năm 2026"
    assert asked_of(houses, record) == [("recall", NEIGHBOUR.name, "16")]
    assert [item.kind for item in work.open_items(there)] == []


def exchange_closes(record: UUID) -> None:
    from congvu.engines.exchange import services as messages

    row = Incoming.objects.get(record=record)
    messages.send_status(row.message, "06", recipient="H99.24.2")


@refuses("document.note_request")
def test_the_same_request_twice_and_one_that_came_before_its_document(houses: Houses):
    asking = told(report("13", sender=THEIRS, to=OURS.id, description="Gửi nhầm nơi nhận"))
    houses.exchange.arrive(asking)
    houses.carry()
    houses.exchange.arrive(told_letter())
    houses.exchange.arrive(asking)
    houses.exchange.arrive(told(report("13", sender=THEIRS, to=OURS.id, description="Nhắc lại")))
    houses.carry()
    (row,) = selectors.arrivals(houses.here.clerk)
    (asked,) = selectors.requests(houses.here.clerk, row.id)
    assert (asked.reason, asked.answer) == ("Gửi nhầm nơi nhận", "")
    assert len([item for item in work.open_items(row.id) if item.kind == "answer"]) == 1
    given = RequestInput("13", "Gửi nhầm", THEIRS.name, Incoming.objects.get(record=row.id).message)
    with pytest.raises(Forbidden):
        services.note_request(houses.here.clerk, row.id, given)
    assert Request.objects.count() == 1


def test_a_recall_of_what_never_came_is_said_on_its_notice(houses: Houses):
    from congvu.engines.exchange.types import Operation, Reference

    named = Reference(OURS.id, "99/SXD-VP", letter().promulgated, "khong-co")
    houses.exchange.arrive(
        told_letter(number="16", notation="TB-SXD", type_name="Thông báo", operation=Operation.RECALL, answers=(named,))
    )
    houses.carry()
    (row,) = selectors.arrivals(houses.here.clerk)
    assert "Thông báo thu hồi văn bản 99/SXD-VP." in row.warnings
    assert not Request.objects.exists()


def test_an_agreed_update_sets_the_new_data_and_a_refused_one_nothing(houses: Houses):
    from congvu.engines.exchange.types import Operation

    houses.exchange.arrive(told_letter())
    houses.carry()
    (row,) = selectors.arrivals(houses.here.clerk)
    target = "000.00.17.H98,2026/11/18,15/SXD-QLN"
    for n, subject in enumerate(("V/v lần một", "V/v rà soát nhà ở, đã cập nhật")):
        houses.exchange.arrive(
            told_letter(
                operation=Operation.UPDATE, target=target, subject=subject, reason="Sai trích yếu", document_id=target,
                content=f"{n}", data_changed=True,
            )
        )  # fmt: skip
        houses.carry()
        (asked,) = [asked for asked in selectors.requests(houses.here.clerk, row.id) if asked.open]
        assert (asked.operation, len(files.files_of(row.id))) == ("update", 2)
        if n == 0:
            services.refuse_request(houses.here.clerk, asked.id, reason="Không rõ căn cứ")
            assert len(files.files_of(row.id)) == 1
            assert selectors.incoming(houses.here.clerk, row.id).row.title == "V/v rà soát nhà ở trên địa bàn xã"
        else:
            services.agree(houses.here.clerk, asked.id)
        houses.carry()
    assert selectors.incoming(houses.here.clerk, row.id).row.title == "V/v rà soát nhà ở, đã cập nhật"
    assert [status for status in statuses() if status in ("15", "16")] == ["15", "16"]
    (state,) = exchange_selectors.states_of(target)
    assert (state.request, state.withdrawn) == ("", False)


def test_a_replacement_ends_the_old_one_there(houses: Houses):
    old = houses.issued(NEIGHBOUR)
    there = registered(houses)
    new = houses.issued(NEIGHBOUR, replaces=old, subject="báo cáo biên chế năm 2026, thay thế")
    sent = Message.objects.get(outgoing=True, operation="replace")
    assert exchange_selectors.letter(sent.id).replaced[0].organs == ("H99.24.2",)
    newer = houses.arrived()
    (asked,) = selectors.requests(houses.there, there)
    assert (asked.label, asked.reason) == ("Đề nghị thay thế", "Thay thế văn bản 01/UBND-KT")
    services.agree(houses.there, asked.id)
    houses.carry()
    view = selectors.incoming(houses.there, there)
    assert (view.row.state_label, view.result, work.open_items(there)) == (
        "Đã xử lý xong", "Nơi gửi đã thay thế bằng văn bản khác.", [],
    )  # fmt: skip
    assert [(link.label, link.record_id) for link in view.links] == [("Được thay thế bởi", newer)]
    assert "06" not in statuses()
    assert selectors.outgoing(houses.here.clerk, new).row.code == "02/UBND-KT"


@refuses("document.paper_back")
def test_a_paper_copy_that_came_back_is_noted_once(houses: Houses):
    here, record = houses.here, houses.issued(NEIGHBOUR, PAPER)
    recall(houses, record)
    electronic, paper = selectors.requests(here.clerk, record)
    assert (electronic.may_note_return, paper.may_note_return) == (False, True)
    with pytest.raises(Forbidden):
        services.paper_back(here.official, paper.id)
    with pytest.raises(Invalid):
        services.paper_back(here.clerk, electronic.id)
    services.paper_back(here.clerk, paper.id)
    with pytest.raises(Conflict):
        services.paper_back(here.clerk, paper.id)
    assert asked_of(houses, record)[1] == ("recall", "Sở Nội vụ", "15")


def test_statements_of_the_list_of_requests(houses: Houses, django_assert_num_queries):
    record = houses.issued(NEIGHBOUR, AWAY, PAPER)
    recall(houses, record)
    here = houses.here.clerk
    selectors.requests(here, record)
    with django_assert_num_queries(5):
        assert len(selectors.requests(here, record)) == 3
    with django_assert_num_queries(1):
        selectors.remarks([record])
