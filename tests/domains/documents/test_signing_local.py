"""Signed by the tool on the signer's computer: taken as any other signature, or nothing has moved."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from congvu.common.errors import Conflict, NotFound
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Outgoing
from congvu.domains.documents.types import RecipientInput, ToIssue
from congvu.engines.signing import services as signing
from congvu.engines.signing.errors import CertificateRefused, CredentialRefused, PdfRefused
from congvu.engines.signing.models import BatchItem, Certificate, Evidence, LocalSigning
from congvu.engines.signing.types import ItemState, Standing
from congvu.ground.audit.models import Entry
from congvu.ground.files import services as files
from tests.domains.documents.office import Office
from tests.domains.documents.test_signing_batch import open_all, read, waiting
from tests.engines.signing.pki import NOW
from tests.engines.signing.standins import Plugin
from tests.marks import refuses

pytestmark = pytest.mark.django_db
OURS = "http://testserver/may-ky/TICKET/van-ban.pdf"
DONE = {"Status": 0, "Message": ""}


@pytest.fixture
def office(signing_office: Office) -> Office:
    Certificate.objects.update(provider="helper")
    return signing_office


def begun(office: Office, count: int = 1) -> tuple[UUID, list[int]]:
    read(office, *waiting(office, count))
    batch = open_all(office)
    return batch, [item.id for item in signing.batch_items(office.chair, batch)]


def task(office: Office, batch: UUID, item: int, actor=None) -> dict:
    return signing.local_task(actor or office.chair, batch, item, download=OURS, upload=OURS)


def run(office: Office, batch: UUID, item: int, made=None, field: str = "person", actor=None) -> str:
    """The tool does its task; returns the ticket."""
    ticket = task(office, batch, item, actor)["parameter"]["JWTToken"]
    signed = Plugin(made or office.pki.chair, field)._signed(signing.local_file(ticket))
    signing.take_local_file(ticket, signed)
    return ticket


def refused(call) -> str:
    with pytest.raises((CredentialRefused, CertificateRefused, PdfRefused, Conflict, NotFound)) as caught:
        call()
    return caught.value.code


def nothing_moved(office: Office, item: int) -> bool:
    row = BatchItem.objects.get(id=item)
    document = Outgoing.objects.get(record=row.record_id)
    return row.state == ItemState.WAITING and document.original is None and not Evidence.objects.exists()


def test_signed_on_the_own_machine_it_goes_on_as_any_other(office: Office):
    batch, (item,) = begun(office)
    asked = task(office, batch, item)
    ticket = asked["parameter"]["JWTToken"]
    assert (asked["address"], asked["function"]) == ("wss://127.0.0.1:8987/SignApproved", "vgca_sign_approved")
    assert asked["parameter"]["FileName"] == OURS.replace("TICKET", ticket)
    run(office, batch, item)
    assert signing.accept_item(office.chair, item, answer=DONE) == ItemState.SIGNED
    row = Outgoing.objects.get(record=BatchItem.objects.get(id=item).record_id)
    assert (row.signer_name, row.pages) == ("Lương Trọng Hùng", 1)
    report = signing.validate(files.open_file(office.chair, row.original).path.read_bytes())
    assert [one.standing for one in report.signatures] == [Standing.VALID]
    assert Evidence.objects.count() == 1
    assert not LocalSigning.objects.exists()
    assert Entry.objects.filter(verb="signing.accept_item").count() == 1
    assert signing.accept_item(office.chair, item, answer=DONE) == ItemState.SIGNED
    with pytest.raises(Conflict):
        task(office, batch, item)


def test_then_numbered_and_sealed_on_the_clerk_s_machine(office: Office):
    batch, (item,) = begun(office)
    run(office, batch, item)
    signing.accept_item(office.chair, item, answer=DONE)
    record = BatchItem.objects.get(id=item).record_id
    to = [ToIssue(office.step(record).id, (RecipientInput("paper", "Sở Nội vụ"),))]
    sealing = services.open_issuing(office.clerk, office.certificate("agency"), to)
    (seal,) = [one.id for one in signing.batch_items(office.clerk, sealing)]
    asked = task(office, sealing, seal, office.clerk)
    assert asked["address"].endswith("/SignIssued")
    assert (asked["parameter"]["DocNumber"], asked["parameter"]["IssuedDate"]) == ("01", "2026-11-19")
    run(office, sealing, seal, office.pki.agency, "agency", office.clerk)
    assert signing.accept_item(office.clerk, seal, answer=DONE) == ItemState.SIGNED
    view = selectors.outgoing(office.clerk, record)
    assert (view.row.state, view.row.code) == ("issued", "01/QĐ-UBND")


@refuses("signing.accept_item")
def test_what_is_refused_leaves_it_waiting_and_unsigned(office: Office, clock):
    batch, (item,) = begun(office)
    accept = lambda **answer: signing.accept_item(office.chair, item, answer=DONE | answer)  # noqa: E731
    task(office, batch, item)
    assert refused(accept) == "not_ready"
    pulled = lambda: accept(Status=10, Message="Không tìm thấy thiết bị token")  # noqa: E731
    assert refused(pulled) == "device_gone"
    assert refused(lambda: accept(Status=11, Message="Sai mã PIN")) == "wrong_pin"
    assert refused(lambda: accept(Status=12, Message="Người dùng hủy bỏ")) == "declined"
    run(office, batch, item, office.pki.ending)
    assert refused(accept) == "wrong_certificate"
    ticket = run(office, batch, item)
    signing.take_local_file(ticket, signing.local_file(ticket) + b"rubbish")
    assert refused(accept) == "wrong_hash"
    signing.take_local_file(ticket, b"no pdf at all")
    assert refused(accept) == "wrong_hash"
    run(office, batch, item)
    assert refused(lambda: signing.accept_item(office.clerk, item, answer=DONE)) == "not_found"
    clock.move_to(NOW + timedelta(minutes=11))
    assert refused(accept) == "session_expired"
    assert nothing_moved(office, item)
    assert not Entry.objects.filter(verb="signing.accept_item").exists()


def test_a_clock_put_back_is_told(office: Office, clock):
    batch, (item,) = begun(office)
    clock.move_to(NOW + timedelta(minutes=25))
    run(office, batch, item)
    assert refused(lambda: signing.accept_item(office.chair, item, answer=DONE)) == "wrong_time"
    assert nothing_moved(office, item)


def test_a_new_task_voids_the_one_before(office: Office):
    batch, (item,) = begun(office)
    first = task(office, batch, item)["parameter"]["JWTToken"]
    task(office, batch, item)
    second = LocalSigning.objects.get(item=item).ticket
    assert signing.local_file(second)[:5] == b"%PDF-"
    assert (first == second) or refused(lambda: signing.local_file(first)) == "not_found"
    assert refused(lambda: signing.take_local_file(second + "x", b"")) == "session_expired"


def test_changed_since_it_was_read_it_is_set_aside(office: Office):
    batch, (item,) = begun(office)
    record = BatchItem.objects.get(id=item).record_id
    services.save_draft(office.chair, record, subject="kiện toàn", content=office.content("Sửa."))
    assert refused(lambda: task(office, batch, item)) == "changed"
    assert BatchItem.objects.get(id=item).state == ItemState.CHANGED


def test_only_a_certificate_of_the_tool_in_force(office: Office):
    batch, (item,) = begun(office)
    Certificate.objects.update(provider="pkcs12")
    assert refused(lambda: task(office, batch, item)) == "not_ready"
    Certificate.objects.update(provider="helper", state="suspended")
    assert refused(lambda: task(office, batch, item)) == "suspended"
    assert refused(lambda: task(office, batch, item, office.clerk)) == "not_found"
    assert nothing_moved(office, item)
