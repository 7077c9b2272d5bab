"""Messages that come: kept unchanged, acknowledged, read by a job, harmless when repeated, flagged when they differ."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden
from congvu.engines.exchange import contents, selectors, services
from congvu.engines.exchange.edxml.writer import write_letter
from congvu.engines.exchange.errors import MessageNotFound, MessageUnreadable
from congvu.engines.exchange.models import Delivery, Message, Raw, StatusEntry, Thread
from congvu.engines.exchange.services.accepting import read_waiting
from congvu.engines.exchange.types import Attachment, Dialect, Operation, Party, Reference, Replaced
from congvu.ground.events.models import Event
from congvu.ground.records.models import Record
from tests.engines.exchange.office import lose_jobs, told, written
from tests.engines.exchange.samples import OURS, THEIRS, letter, pdf, report
from tests.marks import refuses

pytestmark = pytest.mark.django_db
ID = "000.00.17.H98,2026/11/18,15/SXD-QLN"


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def events() -> list[str]:
    return list(Event.objects.filter(name__startswith="exchange.").order_by("at", "id").values_list("name", flat=True))


def log() -> list[tuple[str, bool, str]]:
    return list(StatusEntry.objects.order_by("id").values_list("code", "ours", "verdict"))


def test_accepting_keeps_the_bytes_and_leaves_reading_to_a_job(office, jobs):
    raw = written()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        accepted = services.accept(raw, via="hub")
    message = Message.objects.get(id=accepted.message_id)
    assert (message.state, message.via, message.outgoing, accepted.repeated) == ("waiting", "hub", False, False)
    assert contents.whole(message.raw_id) == contents.stream(message.raw_id).read() == raw
    assert jobs("exchange.read") == [{"message_id": str(message.id)}]
    assert len(seen) <= 4
    assert events() == []


def test_the_same_bytes_get_the_same_answer_and_do_nothing_more(office, jobs):
    first = services.accept(written(), via="hub")
    services.read_message(first.message_id)
    before = (Thread.objects.count(), log(), events(), len(office.outgoing()))
    for via in ("hub", "thu-muc"):
        again = services.accept(written(), via=via)
        assert (again.message_id, again.repeated) == (first.message_id, True)
    services.read_message(first.message_id)
    assert (Thread.objects.count(), log(), events(), len(office.outgoing())) == before
    assert len(jobs("exchange.read")) == 1
    assert Message.objects.get(id=first.message_id).repeats == 2


def test_a_kept_message_cannot_be_changed_or_removed(office):
    services.accept(written(), via="hub")
    for change in (lambda: Raw.objects.update(content=b"x"), lambda: Raw.objects.all()._raw_delete("default")):
        with pytest.raises(ProgrammingError, match="never changes"), transaction.atomic():
            change()


@pytest.mark.parametrize("raw", [b"", b"x" * (100 * 1024 * 1024 + 1)])
def test_nothing_and_too_much_are_refused(office, raw):
    with pytest.raises(MessageUnreadable):
        services.accept(raw, via="hub")
    assert not Message.objects.exists()


def test_a_document_is_read_told_and_answered_with_01(office):
    message = office.arrive(written())
    assert (message.state, message.kind, message.code, message.document_id) == ("read", "document", "15/SXD-QLN", ID)
    (thread,) = Thread.objects.all()
    assert (thread.sender, thread.recipient, thread.outgoing, thread.state) == (THEIRS.id, OURS.id, False, "01")
    (answer,) = office.outgoing()
    assert (answer.status, answer.body["to"], answer.sender) == ("01", THEIRS.id, OURS.id)
    assert (Delivery.objects.get().partner.key, events()) == ("hub", ["exchange.document_arrived"])
    read = selectors.letter(message.id)
    assert (read.subject, read.attachments[0].signatures) == (letter().subject, 2)
    assert [agency.codes for agency in selectors.our_recipients(message.id)] == [(OURS.id,)]


def test_each_of_our_recipients_has_its_own_state(office):
    office.arrive(written(to=(OURS, Party("H99.24.2", "UBND xã Đông Lâm"), Party("H98.5", "Sở Khác"))))
    assert sorted(Thread.objects.values_list("recipient", "state")) == [("H99.24.1", "01"), ("H99.24.2", "01")]


def test_an_old_code_of_ours_is_ours(office):
    agency = selectors.agency(OURS.id).id
    services.name_agency(SYSTEM, "000.01.24.H99", name="", valid_from=office.world.today, agency_id=agency)
    message = office.arrive(written(to=(Party("000.01.24.H99", "UBND xã Yên Khê"),)))
    assert message.state == "read"
    assert office.outgoing()[0].sender == "000.01.24.H99"


def test_a_message_for_nobody_here_is_kept_and_named(office):
    message = office.arrive(written(to=(Party("H97.1", "Sở Khác"),)))
    assert message.state == "faulty"
    assert message.problems[-1].endswith("thông điệp gửi nhầm nơi.")
    assert (Thread.objects.count(), events(), office.outgoing()) == (0, [], [])


def test_what_cannot_be_read_is_kept_and_named(office):
    message = office.arrive(b"<!DOCTYPE x><edXML/>")
    assert (message.state, message.kind, Thread.objects.count()) == ("faulty", "", 0)
    assert "DOCTYPE" in message.problems[0]
    with pytest.raises(MessageNotFound):
        selectors.letter(message.id)


def test_the_same_identifier_with_other_content_is_flagged(office):
    first = office.arrive(written())
    second = office.arrive(written(subject="Nội dung khác"))
    assert (second.state, second.duplicate_of_id) == ("read", first.id)
    assert second.problems[0].startswith("Trùng mã định danh văn bản")
    assert selectors.message(second.id).duplicate_of == first.id
    assert len(office.outgoing()) == 1


def test_the_same_issuer_and_code_under_another_identifier_is_flagged(office):
    first = office.arrive(written())
    second = office.arrive(written(document_id="9fbfbad2-f1f8-4256-a2eb-50fb1061cddb"))
    other = office.arrive(written(sender=Party("000.00.18.H98", "Sở Khác"), document_id="x"))
    assert (second.duplicate_of_id, other.duplicate_of_id) == (first.id, None)
    assert second.problems[0].startswith("Trùng số, ký hiệu và cơ quan ban hành")


def test_a_status_of_a_document_that_went_out_moves_it(office):
    sent = office.send(letter(sender=OURS, to=(THEIRS,)))
    out = Message.objects.get(id=sent).document_id
    for code in ("01", "03"):
        office.arrive(told(report(code, sender=THEIRS, to=OURS.id, document_id=out)))
    (state,) = selectors.states_of(out)
    assert (state.state, state.words, [entry.code for entry in state.log]) == ("03", "Đã tiếp nhận", ["01", "03"])
    late = office.arrive(told(report("01", sender=THEIRS, to=OURS.id, document_id=out, description="muộn")))
    assert (late.state, log()[-1]) == ("read", ("01", False, "late"))
    assert Thread.objects.get().state == "03"
    assert events()[-1] == "exchange.status_arrived"


def test_a_status_before_its_document_waits_for_it(office):
    for code in ("03", "01"):
        office.arrive(told(report(code, sender=THEIRS, to=OURS.id, document_id="abc", description=code)))
    (state,) = selectors.states_of("abc")
    assert (state.state, [entry.applied for entry in state.log]) == ("", [False, False])
    assert state.log[0].why.startswith("Đến trước văn bản")
    office.send(letter(sender=OURS, to=(THEIRS,), document_id="abc"))
    (state,) = selectors.states_of("abc")
    assert (state.state, [entry.applied for entry in state.log]) == ("03", [True, False])


def test_a_status_of_somebody_else_moves_nothing(office):
    services.name_agency(SYSTEM, "H97.9", name="Kẻ khác", valid_from=office.world.today, partner="hub")
    sent = office.send(letter(sender=OURS, to=(THEIRS,)))
    out = Message.objects.get(id=sent).document_id
    office.arrive(told(report("06", sender=Party("H97.9", "Kẻ khác"), to=OURS.id, document_id=out)))
    assert Thread.objects.get(recipient=THEIRS.id).state == ""


def test_a_status_under_another_code_of_the_agency_counts(office):
    sent = office.send(letter(sender=OURS, to=(THEIRS,)))
    out = Message.objects.get(id=sent).document_id
    services.name_agency(SYSTEM, "H98.17", name="", valid_from=office.world.today, agency_id=office.elsewhere)
    office.arrive(told(report("03", sender=Party("H98.17", THEIRS.name), to=OURS.id, document_id=out)))
    assert Thread.objects.get().state == "03"


@pytest.mark.parametrize(
    ("operation", "more"),
    [
        (Operation.RECALL, {"answers": (Reference(OURS.id, "15/SXD-QLN", None, ID),)}),
        (Operation.UPDATE, {"target": ID}),
        (Operation.REPLACE, {"replaced": (Replaced(ID, (OURS.id,)),)}),
    ],
)
def test_an_operation_is_a_request_on_the_document_it_names(office, operation, more):
    office.arrive(written())
    office.arrive(written(operation=operation, document_id="moi", number="16", reason="Sai thể thức", **more))
    first = Thread.objects.get(document_id=ID)
    assert (first.request, Thread.objects.get(document_id="moi").state) == (operation.value, "01")


def test_a_recall_meant_for_others_asks_nothing_here(office):
    office.arrive(written())
    reference = Reference("H97.1", "15/SXD-QLN", None, ID)
    office.arrive(written(operation=Operation.RECALL, document_id="moi", answers=(reference,)))
    assert Thread.objects.get(document_id=ID).request == ""


def test_13_is_answered_by_15_and_takes_the_document_back(office):
    message = office.arrive(written())
    office.arrive(told(report("13", sender=THEIRS, to=OURS.id, document_id=ID, description="Gửi nhầm")))
    services.send_status(message.id, "15")
    thread = Thread.objects.get()
    assert (thread.request, thread.withdrawn) == ("", True)
    assert [row.status for row in office.outgoing()] == ["01", "15"]


def test_a_recall_of_a_closed_document_is_declined_at_once(office):
    message = office.arrive(written())
    for code in ("03", "06"):
        services.send_status(message.id, code)
    office.arrive(told(report("13", sender=THEIRS, to=OURS.id, document_id=ID, description="Lấy lại")))
    assert log()[-2:] == [("13", False, "ended"), ("16", True, "unasked")]
    last = office.outgoing()[-1]
    assert (last.status, last.body["description"]) == ("16", "Văn bản đã kết thúc giữa hai cơ quan.")


def test_14_and_swapped_statuses_count(office):
    sent = office.send(letter(sender=OURS, to=(THEIRS,)))
    out = Message.objects.get(id=sent)
    services.send_status(sent, "13", description="Sai")
    raw = told(report("15", sender=THEIRS, to=OURS.id, document_id=out.document_id)).decode()
    raw = raw.replace(f"{OURS.id}</edXML:OrganId>", "@</edXML:OrganId>").replace(
        "15/SXD-QLN</edXML:Code>", f"{OURS.id}</edXML:Code>"
    )
    raw = raw.replace("@</edXML:OrganId>", "15/SXD-QLN</edXML:OrganId>").replace(
        ">15</edXML:Status", ">14</edXML:Status"
    )
    message = office.arrive(raw.encode())
    assert (message.state, message.status, len(message.problems)) == ("read", "15", 2)
    assert Thread.objects.get().withdrawn


def test_attachments_become_files_of_who_registers(office):
    message = office.arrive(written())
    clerk = office.world.staff("vanthu")
    (info,) = services.take_files(clerk, message.id)
    assert (info.name, info.size, info.uploaded_by, info.scan) == (
        "cong-van-15.pdf", len(pdf(2)), clerk.name, "quarantined",
    )  # fmt: skip
    attachment, file = selectors.content(message.id, 0)
    assert (attachment.sha256, file.read()) == (info.sha256, pdf(2))
    with pytest.raises(MessageNotFound):
        selectors.content(message.id, 1)
    assert not Record.objects.filter(kind="document").exists()


def test_a_file_that_is_not_taken_leaves_the_others(office):
    made = letter(attachments=(Attachment("cu.doc"), Attachment("a.pdf")))
    message = office.arrive(write_letter(made, [b"\xd0\xcf\x11\xe0 old", pdf()], Dialect.RAW))
    assert [info.name for info in services.take_files(office.world.staff("vanthu"), message.id)] == ["a.pdf"]


@refuses("exchange.read_again")
def test_reading_again_is_the_administrators_and_for_unusable_ones(office):
    lost = office.arrive(written(to=(Party("H97.1", "Sở Khác"),)))
    with pytest.raises(Forbidden):
        services.read_again(office.world.staff("vanthu"), lost.id)
    assert Message.objects.get(id=lost.id).state == "faulty"
    unit = office.world.made.units["xa-lam-khuc"]
    services.name_agency(SYSTEM, "H97.1", name="Nay là ta", valid_from=office.world.today, unit_id=unit)
    services.read_again(office.world.staff("quantri"), lost.id)
    services.read_message(lost.id)
    assert Message.objects.get(id=lost.id).state == "read"
    with pytest.raises(Conflict):
        services.read_again(office.world.staff("quantri"), lost.id)


def test_messages_whose_job_is_gone_get_another(office, jobs):
    services.accept(written(), via="hub")
    assert read_waiting(timedelta(minutes=2)) == 0
    office.world.clock.shift(timedelta(minutes=3))
    assert read_waiting(timedelta(minutes=2)) == 0
    lose_jobs()
    assert [read_waiting(timedelta(minutes=2)) for _ in range(2)] == [1, 0]
    assert len(jobs("exchange.read")) == 1
