"""Messages that go: written and checked at once, carried by jobs, each code once, unknown recipients refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid
from congvu.engines.exchange import agencies, contents, selectors, services
from congvu.engines.exchange.edxml import reader
from congvu.engines.exchange.errors import MessageInvalid, MessageNotFound, UnknownRecipient, WrongStatus
from congvu.engines.exchange.models import Agency, AgencyCode, AgencySuccession, Delivery, Message, Partner, Thread
from congvu.engines.exchange.services import delivering
from congvu.engines.exchange.transports.base import Rejected, Unreachable
from congvu.engines.exchange.types import Attachment, Operation, Party, Reference
from congvu.ground.events.models import Event
from congvu.ground.files import services as files
from tests.engines.exchange.office import deliveries, lose_jobs, written
from tests.engines.exchange.samples import OURS, THEIRS, letter, pdf
from tests.marks import refuses

pytestmark = pytest.mark.django_db
NEIGHBOUR = Party("H99.24.2", "UBND xã Đông Lâm")


def ours(**values):
    return letter(**{"sender": OURS, "to": (THEIRS,)} | values)


@pytest.fixture
def way(monkeypatch):
    """What the partner does with what is sent: an exception to raise, or None to take it."""
    taken, outcomes = [], []

    class Way:
        def __init__(self, partner):
            self.partner = partner

        def send(self, message):
            outcome = outcomes.pop(0) if outcomes else None
            if outcome is not None:
                raise outcome
            taken.append((self.partner.key, message.raw))
            return "r-1", "inbox"

    monkeypatch.setattr(delivering.transports, "of", Way)
    return taken, outcomes


def test_a_letter_is_written_kept_and_queued(office, jobs):
    sent = office.send(ours())
    message = Message.objects.get(id=sent)
    assert (message.outgoing, message.state, message.document_id) == (True, "read", "H99.24.1,2026/11/18,15/SXD-QLN")
    parsed = reader.read(contents.whole(message.raw_id))
    assert (parsed.faults, parsed.letter.hops[0].organ) == ((), OURS.id)
    (delivery,) = Delivery.objects.all()
    assert (delivery.state, delivery.partner.key) == ("queued", "hub")
    assert jobs("exchange.deliver") == [{"delivery_id": str(delivery.id)}]
    assert [(s.recipient, s.state) for s in selectors.states_of(message.document_id)] == [(THEIRS.id, "")]


def test_one_message_goes_to_each_partner_and_stays_inside_for_our_own(office):
    services.set_partner(
        SYSTEM, "tinh", name="Trục tỉnh", transport="province", address="https://t.example", dialect="raw"
    )
    services.name_agency(SYSTEM, "H96.3", name="Sở Thử", valid_from=date(2026, 1, 1), partner="tinh")
    office.send(ours(to=(THEIRS, Party("H96.3", "Sở Thử"), NEIGHBOUR)))
    found = {
        d.partner.key if d.partner else "": d.message for d in Delivery.objects.select_related("partner", "message")
    }
    assert {key: [row["id"] for row in m.body["to"]] for key, m in found.items()} == {
        "hub": [THEIRS.id], "tinh": ["H96.3"], "": [NEIGHBOUR.id],
    }  # fmt: skip
    assert b"application/zip" in contents.whole(found["hub"].raw_id)
    assert b"application/pdf" in contents.whole(found["tinh"].raw_id)


def test_inside_this_installation_it_arrives_at_the_neighbour(office):
    sent = office.send(ours(to=(NEIGHBOUR,)))
    services.deliver(Delivery.objects.get().id)
    arrived = Message.objects.get(outgoing=False)
    assert (arrived.raw_id, arrived.via) == (Message.objects.get(id=sent).raw_id, "local")
    services.read_message(arrived.id)
    for row in Delivery.objects.filter(state="queued"):
        services.deliver(row.id)
    for row in Message.objects.filter(outgoing=False, state="waiting"):
        services.read_message(row.id)
    threads = {thread.outgoing: thread.state for thread in Thread.objects.all()}
    assert threads == {True: "01", False: "01"}


def test_every_recipient_without_a_way_is_named_and_nothing_moves(office):
    services.name_agency(SYSTEM, "H95.1", name="Sở Không Đường", valid_from=date(2026, 1, 1))
    with pytest.raises(UnknownRecipient) as caught:
        office.send(ours(to=(Party("H94.9", "Không ai"), THEIRS, Party("H95.1", "Sở Không Đường"))))
    assert {p.field: p.message for p in caught.value.problems} == {
        "to.0.id": "Không có cơ quan nào mang mã H94.9 trong bảng mã định danh.",
        "to.2.id": "Chưa có đường gửi tới Sở Không Đường (H95.1).",
    }
    assert (Message.objects.count(), Delivery.objects.count(), Thread.objects.count()) == (0, 0, 0)


def test_only_an_agency_of_ours_sends(office):
    with pytest.raises(MessageInvalid) as caught:
        office.send(letter())
    assert caught.value.problems[0].field == "sender.id"
    assert not Message.objects.exists()


def test_what_a_partner_would_refuse_is_refused_here_first(office):
    with pytest.raises(MessageInvalid):
        office.send(ours(subject=""))
    assert (Message.objects.count(), Thread.objects.count()) == (0, 0)


def test_files_of_ours_leave_only_when_known_to_be_clean(office, settings, tmp_path):
    import io

    settings.FILES_ROOT = tmp_path / "files"
    clerk = office.world.staff("vanthu")
    clean = files.store(clerk, name="a.pdf", content=pdf(2))
    raw = files.upload(clerk, name="b.pdf", stream=io.BytesIO(pdf(1)))
    services.send_document(ours(attachments=(Attachment("a.pdf", file=clean.id),)))
    with pytest.raises(MessageInvalid) as caught:
        services.send_document(ours(attachments=(Attachment("b.pdf", file=raw.id), Attachment("c.pdf"))))
    assert [problem.field for problem in caught.value.problems] == ["attachments.0", "attachments.1"]
    assert Message.objects.count() == 1


def test_delivery_tries_again_with_growing_pauses(office, way, jobs):
    taken, outcomes = way
    office.send(ours())
    row = Delivery.objects.get()
    outcomes += [Unreachable("đường truyền"), Unreachable("đường truyền")]
    lose_jobs()
    assert not services.deliver(row.id)
    assert jobs("exchange.deliver") == [{"delivery_id": str(row.id)}]
    assert [services.deliver(row.id) for _ in range(3)] == [False, True, False]
    row.refresh_from_db()
    assert (row.state, row.attempts, row.remote_id, row.remote_state, row.error) == ("sent", 3, "r-1", "inbox", "")
    assert len(taken) == 1
    assert Event.objects.filter(name="exchange.delivery_changed").count() == 1


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 2), (2, 4), (5, 32), (11, 2048), (12, 3600), (900, 3600)])
def test_pauses_double_up_to_an_hour(attempts, seconds):
    assert delivering.pause(attempts) == timedelta(seconds=seconds)


def test_a_refusal_for_good_is_told_and_not_tried_again(office, way):
    _taken, outcomes = way
    office.send(ours())
    outcomes.append(Rejected("Nơi nhận đang bị khóa (mã 23)"))
    row = Delivery.objects.get()
    assert not services.deliver(row.id)
    assert not services.deliver(row.id)
    assert deliveries() == [("failed", 1, "Nơi nhận đang bị khóa (mã 23)")]
    assert Event.objects.filter(name="exchange.delivery_changed").count() == 1


def test_nobody_answers_for_long_enough_and_it_is_given_up(office, way):
    _taken, outcomes = way
    office.send(ours())
    Delivery.objects.update(attempts=delivering.MOST_ATTEMPTS - 1)
    outcomes.append(Unreachable("không thấy"))
    services.deliver(Delivery.objects.get().id)
    assert deliveries() == [("failed", 60, "không thấy")]


@refuses("exchange.resend")
def test_sending_again_by_hand(office, way, jobs):
    _taken, outcomes = way
    office.send(ours())
    row = Delivery.objects.get()
    outcomes.append(Rejected("sai khóa"))
    services.deliver(row.id)
    with pytest.raises(Forbidden):
        services.resend(office.world.staff("chuyenmon"), row.id)
    assert deliveries() == [("failed", 1, "sai khóa")]
    services.resend(office.world.staff("vanthu"), row.id)
    assert (deliveries(), len(jobs("exchange.deliver"))) == ([("queued", 0, "sai khóa")], 2)
    assert services.deliver(row.id)
    with pytest.raises(Conflict):
        services.resend(office.world.staff("quantri"), row.id)


def test_deliveries_whose_job_is_gone_get_another(office, jobs):
    office.send(ours())
    assert delivering.requeue_lost(timedelta(minutes=2)) == 0
    office.world.clock.shift(timedelta(minutes=3))
    assert delivering.requeue_lost(timedelta(minutes=2)) == 0
    lose_jobs()
    assert [delivering.requeue_lost(timedelta(minutes=2)) for _ in range(2)] == [1, 0]
    lose_jobs()
    Delivery.objects.update(next_at=timezone.now() + timedelta(minutes=30))
    assert delivering.requeue_lost(timedelta(minutes=2)) == 0
    assert jobs("exchange.deliver") == []


def test_each_code_is_sent_once_and_only_upwards(office):
    message = office.arrive(written())
    assert services.send_status(message.id, "01") is None
    services.send_status(message.id, "03", description="Số đến 12")
    with pytest.raises(WrongStatus) as caught:
        services.send_status(message.id, "02", description="Nhầm")
    assert caught.value.message == "Văn bản đã được tiếp nhận nên không từ chối được nữa."
    with pytest.raises(WrongStatus):
        services.send_status(message.id, "15")
    assert [services.send_status(message.id, code) for code in ("03", "01")] == [None, None]
    assert [row.status for row in office.outgoing()] == ["01", "03"]


def test_returning_sends_02_with_the_reason(office):
    message = office.arrive(written())
    with pytest.raises(MessageInvalid):
        services.send_status(message.id, "02")
    assert [row.status for row in office.outgoing()] == ["01"]
    services.send_status(message.id, "02", description="Không thuộc thẩm quyền")
    last = office.outgoing()[-1]
    assert (last.status, last.body["description"]) == ("02", "Không thuộc thẩm quyền")
    assert Thread.objects.get().state == "02"


def test_13_is_the_senders_alone(office):
    sent, arrived = office.send(ours()), office.arrive(written())
    with pytest.raises(MessageNotFound):
        services.send_status(arrived.id, "13", description="x")
    with pytest.raises(MessageNotFound):
        services.send_status(sent, "03")
    with pytest.raises(Invalid):
        services.send_status(arrived.id, "14")
    services.send_status(sent, "13", description="Gửi nhầm")
    assert (office.outgoing()[-1].body["to"], Thread.objects.get(outgoing=True).request) == (THEIRS.id, "13")


def test_with_several_recipients_one_must_be_chosen(office):
    other = Party("H96.3", "Sở Thử")
    services.name_agency(SYSTEM, other.id, name=other.name, valid_from=date(2026, 1, 1), partner="hub")
    sent = office.send(ours(to=(THEIRS, other)))
    with pytest.raises(WrongStatus):
        services.send_status(sent, "13", description="x")
    services.send_status(sent, "13", recipient=other.id, description="x")
    assert dict(Thread.objects.values_list("recipient", "request")) == {THEIRS.id: "", other.id: "13"}


def test_a_recall_waits_for_its_answer_with_each_recipient(office):
    first = Message.objects.get(id=office.send(ours()))
    reference = Reference(THEIRS.id, first.code, None, first.document_id)
    office.send(ours(number="16", operation=Operation.RECALL, answers=(reference,), reason="Sai nội dung"))
    assert Thread.objects.get(document_id=first.document_id).request == "recall"


def test_an_ended_code_leads_to_the_newer_one(office):
    services.end_code(SYSTEM, THEIRS.id, valid_to=date(2026, 6, 30), basis="QĐ 1/QĐ-UBND")
    services.name_agency(SYSTEM, "H98.17", name="", valid_from=date(2026, 7, 1), agency_id=office.elsewhere)
    assert agencies.route(THEIRS.id).code == "H98.17"
    assert Message.objects.get(id=office.send(ours())).body["to"][0]["id"] == "H98.17"
    assert agencies.agency_of(THEIRS.id).pk == office.elsewhere


def test_an_ended_agency_leads_to_its_only_successor_or_asks(office):
    services.end_code(SYSTEM, THEIRS.id, valid_to=date(2026, 6, 30), basis="Sáp nhập")
    with pytest.raises(agencies.NoRoute, match="chưa rõ cơ quan kế thừa"):
        agencies.route(THEIRS.id)
    heirs = [
        services.name_agency(SYSTEM, code, name=name, valid_from=date(2026, 7, 1), partner="hub")
        for code, name in (("H98.40", "Sở Mới"), ("H98.41", "Sở Khác"))
    ]
    services.succeed_agency(SYSTEM, office.elsewhere, heirs[0], on=date(2026, 7, 1), basis="NQ 1")
    assert agencies.route(THEIRS.id).code == "H98.40"
    services.succeed_agency(SYSTEM, office.elsewhere, heirs[1], on=date(2026, 7, 1), basis="NQ 1")
    with pytest.raises(agencies.NoRoute, match="Sở Khác, Sở Mới"):
        agencies.route(THEIRS.id)
    assert agencies.route(THEIRS.id, date(2026, 6, 30)).code == THEIRS.id


def test_no_code_is_computed_from_another(office):
    with pytest.raises(agencies.NoRoute):
        agencies.route("H98.17")
    assert selectors.reachable([THEIRS.id, "H98.17"])[THEIRS.id] == ""


def test_a_code_belongs_to_one_agency_a_day(office):
    with pytest.raises(Conflict):
        services.name_agency(SYSTEM, THEIRS.id, name="Khác", valid_from=date(2026, 1, 1))
    assert Agency.objects.count() == 3


@refuses("exchange.set_partner", "exchange.name_agency", "exchange.end_code", "exchange.succeed_agency")
def test_setting_up_is_the_administrators(office):
    clerk, before = office.world.staff("vanthu"), stand()
    calls = (
        lambda: services.set_partner(clerk, "x", name="x", transport="hub", address="https://x.example"),
        lambda: services.name_agency(clerk, "H97.1", name="x", valid_from=date(2026, 1, 1)),
        lambda: services.end_code(clerk, THEIRS.id, valid_to=date(2026, 1, 1), basis="x"),
        lambda: services.succeed_agency(clerk, 1, 2, on=date(2026, 1, 1), basis="x"),
    )
    for call in calls:
        with pytest.raises(Forbidden):
            call()
    assert stand() == before


def stand():
    return (
        Partner.objects.count(), Agency.objects.count(), list(AgencyCode.objects.values_list("code", "valid_to")),
        AgencySuccession.objects.count(),
    )  # fmt: skip


def test_wrong_settings_are_named(office):
    before = stand()
    with pytest.raises(Invalid) as caught:
        services.set_partner(
            SYSTEM, "Hub 1", name="", transport="bưu tá", address="x", dialect="y",
            machine_user=office.world.made.users["vanthu"],
        )  # fmt: skip
    fields = {"key", "name", "transport", "address", "dialect", "machine_user"}
    assert {p.field for p in caught.value.problems} == fields
    with pytest.raises(Invalid):
        services.name_agency(SYSTEM, "không mã", name="x", valid_from=date(2026, 1, 1))
    with pytest.raises(MessageNotFound):
        services.end_code(SYSTEM, "H90.1", valid_to=date(2026, 1, 1), basis="x")
    with pytest.raises(Invalid):
        services.succeed_agency(SYSTEM, office.elsewhere, office.elsewhere, on=date(2026, 1, 1), basis="x")
    assert stand() == before


def test_the_monitor_costs_the_same_for_one_and_for_many(office, django_assert_num_queries):
    admin = office.world.staff("quantri")
    for number in range(5):
        office.send(ours(number=str(number)))
        office.arrive(written(number=str(number)))
    with django_assert_num_queries(1):
        page = selectors.deliveries(admin, limit=3)
    with django_assert_num_queries(1):
        rest = selectors.deliveries(admin, after=page.after, limit=30)
    assert (len(page.rows), len(rest.rows), rest.after) == (3, 7, "")
    with django_assert_num_queries(1):
        assert len(selectors.messages(admin).rows) == 5
    with django_assert_num_queries(4):
        assert selectors.counts(admin) == {"queued": 10, "failed": 0, "waiting": 0, "faulty": 0}
    with django_assert_num_queries(1):
        assert [row.key for row in selectors.partners(admin)] == ["hub"]
    with pytest.raises(Forbidden):
        selectors.deliveries(office.world.staff("chuyenmon"))


def test_a_code_has_thirty_five_signs_and_letters_below(world):
    longest = "H99." + "A1B2C3D4E5" * 3 + "Z"
    assert len(longest) == 35
    unit = world.made.units["xa-yen-khe"]
    services.name_agency(SYSTEM, longest, name="UBND xã Yên Khê", valid_from=date(2025, 7, 1), unit_id=unit)
    assert [view.codes for view in selectors.directory() if view.unit_id == unit] == [(longest,)]
    for wrong in (longest + "1", "99H.24", "H99..24", "H99.24_1"):
        with pytest.raises(Invalid):
            services.name_agency(SYSTEM, wrong, name="Cơ quan", valid_from=date(2025, 7, 1))
