"""Sao y, sao lục, trích sao: lawful directions, one series, the agency's signature, the paper (NĐ 30 Điều 25–27)."""

from __future__ import annotations

import io
import subprocess
from uuid import UUID, uuid4

import pytest

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.models import Copy, Link
from congvu.domains.documents.types import CopyInput, Forwarding
from congvu.engines.signing import services as signing
from congvu.engines.signing.errors import CertificateRefused
from congvu.engines.signing.models import Certificate
from congvu.ground.files import services as files
from congvu.ground.numbering.models import Number
from congvu.ground.records.models import Record
from tests.domains.documents.office import Office
from tests.domains.documents.papers import pdf, uploaded
from tests.engines.signing.pki import credential
from tests.engines.signing.test_batches import Token
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def scan(office: Office) -> UUID:
    """A scan of a paper: one blank A4 page."""
    import pikepdf

    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    made.save(out)
    return files.upload(office.clerk, name="ban-quet.pdf", stream=io.BytesIO(out.getvalue())).id


def paper(office: Office) -> UUID:
    """A document that came on paper and was registered with its scan."""
    return office.register(Forwarding(leader=office.position(":chair:1")), files=(scan(office),)).record_id


def issued(office: Office) -> UUID:
    record = office.draft()
    office.to_signature(record)
    office.sign(record)
    office.issue(record)
    return record


def make(office: Office, source: UUID, form: str, to: str, **values) -> UUID:
    given = {"signer_position": office.position(":chair:1")} if to == "paper" else {}
    key = office.certificate("agency") if to == "electronic" else None
    made = services.copy(office.clerk, source, CopyInput(form, to, **{**given, **values}), key, key=uuid4().hex)
    if key is not None:
        (item,) = signing.finish_batch(office.clerk, hold_seal(office, made)).items
        assert item.state == "signed", item.reason
    return made


def hold_seal(office: Office, made: UUID) -> UUID:
    """Sealed by the key, not finished yet. Returns the batch."""
    batch = services.seal_copy(office.clerk, office.certificate("agency"), made)
    signing.hold_signatures(office.clerk, batch, credential(office.pki.agency))
    return batch


def bytes_of(office: Office, record: UUID) -> bytes:
    return files.open_file(office.clerk, Copy.objects.get(record=record).content).path.read_bytes()


def text_of(pdf: bytes) -> str:
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


def test_a_paper_becomes_an_electronic_sao_y_signed_by_the_agency_alone(signing_office: Office):
    office = signing_office
    source = paper(office)
    made = make(office, source, "SY", "electronic")
    report = signing.validate(bytes_of(office, made), online=False)
    assert [(s.field, s.integrity, s.signer) for s in report.signatures] == [
        ("agency", True, "Ủy ban nhân dân xã Yên Khê")
    ]
    (view,) = selectors.copies_of(office.clerk, source)
    assert (view.code, view.form_label, view.medium_label, view.origin, view.pages, view.signer) == (
        "01/SY-UBND", "Sao y", "Bản điện tử", "paper", 1, "",
    )  # fmt: skip
    assert view.title == "Sao y 1284/SNV-TCBC: V/v báo cáo biên chế năm 2026"
    link = Link.objects.get(relation="copy")
    assert (link.source_id, link.target_id) == (made, source)
    assert [link.label for link in selectors.incoming(office.clerk, source).links] == ["Có bản sao"]


def test_the_mark_of_a_turned_scan_stands_in_the_corner_that_people_see(signing_office: Office):
    """A landscape scan kept upright and shown turned clockwise: its corner lies at the sheet's upper left."""
    office = signing_office
    file = uploaded(office.clerk, pdf("ngang", turned=90), "ban-quet.pdf")
    source = office.register(Forwarding(leader=office.position(":chair:1")), files=(file,)).record_id
    zone = signing.blank_zones(bytes_of(office, make(office, source, "SY", "electronic")))["agency"]
    assert (zone.page, round(zone.x), round(zone.y), zone.w, zone.h) == (1, 6, 15, 12, 80)


def test_an_electronic_original_becomes_a_sao_y_on_paper(signing_office: Office):
    office = signing_office
    made = make(office, issued(office), "SY", "paper", recipients=("Như trên", "Lưu: VT"))
    shown = text_of(bytes_of(office, made))
    for words in ("SAO Y", "01/SY-UBND", "ngày 19 tháng 11 năm 2026", "Lương Trọng Hùng", "Lưu: VT"):
        assert words in shown, shown


def test_copies_of_all_forms_share_one_series(signing_office: Office):
    office = signing_office
    source = paper(office)
    first = make(office, source, "SY", "paper")
    make(office, first, "SL", "electronic")
    make(office, source, "TrS", "electronic", file=scan(office))
    book = selectors.copy_book(office.clerk, selectors.book_of(office.clerk).id, year=2026)
    assert [row.code for row in book] == ["01/SY-UBND", "02/SL-UBND", "03/TrS-UBND"]
    assert Number.objects.filter(counter__series="out:xa-yen-khe:copies").count() == 3


