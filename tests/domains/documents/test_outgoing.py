"""From a draft to an original: versions, initials, two signatures, one number (NĐ 30/2020 Điều 10–19)."""

from __future__ import annotations

import io
import subprocess
from datetime import datetime
from uuid import uuid4

import pytest
import time_machine

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import Secret, WrongState
from congvu.domains.documents.models import Outgoing, Recipient, Version
from congvu.domains.documents.types import DraftInput, RecipientInput, ToIssue, ToSign
from congvu.engines.signing import services as signing
from congvu.engines.signing.errors import CertificateRefused
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry
from congvu.ground.files import services as files
from congvu.ground.numbering.models import Number
from congvu.ground.records.models import Record
from tests.domains.documents.office import Office
from tests.engines.signing.pki import credential
from tests.engines.signing.test_batches import Token
from tests.marks import refuses

pytestmark = pytest.mark.django_db
PAPER = RecipientInput("paper", "Sở Nội vụ")


def pdf_of(office: Office, record) -> bytes:
    row = Outgoing.objects.get(record=record)
    return files.open_file(office.clerk, row.original).path.read_bytes()


def text_of(pdf: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def blanks_of(pdf: bytes) -> dict[str, str]:
    """What the blanks of a document were filled in with."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fields = [field for field in opened.Root.AcroForm.Fields if field.get("/FT") == "/Tx"]
        return {str(field.T): str(field.V) for field in fields}


def test_a_draft_becomes_an_original_with_two_valid_signatures(signing_office: Office):
    office = signing_office
    record = office.draft()
    office.to_signature(record)
    office.sign(record)
    office.issue(record)
    view = selectors.outgoing(office.clerk, record)
    assert (view.row.code, view.row.state_label, view.row.signer) == ("01/UBND-KT", "Đã phát hành", "Lương Trọng Hùng")
    pdf = pdf_of(office, record)
    report = signing.validate(pdf, online=False)
    assert [(s.field, s.integrity) for s in report.signatures] == [("person", True), ("agency", True)]
    assert [s.signer for s in report.signatures] == ["Lương Trọng Hùng", "Ủy ban nhân dân xã Yên Khê"]
    shown = text_of(pdf)
    for words in ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lương Trọng Hùng", "/UBND-KT", "Yên Khê,"):
        assert words in shown, shown
    assert blanks_of(pdf) == {"number": "01", "date": "ngày 19 tháng 11 năm 2026"}
    assert work.open_items(record) == []


def test_pdfsig_agrees(signing_office: Office, tmp_path):
    office = signing_office
    record = office.draft("QD", subject="Về việc kiện toàn Tổ công tác")
    office.to_signature(record)
    office.sign(record)
    office.issue(record)
    path = tmp_path / "original.pdf"
    path.write_bytes(pdf_of(office, record))
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid.") == 2, told


@refuses("document.draft")
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"kind": "CVX"}, "kind"),
        ({"kind": "QD", "content": {"blocks": [], "addressees": ["Sở Nội vụ"]}}, "addressees"),
        ({"content": {"blocks": [{"type": "script"}]}}, "1"),
        ({"content": {"blocks": [], "macro": 1}}, "macro"),
        ({"capacity": "TL."}, "capacity"),
        ({"secrecy": 1}, "secrecy"),
    ],
)
def test_a_wrong_draft_is_refused_and_nothing_is_kept(office: Office, values, field):
    before = (Record.objects.count(), Version.objects.count(), Entry.objects.count())
    with pytest.raises((Invalid, Secret)) as refused:
        office.draft(**values)
    assert any(field.split(".")[-1] in problem.field for problem in refused.value.problems), refused.value.problems
    assert (Record.objects.count(), Version.objects.count(), Entry.objects.count()) == before


def test_symbols_of_kinds_and_of_cong_van(office: Office):
    def symbol(kind: str) -> str:
        return Outgoing.objects.get(record=office.draft(kind)).symbol

    assert [symbol(kind) for kind in ("CV", "QD", "TTR", "QYD", "QPPL_QD")] == [
        "UBND-KT", "QĐ-UBND", "TTr-UBND", "QyĐ-UBND", "2026/QĐ-UBND",
    ]  # fmt: skip


@refuses("document.save_draft", "document.submit", "document.endorse")
def test_every_version_is_kept_and_initials_hold_for_one_version_only(office: Office):
    record = office.draft()
    official, head = office.official, office.world.staff("truongphong")
    with pytest.raises((Forbidden, NotFound)):
        services.save_draft(office.world.staff("vanhoa"), record, subject="x", content=office.content())
    with pytest.raises(WrongState):
        services.endorse(official, office.step(record).id)
    with pytest.raises(Invalid):
        services.save_draft(official, record, subject="", content=office.content())
    assert services.save_draft(official, record, subject="báo cáo", content=office.content("Hai.")) == 2
    assert services.save_draft(official, record, subject="báo cáo", content=office.content("Hai.")) == 2
    services.submit(official, office.step(record).id)
    with pytest.raises(WrongState):
        services.submit(head, office.step(record).id)
    services.endorse(head, office.step(record).id)
    office_head = office.world.staff("chanhvp")
    services.save_draft(office_head, record, subject="báo cáo", content=office.content("Ba."))
    services.endorse(office_head, office.step(record).id)
    view = selectors.outgoing(office.chair, record)
    assert [(v.n, dict(v.initials)) for v in view.versions] == [
        (3, {"layout": office_head.name}), (2, {"content": head.name}), (1, {}),
    ]  # fmt: skip
    assert (view.row.state, "sign" in view.abilities) == ("signing", True)


@refuses("signing.sign_item")
def test_signing_asks_for_both_initials_on_the_version_that_was_read(signing_office: Office):
    office = signing_office
    record = office.draft()
    office.to_signature(record)
    services.save_draft(office.chair, record, subject="báo cáo", content=office.content("Sửa."))
    entries, item = Entry.objects.count(), office.step(record).id
    with pytest.raises(Conflict):
        office.hold_signature(record, 1)
    with pytest.raises(Forbidden):
        services.open_signing(office.world.staff("chanhvp"), office.certificate("chair"), [ToSign(item, 2)])
    assert Entry.objects.count() == entries
    (refused,) = signing.batch_items(office.chair, office.hold_signature(record, 2))
    assert (refused.state, "nội dung" in refused.reason) == ("failed", True)
    row = Outgoing.objects.get(record=record)
    assert (row.original, row.signed_at) == (None, None)
    view = selectors.outgoing(office.chair, record)
    assert (view.latest.reason, "sign" in view.abilities) == (refused.reason, True)


def test_a_revoked_certificate_signs_nothing(signing_office: Office):
    office = signing_office
    record = office.draft()
    office.to_signature(record)
    with pytest.raises(CertificateRefused):
        office.sign(record, name="revoked")
    assert Outgoing.objects.get(record=record).original is None
    assert selectors.outgoing(office.chair, record).row.state == "signing"


@refuses("document.send_back")
def test_a_draft_goes_back_with_what_has_to_change(office: Office):
    record = office.draft()
    services.submit(office.official, office.step(record).id)
    head = office.world.staff("truongphong")
    with pytest.raises(Invalid):
        services.send_back_draft(head, office.step(record).id, to="soan", reason="")
    assert selectors.outgoing(head, record).row.state == "reviewing"
    services.send_back_draft(head, office.step(record).id, to="soan", reason="Bổ sung số liệu")
    (row,) = work.inbox(office.official).rows
    assert (row.record_id, selectors.outgoing(head, record).row.state) == (record, "drafting")


def test_nobody_but_the_posts_on_its_way_reads_a_draft(office: Office):
    record = office.draft()
    for login in ("chuyenmon", "truongphong", "chanhvp", "vanthu", "chutich"):
        assert selectors.outgoing(office.world.staff(login), record).id == record
    for login in ("hotich", "vanhoa", "motcua"):
        with pytest.raises(NotFound):
            selectors.outgoing(office.world.staff(login), record)


@refuses("document.drop")
def test_only_the_drafter_drops_and_every_version_stays(office: Office):
    record = office.draft()
    with pytest.raises((Forbidden, NotFound)):
        services.drop(office.world.staff("truongphong"), record, reason="x")
    with pytest.raises(Invalid):
        services.drop(office.official, record, reason=" ")
    assert len(work.open_items(record)) == 1
    services.drop(office.official, record, reason="Không cần nữa")
    assert (work.open_items(record), Version.objects.count()) == ([], 1)
    with pytest.raises(Forbidden):
        services.save_draft(office.official, record, subject="x", content=office.content())


@refuses("document.number")
def test_a_number_is_given_once_and_waits_for_a_sealing_that_failed(signing_office: Office):
    office = signing_office
    record = office.draft("QD")
    office.to_signature(record)
    with pytest.raises((Forbidden, WrongState)):
        services.number(office.clerk, office.step(record).id)
    office.sign(record)
    item = office.step(record).id
    with pytest.raises(Forbidden):
        services.number(office.chair, item)
    seal = office.certificate("agency")
    with pytest.raises(CertificateRefused):
        services.open_issuing(office.clerk, office.certificate("expired"), [ToIssue(item, [PAPER])])
    for to in ([], [RecipientInput("exchange", "Sở Nội vụ")]):
        with pytest.raises(Invalid):
            services.open_issuing(office.clerk, seal, [ToIssue(item, to)])
    assert Number.objects.filter(record=record).count() == 0
    batch = services.open_issuing(office.clerk, seal, [ToIssue(item, [PAPER])])
    pulled = signing.hold_signatures(office.clerk, batch, Token(credential(office.pki.agency), 0))
    assert (pulled.code, selectors.outgoing(office.clerk, record).row.code) == ("device_gone", "01/QĐ-UBND")
    assert (Recipient.objects.count(), selectors.outgoing(office.clerk, record).row.state) == (0, "issuing")
    assert services.number(office.clerk, item) == "01/QĐ-UBND"
    office.issue(record)
    assert Number.objects.filter(record=record).count() == 1
    other = office.draft("QD")
    office.to_signature(other)
    office.sign(other)
    assert services.number(office.clerk, office.step(other).id) == "02/QĐ-UBND"


def test_signed_on_the_last_day_and_issued_in_the_new_year_takes_the_new_years_number(signing_office: Office):
    office = signing_office
    with time_machine.travel(datetime(2026, 12, 31, 16, tzinfo=VN), tick=False):
        record = office.draft("QD")
        office.to_signature(record)
        office.sign(record)
    with time_machine.travel(datetime(2027, 1, 4, 8, tzinfo=VN), tick=False):
        services.number(office.clerk, office.step(record).id)
    row = Outgoing.objects.get(record=record)
    assert (row.number, row.number_year, row.issued_on.isoformat()) == (1, 2027, "2027-01-04")


def test_series_follow_the_scheme_of_the_agency_and_normative_documents_have_their_own(office: Office):
    from congvu.domains.documents.issuers import issuer, series
    from congvu.domains.documents.models import Issuer

    def of(*kinds: str) -> list[str]:
        by = issuer("xa-yen-khe")
        return [series(by, selectors.kind(key)) for key in kinds]

    assert of("CV", "QD", "QPPL_QD", "SY", "SL") == [
        "out:xa-yen-khe:CV", "out:xa-yen-khe:QD", "out:xa-yen-khe:QPPL_QD", "out:xa-yen-khe:copies",
        "out:xa-yen-khe:copies",
    ]  # fmt: skip
    Issuer.objects.filter(key="xa-yen-khe").update(series="one")
    assert of("CV", "QD", "QPPL_QD") == ["out:xa-yen-khe", "out:xa-yen-khe", "out:xa-yen-khe:QPPL_QD"]
    Issuer.objects.filter(key="xa-yen-khe").update(series="groups", groups=[["QD", "CT"], ["CV"]])
    assert of("QD", "CT", "CV", "BC") == [
        "out:xa-yen-khe:g1", "out:xa-yen-khe:g1", "out:xa-yen-khe:g2", "out:xa-yen-khe",
    ]  # fmt: skip


def test_the_stand_in_signs_with_the_own_post_for_the_head(signing_office: Office):
    from congvu.ground.orgs import selectors as orgs

    office = signing_office
    record = office.draft("QD")
    office.to_signature(record)
    stand_in = orgs.staff_actor(office.world.made.users["phochutich"], office.position(":chair:1"))
    office.sign(record, actor=stand_in, name="ending")
    shown = text_of(files.open_file(office.clerk, Outgoing.objects.get(record=record).original).path.read_bytes())
    assert "KT. CHỦ TỊCH" in shown
    assert "PHÓ CHỦ TỊCH" in shown
    assert stand_in.name in shown
    office.issue(record)
    assert [s.integrity for s in signing.validate(pdf_of(office, record), online=False).signatures] == [True, True]


@refuses("document.set_picture")
def test_pictures_are_small_transparent_pngs_of_the_own_hand(office: Office):
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "JPEG")
    me = office.official
    for content in (out.getvalue(), b"x" * 1_000_001, b"<svg/>"):
        with pytest.raises(Invalid):
            services.set_picture(me, content, user=me.user_id)
    with pytest.raises(Forbidden):
        services.set_picture(me, b"", user=office.chair.user_id)
    with pytest.raises(Forbidden):
        services.set_picture(me, b"", issuer=selectors.book_of(me).id)


def test_a_reply_is_linked_to_what_it_answers_from_both_ends(office: Office):
    incoming = office.register().record_id
    services.direct(office.chair, incoming, [office.lead()])
    record = office.draft(reply_to=incoming)
    (back,) = selectors.incoming(office.chair, incoming).links
    assert (back.record_id, back.relation, back.outward) == (record, "reply", False)
    with pytest.raises(NotFound):
        services.draft(
            office.world.staff("vanhoa"),
            DraftInput("CV", "x", office.content(), reply_to=incoming), key=uuid4().hex,
        )  # fmt: skip


def test_lists_read_one_statement_whatever_the_number(office: Office, django_assert_num_queries):
    me = office.official
    for number in range(1, 4):
        office.draft("QD")
        with django_assert_num_queries(1):
            assert len(selectors.outgoing_list(me, selectors.OutgoingQuery(view="du-thao")).rows) == number
    page = selectors.outgoing_list(me, selectors.OutgoingQuery(), limit=2)
    rest = selectors.outgoing_list(me, selectors.OutgoingQuery(), limit=2, after=page.next)
    assert len({row.id for row in (*page.rows, *rest.rows)}) == 3


def test_a_draft_is_shown_with_a_watermark_that_the_signed_file_does_not_have(signing_office: Office):
    office = signing_office
    record = office.draft()
    assert "DỰ" in text_of(selectors.draft_pdf(office.official, record))
    office.to_signature(record)
    office.sign(record)
    assert "DỰ" not in text_of(pdf_of(office, record))
