"""Dossier results as originals: the approver signs in approving, the records clerk numbers and seals."""

from __future__ import annotations

import hashlib

import pytest

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.models import Result, SignedResult
from congvu.domains.dossiers.types import ResultInput
from congvu.engines.signing import services as signing
from congvu.ground.files import selectors as file_selectors
from congvu.ground.files import services as files
from congvu.journeys import dossier_documents
from tests.domains.documents.office import Office
from tests.engines.signing.papers import paper
from tests.engines.signing.pki import credential
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


def approve(office: Office, **values):
    record, item, actor = approving(office)
    dossier_documents.approve_signed(actor, item, credential(office.pki.chair), **values)
    return record, office.world.waiting(record), office.world.holder(record)


def test_a_typeset_result_is_signed_twice_and_carries_its_number(signing_office: Office):
    office = signing_office
    record, issuing, registrar = approve(office, text=WORDS)
    assert issuing.step_kind == "issue"
    assert not Result.objects.exists(), "signed by one is no result yet"
    number = dossier_documents.issue_signed(registrar, issuing.id, credential(office.pki.agency))
    pdf, row = content(office, record)
    assert (row.number, row.signed, row.signer) == (number, True, "Lương Trọng Hùng")
    report = signing.validate(pdf)
    assert report.valid
    assert [found.field for found in report.signatures] == ["person", "agency"]
    assert number == "1/KQ-UBND"
    assert b"01" in signing_values(pdf)
    assert selectors.dossier(office.world.clerk, record).state == "finished"


def signing_values(pdf: bytes) -> list[bytes]:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        fields = document.Root.AcroForm.Fields
        return [str(field.V).encode() for field in fields if field.get("/FT") == "/Tx"]


def test_a_finished_pdf_is_signed_as_it_is(signing_office: Office):
    office = signing_office
    record, item, actor = approving(office)
    file = files.store(actor, name="giay-xac-nhan.pdf", content=paper(2)).id
    dossier_documents.approve_signed(actor, item, credential(office.pki.chair), file=file, name="Giấy xác nhận")
    registrar, issuing = office.world.holder(record), office.world.waiting(record).id
    dossier_documents.issue_signed(registrar, issuing, credential(office.pki.agency))
    pdf, row = content(office, record)
    assert row.name == "Giấy xác nhận"
    assert signing.validate(pdf).valid
    # What the citizen gets is the sealed file itself, byte by byte.
    assert hashlib.sha256(pdf).hexdigest() == file_selectors.info(office.world.clerk, row.file).sha256


@refuses("dossier.approve_signed")
def test_what_is_refused_approves_nothing(signing_office: Office):
    office = signing_office
    record, item, actor = approving(office)
    with pytest.raises(Forbidden):
        dossier_documents.approve_signed(office.world.clerk, item, credential(office.pki.chair), text=WORDS)
    with pytest.raises(Invalid) as refused:
        dossier_documents.approve_signed(actor, item, credential(office.pki.chair))
    assert [problem.field for problem in refused.value.problems] == ["text"]
    picture = files.store(actor, name="a.xml", content=b"<a/>").id
    with pytest.raises(Invalid):
        dossier_documents.approve_signed(actor, item, credential(office.pki.chair), file=picture)
    assert office.world.waiting(record).id == item
    assert not SignedResult.objects.exists()


@refuses("dossier.issue_signed")
def test_a_seal_needs_the_approvers_signature_and_an_original_needs_the_seal(signing_office: Office):
    office = signing_office
    record, item, actor = approving(office)
    services.approve(actor, item)
    issuing, registrar = office.world.waiting(record), office.world.holder(record)
    with pytest.raises(WrongState):
        dossier_documents.issue_signed(registrar, issuing.id, credential(office.pki.agency))
    with pytest.raises(NotFound):
        dossier_documents.issue_signed(office.official, issuing.id, credential(office.pki.agency))
    services.issue_result(registrar, issuing.id, ResultInput(text="Bản giấy"))
    assert not Result.objects.get(dossier=record).signed
    _other, issuing, registrar = approve(office, text=WORDS)
    with pytest.raises(WrongState):
        services.issue_result(registrar, issuing.id, ResultInput(text="Không dấu"))
    assert Result.objects.count() == 1


def test_work_sent_back_voids_the_signed_paper(signing_office: Office):
    office = signing_office
    record, issuing, registrar = approve(office, text=WORDS)
    from congvu.engines.workflow import selectors as work

    back = next(step for step in work.path(record) if step.state == "done" and step.name)
    services.send_back(registrar, issuing.id, to=back.node, reason="Sai họ tên")
    assert SignedResult.objects.get(dossier=record).void_at is not None
