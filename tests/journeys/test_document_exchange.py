"""A message arrives, is registered, directed and handled; the sender learns each step once."""

from __future__ import annotations

from uuid import UUID

import pytest

from congvu.boot.demo import issuers
from congvu.domains.documents import selectors, services
from congvu.domains.documents.types import Forwarding, RecipientInput
from congvu.engines.workflow import selectors as work
from congvu.ground.events.services import deliver_pending
from congvu.ground.files import selectors as files
from tests.domains.documents.office import Office
from tests.engines.exchange.office import set_up, written
from tests.marks import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrived(world):
    """The exchange, the books, and one message that was read."""
    exchange, office = set_up(world), None
    issuers.load(world.made, communes=3)
    office = Office(world)
    exchange.arrive(written())
    while deliver_pending():
        pass
    return exchange, office


def told(exchange) -> list[str]:
    while deliver_pending():
        pass
    return [message.status for message in exchange.outgoing()]


def only(office: Office) -> UUID:
    (row,) = selectors.arrivals(office.clerk)
    return row.id


def test_what_arrives_waits_to_be_registered_with_its_files(arrived):
    exchange, office = arrived
    view = selectors.incoming(office.clerk, only(office))
    assert (view.row.sender, view.row.code, view.row.kind_name) == (
        "Sở Xây dựng tỉnh Thanh Sơn", "15/SXD-QLN", "Công văn",
    )  # fmt: skip
    assert (view.row.channel, view.row.state_label, view.signer) == ("exchange", "Chờ vào sổ", "Đỗ Văn Mẫu")
    assert [info.name for info in files.visible_files(office.clerk, view.id)] == ["cong-van-15.pdf"]
    assert told(exchange) == ["01"]


def test_the_same_message_again_is_the_same_document(arrived):
    exchange, office = arrived
    exchange.arrive(written())
    assert told(exchange) == ["01"]
    only(office)


def test_each_step_is_told_to_the_sender_once(arrived):
    exchange, office = arrived
    record = only(office)
    services.register_arrived(office.clerk, record, Forwarding(leader=office.position(":chair:1")))
    assert told(exchange) == ["01", "03"]
    services.direct(office.chair, record, [office.lead(), office.support()])
    services.direct(office.chair, record, [office.support("vp")])
    assert told(exchange) == ["01", "03", "04"]
    head = office.world.staff("truongphong")
    (row,) = work.inbox(head).rows
    services.begin_work(head, row.id)
    services.begin_work(head, row.id)
    assert told(exchange) == ["01", "03", "04", "05"]
    services.finish(head, row.id, result="Đã rà soát")
    assert told(exchange) == ["01", "03", "04", "05", "06"]
    services.reopen(office.chair, record, reason="Bổ sung", due_at=None)
    services.finish(head, work.inbox(head).rows[0].id, result="Đã bổ sung")
    assert told(exchange) == ["01", "03", "04", "05", "06"]


@refuses("document.return_arrived")
def test_returning_emits_02_with_the_reason(arrived):
    exchange, office = arrived
    services.send_back(office.clerk, only(office), reason="Chữ ký số không hợp lệ")
    assert told(exchange) == ["01", "02"]
    assert exchange.outgoing()[-1].body["description"] == "Chữ ký số không hợp lệ"


def test_what_was_typed_in_tells_nobody(arrived):
    exchange, office = arrived
    record = office.register().record_id
    services.direct(office.chair, record, [office.lead()])
    assert told(exchange) == ["01"]


def test_an_issued_document_goes_out_with_its_signed_file_and_states_come_back(signing_office):
    from congvu.engines.exchange import selectors as exchange_selectors
    from congvu.engines.exchange.models import Message
    from tests.engines.exchange.office import told as status
    from tests.engines.exchange.samples import OURS, THEIRS, report

    office = signing_office
    exchange = set_up(office.world)
    record = office.draft()
    office.to_signature(record)
    office.sign(record)
    office.issue(record, RecipientInput("exchange", THEIRS.name, THEIRS.id), RecipientInput("paper", "Sở Nội vụ"))
    while deliver_pending():
        pass
    (message,) = Message.objects.filter(outgoing=True, kind="document")
    assert message.document_id == f"{OURS.id},2026/11/19,01/UBND-KT"
    letter = exchange_selectors.letter(message.id)
    assert (letter.signer.name, letter.signer.competence, letter.signer.position) == (
        "Lương Trọng Hùng", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
    )  # fmt: skip
    (sent,) = exchange_selectors.letter(message.id).attachments
    told, content = exchange_selectors.content(message.id, 0)
    original = files.info(office.clerk, selectors.outgoing(office.clerk, record).original)
    assert (sent.type, told.sha256, told.signatures) == ("application/pdf", original.sha256, 2)
    content.close()
    about = {"document_id": message.document_id, "code": "01/UBND-KT", "sender": THEIRS, "to": OURS.id}
    for code in ("01", "03"):
        exchange.arrive(status(report(code, **about)))
    while deliver_pending():
        pass
    states = {r.name: r.state for r in selectors.outgoing(office.clerk, record).recipients}
    assert states == {THEIRS.name: "03", "Sở Nội vụ": ""}