def test_the_same_key_makes_one_copy(signing_office: Office):
    office, key = signing_office, uuid4().hex
    source, given = paper(office), CopyInput("SY", "paper", signer_position=office.position(":chair:1"))
    assert len({services.copy(office.clerk, source, given, key=key) for _ in range(2)}) == 1
    assert Copy.objects.count() == 1


@refuses("document.copy")
def test_what_the_decree_does_not_know_is_refused(signing_office: Office):
    office = signing_office
    electronic, on_paper = issued(office), paper(office)
    true_copy = make(office, on_paper, "SY", "paper")
    before = (Copy.objects.count(), Record.objects.count(), Number.objects.count())
    for source, form, to, field in (
        (electronic, "SY", "electronic", "to"),
        (electronic, "SL", "paper", "form"),
        (on_paper, "SL", "electronic", "form"),
        (true_copy, "SY", "electronic", "form"),
        (true_copy, "TrS", "paper", "form"),
        (electronic, "TrS", "electronic", "pages"),
        (on_paper, "XX", "paper", "form"),
    ):
        with pytest.raises(Invalid) as refused:
            make(office, source, form, to)
        assert [problem.field for problem in refused.value.problems] == [field], (form, to)
    for values, to, field in (({"signer_position": None}, "paper", "signer"), ({}, "electronic", "key")):
        with pytest.raises(Invalid) as refused:
            services.copy(office.clerk, on_paper, CopyInput("SY", to, **values), key=uuid4().hex)
        assert [problem.field for problem in refused.value.problems] == [field]
    with pytest.raises(WrongState):
        make(office, office.draft(), "SY", "paper")
    for actor, error in ((office.chair, Forbidden), (office.official, Forbidden)):
        with pytest.raises(error):
            services.copy(actor, on_paper, CopyInput("SY", "paper"), key=uuid4().hex)
    with pytest.raises(NotFound):
        services.copy(office.clerk, uuid4(), CopyInput("SY", "paper"), key=uuid4().hex)
    # The draft is one more record.
    assert (Copy.objects.count(), Record.objects.count() - 1, Number.objects.count()) == before


@refuses("document.copy")
def test_only_the_certificate_of_the_own_agency_seals_an_electronic_copy(signing_office: Office):
    office = signing_office
    source = paper(office)
    before = Record.objects.count(), Number.objects.count()
    given = CopyInput("SY", "electronic")
    for certificate in (office.certificate("chair"), of_another_agency(office)):
        with pytest.raises(CertificateRefused) as refused:
            services.copy(office.clerk, source, given, certificate, key="1")
        assert refused.value.code == "not_yours"
    with pytest.raises(NotFound):
        services.copy(office.clerk, source, given, 10**9, key="1")
    assert (Record.objects.count(), Number.objects.count(), Copy.objects.count()) == (*before, 0)


def of_another_agency(office: Office) -> int:
    key = office.certificate("agency")
    Certificate.objects.filter(id=key).update(unit=office.world.made.units["xa-dong-lam"])
    return key


def test_before_its_seal_is_finished_it_is_no_copy(signing_office: Office):
    office = signing_office
    source = paper(office)
    made = services.copy(office.clerk, source, CopyInput("SY", "electronic"), office.certificate("agency"), key="1")
    (view,) = selectors.copies_of(office.clerk, source)
    assert (view.code, view.sealed) == ("01/SY-UBND", False)
    with pytest.raises(WrongState):
        selectors.copy_source(office.clerk, made)
    batch = hold_seal(office, made)
    with pytest.raises(Conflict):
        hold_seal(office, made)
    assert not selectors.copy_of(office.clerk, made).sealed
    assert signing.finish_batch(office.clerk, batch).signed == 1
    view = selectors.copy_of(office.clerk, made)
    assert (view.sealed, view.code, view.pages) == (True, "01/SY-UBND", 1)
    assert selectors.copy_source(office.clerk, made).ways[0][0] == "SL"
    with pytest.raises(WrongState):
        hold_seal(office, made)
    with pytest.raises(NotFound):
        services.seal_copy(office.official, office.certificate("agency"), made)


def test_a_seal_that_fails_is_given_again_under_the_same_number(signing_office: Office):
    office = signing_office
    made = services.copy(
        office.clerk, paper(office), CopyInput("SY", "electronic"), office.certificate("agency"), key="1"
    )
    batch = services.seal_copy(office.clerk, office.certificate("agency"), made)
    outcome = signing.hold_signatures(office.clerk, batch, Token(credential(office.pki.agency), 0))
    assert (outcome.held, outcome.code) == (0, "device_gone")
    signing.finish_batch(office.clerk, hold_seal(office, made))
    assert selectors.copy_of(office.clerk, made).code == "01/SY-UBND"
    assert selectors.copy_of(office.clerk, made).sealed
    assert Number.objects.filter(counter__series="out:xa-yen-khe:copies").count() == 1


def test_statements_of_the_lists(signing_office: Office, django_assert_num_queries):
    office = signing_office
    clerk = office.clerk
    source = paper(office)
    make(office, source, "SY", "paper")
    by = selectors.book_of(office.clerk).id
    with django_assert_num_queries(1):
        assert len(selectors.copies_of(clerk, source)) == 1
    with django_assert_num_queries(1):
        assert len(selectors.copy_book(clerk, by, year=2026)) == 1
