"""Dossier results as originals: the approver signs and approves by it, the records clerk numbers and seals."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.documents.types import ToSign
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.models import ProposedResult, Result, SignedResult
from congvu.domains.dossiers.types import ResultInput
from congvu.engines.signing import services as signing
from congvu.engines.signing.errors import CertificateRefused
from congvu.engines.signing.models import Batch
from congvu.engines.workflow import selectors as work
from congvu.ground.files import selectors as file_selectors
from congvu.ground.files import services as files
from congvu.ground.numbering.models import Counter
from congvu.journeys import dossier_documents
from tests.domains.documents.office import Office
from tests.engines.signing.papers import paper
from tests.engines.signing.pki import TSA, credential
from tests.engines.signing.test_batches import Token
from tests.marks import refuses

pytestmark = pytest.mark.django_db
WORDS = "Cấp bản sao Giấy khai sinh từ sổ gốc, quyển số 01/2001."


def approving(office: Office):
    """A dossier at the step of approval, the item, and who decides."""
    record = office.world.take_in("2.000908").record_id
    item = office.world.go_to(record, "approve")
    return record, item.id, office.world.holder(record)


def content(office: Office, record) -> tuple[bytes, Result]:
    row = Result.objects.get(dossier=record)
    opened = files.open_file(office.world.clerk, row.file)
    return opened.path.read_bytes(), row


def hold(office: Office, item, actor, **values):
    """Signed by the key, not finished yet. Returns the batch."""
    batch = dossier_documents.open_result(actor, office.certificate("chair"), item, **values)
    outcome = signing.hold_signatures(actor, batch, credential(office.pki.chair))
    assert outcome.held == 1, outcome
    return batch


def finish(actor, batch):
    (item,) = signing.finish_batch(actor, batch).items
    return str(item.state), item.reason


def approve(office: Office, **values):
    record, item, actor = approving(office)
    assert finish(actor, hold(office, item, actor, **values)) == ("signed", "")
    return record, office.world.waiting(record), office.world.holder(record)


def seal(office: Office, item, registrar):
    batch = dossier_documents.open_seal(registrar, office.certificate("agency"), item)
    signing.hold_signatures(registrar, batch, credential(office.pki.agency))
    assert finish(registrar, batch) == ("signed", "")


def test_a_typeset_result_is_signed_twice_and_carries_its_number(signing_office: Office):
    office = signing_office
    record, item, actor = approving(office)
    batch = hold(office, item, actor, text=WORDS)
    assert office.world.waiting(record).id == item, "held is not approved yet"
    assert finish(actor, batch) == ("signed", "")
    issuing, registrar = office.world.waiting(record), office.world.holder(record)
    assert issuing.step_kind == "issue"
    assert not Result.objects.exists(), "signed by one is no result yet"
    seal(office, issuing.id, registrar)
    pdf, row = content(office, record)
    assert (row.number, row.signed, row.signer) == ("1/KQ-UBND", True, "Lương Trọng Hùng")
    report = signing.validate(pdf)
    assert report.valid
    assert [found.field for found in report.signatures] == ["person", "agency"]
    assert b"01" in signing_values(pdf)
    assert selectors.dossier(office.world.clerk, record).state == "finished"


def signing_values(pdf: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fields = document.Root.AcroForm.Fields
        return [str(field.V).encode() for field in fields if field.get("/FT") == "/Tx"]


def test_a_finished_pdf_is_signed_as_it_is(signing_office: Office):
    office = signing_office
    record, item, actor = approving(office)
    file = files.store(actor, name="giay-xac-nhan.pdf", content=paper(2)).id
    batch = hold(office, item, actor, file=file, name="Giấy xác nhận")
    assert finish(actor, batch) == ("signed", "")
    seal(office, office.world.waiting(record).id, office.world.holder(record))
    pdf, row = content(office, record)
    assert row.name == "Giấy xác nhận"
    assert signing.validate(pdf).valid
    # What the citizen gets is the sealed file itself, byte by byte.
    assert hashlib.sha256(pdf).hexdigest() == file_selectors.info(office.world.clerk, row.file).sha256


def test_a_time_stamp_that_does_not_come_keeps_everything_where_it_is(signing_office: Office, desk, settings):
    office = signing_office
    record, item, actor = approving(office)
    settings.SIGNING_TSA_URL = TSA
    batch = hold(office, item, actor, text=WORDS)
    desk.silent.add(TSA)
    outcome = signing.finish_batch(actor, batch)
    assert (outcome.code, outcome.held) == ("timestamp_unavailable", 1)
    assert office.world.waiting(record).id == item
    with pytest.raises(Conflict) as refused:
        dossier_documents.open_result(actor, office.certificate("chair"), item, text=WORDS)
    assert refused.value.code == "held"
    desk.silent.clear()
    assert finish(actor, batch) == ("signed", "")
    assert office.world.waiting(record).step_kind == "issue"


@refuses("dossier.propose_result")
def test_what_is_refused_approves_nothing(signing_office: Office):
    office = signing_office
    record, item, actor = approving(office)
    own = office.certificate("chair")
    with pytest.raises(Forbidden):
        dossier_documents.open_result(office.world.clerk, own, item, text=WORDS)
    with pytest.raises(Invalid) as refused:
        dossier_documents.open_result(actor, own, item)
    assert [problem.field for problem in refused.value.problems] == ["text"]
    picture = files.store(actor, name="a.xml", content=b"<a/>").id
    with pytest.raises(Invalid):
        dossier_documents.open_result(actor, own, item, file=picture)
    with pytest.raises(Conflict):
        dossier_documents.open_result(actor, own, item, text=WORDS, version=99)
    assert office.world.waiting(record).id == item
    assert [kind.objects.count() for kind in (SignedResult, Batch, ProposedResult)] == [0, 0, 0]
    with pytest.raises(CertificateRefused):
        dossier_documents.open_result(actor, office.certificate("agency"), item, text=WORDS)
    assert [kind.objects.count() for kind in (SignedResult, Batch)] == [0, 0]


@refuses("dossier.read_result")
def test_only_the_newest_proposal_can_be_read_and_a_changed_one_is_not_signed(signing_office: Office):
    office = signing_office
    record, item, actor = approving(office)
    batch = hold(office, item, actor, text=WORDS)
    services.propose_result(actor, item, text="Bổ sung hai bản sao.")
    with pytest.raises(Conflict):
        services.read_result(actor, record, n=1)
    with pytest.raises(Forbidden):
        services.propose_result(office.world.clerk, item, text="Khác")
    assert finish(actor, batch)[0] == "changed"
    assert office.world.waiting(record).id == item
    assert not SignedResult.objects.exists()
    unread = dossier_documents.open_results(actor, office.certificate("chair"), [ToSign(item, 2)])
    assert [str(one.state) for one in signing.batch_items(actor, unread)] == ["unread"]


def test_a_dossier_that_moved_on_meanwhile_keeps_no_signature(signing_office: Office):
    office = signing_office
    record, item, actor = approving(office)
    batch = hold(office, item, actor, text=WORDS)
    services.approve(actor, item)
    state, why = finish(actor, batch)
    assert state == "failed"
    assert "đã được" in why or "hoàn thành" in why, why
    assert office.world.waiting(record).step_kind == "issue"
    assert not SignedResult.objects.exists()


@refuses("dossier.number_result")
def test_a_seal_needs_the_approvers_signature_and_an_original_needs_the_seal(signing_office: Office):
    office = signing_office
    record, item, actor = approving(office)
    services.approve(actor, item)
    issuing, registrar = office.world.waiting(record), office.world.holder(record)
    own = office.certificate("agency")
    with pytest.raises(WrongState):
        dossier_documents.open_seal(registrar, own, issuing.id)
    with pytest.raises(WrongState):
        services.number_result(registrar, issuing.id)
    with pytest.raises((Forbidden, NotFound)):
        services.number_result(office.official, issuing.id)
    with pytest.raises((Forbidden, NotFound)):
        dossier_documents.open_seal(office.official, own, issuing.id)
    assert not Counter.objects.filter(series="result").exists()
    services.issue_result(registrar, issuing.id, ResultInput(text="Bản giấy"))
    assert not Result.objects.get(dossier=record).signed
    _other, issuing, registrar = approve(office, text=WORDS)
    with pytest.raises(WrongState):
        services.issue_result(registrar, issuing.id, ResultInput(text="Không dấu"))
    with pytest.raises(CertificateRefused):
        dossier_documents.open_seal(registrar, office.certificate("chair"), issuing.id)
    assert Result.objects.count() == 1


def test_a_sealing_that_fails_is_tried_again_with_the_same_number(signing_office: Office):
    office = signing_office
    _record, issuing, registrar = approve(office, text=WORDS)
    batch = dossier_documents.open_seal(registrar, office.certificate("agency"), issuing.id)
    pulled = signing.hold_signatures(registrar, batch, Token(credential(office.pki.agency), 0))
    assert (pulled.code, pulled.held) == ("device_gone", 0)
    assert not Result.objects.exists()
    assert SignedResult.objects.get().number == "1/KQ-UBND"
    seal(office, issuing.id, registrar)
    assert Result.objects.get().number == "1/KQ-UBND"
    _other, issuing, registrar = approve(office, text=WORDS)
    seal(office, issuing.id, registrar)
    assert sorted(Result.objects.values_list("number", flat=True)) == ["1/KQ-UBND", "2/KQ-UBND"]


def test_work_sent_back_voids_the_signed_paper_and_keeps_its_number(signing_office: Office):
    office = signing_office
    record, issuing, registrar = approve(office, text=WORDS)
    services.number_result(registrar, issuing.id)
    back = next(step for step in work.path(record) if step.state == "done" and step.kind == "approve")
    services.send_back(registrar, issuing.id, to=back.node, reason="Sai họ tên")
    assert SignedResult.objects.get(dossier=record).void_at is not None
    # The same words may be signed again.
    item, actor = office.world.waiting(record), office.world.holder(record)
    assert finish(actor, hold(office, item.id, actor, text=WORDS)) == ("signed", "")
    assert services.number_result(registrar, office.world.waiting(record).id).number == "1/KQ-UBND"
