"""Annexes that are files of their own: part of the version, signed by the agency with the document, issued with it."""

from __future__ import annotations

import io
import subprocess
from uuid import UUID

import pikepdf
import pytest

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import TextChanged, WrongState
from congvu.domains.documents.models import IssuedAnnex, Outgoing, Version
from congvu.domains.documents.types import AnnexInput, AnnexPlace, RecipientInput, ToIssue
from congvu.engines.signing import services as signing
from congvu.engines.typeset import services as typeset
from congvu.ground.files import selectors as filed
from congvu.ground.files import services as files
from congvu.ground.files.types import Purpose
from tests.domains.documents.office import Office
from tests.domains.documents.papers import docx, locked_pdf, pdf, uploaded, xlsx
from tests.engines.signing.pki import credential
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def attached(office: Office, record: UUID, title: str = "Biểu số liệu", content: bytes | None = None) -> UUID:
    file = uploaded(office.official, content or pdf(title))
    services.attach_annex(office.official, record, AnnexInput(file, title))
    return file


def shown(office: Office, record: UUID) -> list[tuple[str, str, bool]]:
    view = selectors.outgoing(office.clerk, record)
    return [(one.label, one.title, one.signed) for one in selectors.annexes_of(view)]


def test_files_are_part_of_the_version_and_void_its_initials(office: Office):
    record = office.draft()
    services.submit(office.official, office.step(record).id)
    head = office.world.staff("truongphong")
    services.endorse(head, office.step(record).id)
    before = selectors.outgoing(office.clerk, record)
    assert set(before.current.initials) == {"content"}
    chief = office.world.staff("chanhvp")
    file = uploaded(chief, pdf())
    assert services.attach_annex(chief, record, AnnexInput(file, " Biểu  số liệu "), base=1).version == 2
    view = selectors.outgoing(office.clerk, record)
    assert (view.current.n, dict(view.current.initials), view.current.digest != before.current.digest) == (2, {}, True)
    assert shown(office, record) == [("Phụ lục", "Biểu số liệu", False)]
    (one,) = selectors.annexes_of(view)
    assert (one.file, one.pages, one.type) == (file, 1, "application/pdf")
    assert selectors.annexes_of(view, before.current.content) == ()
    info = filed.info(office.clerk, file)
    assert (info.purpose, info.locked_at is not None, info.record_id) == (Purpose.DRAFT, True, record)
    changed = selectors.changes(office.clerk, record, before=1, after=2)
    assert [piece.text for piece in changed if piece.kind == "added"] == ["\nPhụ lục: Biểu số liệu (bieu.pdf)"]


def test_a_new_text_keeps_the_files_and_two_annexes_take_roman_numbers(office: Office):
    record = office.draft()
    attached(office, record, "Danh sách")
    attached(office, record, "Dự toán")
    sheet = uploaded(office.official, xlsx(), "bieu.xlsx")
    services.attach_annex(office.official, record, AnnexInput(sheet, "Bảng tính", along=True))
    services.save_draft(office.official, record, subject="báo cáo khác", content=office.content("Chữ khác."))
    assert shown(office, record) == [
        ("Phụ lục I", "Danh sách", False), ("Phụ lục II", "Dự toán", False), ("Tệp kèm theo", "Bảng tính", False),
    ]  # fmt: skip
    assert "annex_mention" in {found.code for found in selectors.draft_findings(office.official, record)}
    content = office.content("Số liệu tại các Phụ lục kèm theo.", addressees=["Sở Nội vụ"])
    services.save_draft(office.official, record, subject="báo cáo khác", content=content)
    assert "annex_mention" not in {found.code for found in selectors.draft_findings(office.official, record)}


def test_order_titles_and_leaving_out_make_a_version_and_the_same_again_none(office: Office):
    record = office.draft()
    first, second = attached(office, record, "Danh sách"), attached(office, record, "Dự toán")
    same = [AnnexPlace(first, "Danh sách"), AnnexPlace(second, "Dự toán")]
    assert services.arrange_annexes(office.official, record, same, base=3) == 3
    turned = [AnnexPlace(second, "Dự toán năm 2027"), AnnexPlace(first, "Danh sách")]
    assert services.arrange_annexes(office.official, record, turned, base=3) == 4
    assert [title for _label, title, _signed in shown(office, record)] == ["Dự toán năm 2027", "Danh sách"]
    assert services.arrange_annexes(office.official, record, turned[1:], base=4) == 5
    assert shown(office, record) == [("Phụ lục", "Danh sách", False)]
    earlier = Version.objects.get(outgoing=record, n=4).content
    assert len(selectors.annexes_of(selectors.outgoing(office.clerk, record), earlier)) == 2


@refuses("document.attach_annex", "document.arrange_annexes")
def test_who_may_not_and_what_is_stale_is_refused_and_nothing_moves(office: Office):
    record = office.draft()
    file = attached(office, record)
    chair, head = office.chair, office.world.staff("truongphong")
    for call in (
        lambda: services.attach_annex(chair, record, AnnexInput(uploaded(chair, pdf("x")), "Biểu")),
        lambda: services.arrange_annexes(head, record, []),
    ):
        with pytest.raises((Forbidden, NotFound)):
            call()
    with pytest.raises(NotFound):
        services.attach_annex(office.official, record, AnnexInput(uploaded(head, pdf("y")), "Biểu"))
    with pytest.raises(TextChanged):
        services.arrange_annexes(office.official, record, [], base=1)
    with pytest.raises(Conflict):
        services.attach_annex(
            office.official, record, AnnexInput(uploaded(office.official, pdf("z")), "Biểu"), version=0
        )
    for places in ([AnnexPlace(file, "A"), AnnexPlace(file, "B")], [AnnexPlace(record, "A")]):
        with pytest.raises(NotFound):
            services.arrange_annexes(office.official, record, places)
    with pytest.raises(Invalid) as refused:
        services.arrange_annexes(office.official, record, [AnnexPlace(file, " ")])
    assert [problem.field for problem in refused.value.problems] == [f"title-{file}"]
    assert (Version.objects.filter(outgoing=record).count(), len(shown(office, record))) == (2, 1)
    assert len(filed.files_of(record)) == 1


def signed_pdf(office: Office) -> bytes:
    zone = typeset.annex_corner(pdf("ký rồi")).zone
    prepared = signing.prepare(pdf("ký rồi"), signatures={"one": zone}, texts={})
    return signing.sign(prepared, field="one", credential=credential(office.pki.agency)).pdf


def test_what_cannot_be_an_annex_is_refused_in_words(signing_office: Office, monkeypatch):
    office = signing_office
    record = office.draft()
    attached(office, record, content=pdf("có rồi"))
    cases = [
        (AnnexInput(uploaded(office.official, signed_pdf(office)), "A"), "annex_file", "đã có chữ ký số"),
        (AnnexInput(uploaded(office.official, pdf("có rồi")), "A"), "annex_file", "đã có trong dự thảo"),
        (AnnexInput(uploaded(office.official, xlsx(), "b.xlsx"), "A"), "annex_file", "PDF hoặc .docx"),
        (AnnexInput(uploaded(office.official, pdf("b")), "A", along=True), "annex_file", "PDF là phụ lục"),
        (AnnexInput(uploaded(office.official, pdf("c", w=40, h=30)), "A"), "annex_file", "quá nhỏ"),
        (AnnexInput(uploaded(office.official, pdf("d")), "  "), "annex_title", "Ghi tên"),
        (AnnexInput(uploaded(office.official, pdf("e")), "x" * 201), "annex_title", "200"),
    ]
    for given, field, words in cases:
        with pytest.raises(Invalid, match=words) as refused:
            services.attach_annex(office.official, record, given)
        assert [problem.field for problem in refused.value.problems] == [field]
    for content, name in ((locked_pdf(), "khoa.pdf"), (pdf()[:200], "hong.pdf"), (b"x", "a.exe")):
        with pytest.raises(Invalid):
            uploaded(office.official, content, name)
    monkeypatch.setattr("congvu.domains.documents.services.annexing.MOST_BYTES", 1000)
    with pytest.raises(Invalid, match="giảm dung lượng"):
        services.attach_annex(office.official, record, AnnexInput(uploaded(office.official, pdf("to")), "A"))
    assert (Version.objects.filter(outgoing=record).count(), len(filed.files_of(record))) == (2, 1)


def test_a_file_a_word_processor_wrote_with_two_tables_is_written_anew_and_taken(office: Office, monkeypatch):
    """What signing cannot add to (hybrid references) has its tables rebuilt; the pages stay."""
    from congvu.domains.documents.services import annexing
    from congvu.engines.signing.errors import PdfRefused

    real, tried = annexing.signing.prepare, []

    def strict(content: bytes, **given):
        tried.append(content)
        if len(tried) == 1:
            raise PdfRefused("PDF bị hỏng", "broken")
        return real(content, **given)

    monkeypatch.setattr(annexing.signing, "prepare", strict)
    record = office.draft()
    file = attached(office, record)
    (one,) = selectors.annexes_of(selectors.outgoing(office.clerk, record))
    assert (len(tried), one.file != file, one.pages, one.title) == (2, True, 1, "Biểu số liệu")
    assert {info.id for info in filed.files_of(record)} == {file, one.file}


def test_annexes_are_signed_in_the_corner_with_number_and_time_and_go_out_with_the_document(signing_office: Office):
    office = signing_office
    record = office.draft("QD")
    attached(office, record, "Danh sách", pdf("một"))
    attached(office, record, "Dự toán", pdf("hai", turned=90))
    sheet = uploaded(office.official, xlsx(), "Bảng tính.xlsx")
    services.attach_annex(office.official, record, AnnexInput(sheet, "Bảng tính", along=True))
    office.to_signature(record)
    office.sign(record, 4)
    with pytest.raises((WrongState, Forbidden)):
        services.arrange_annexes(office.clerk, record, [])
    batch = office.hold_seal(record, RecipientInput("paper", "Sở Nội vụ"))
    items = signing.finish_batch(office.clerk, batch).items
    assert [(str(item.state), item.reason) for item in items] == [("signed", "")] * 3
    assert [item.more.get("name", "") for item in items] == ["Phụ lục I", "Phụ lục II", ""]
    view = selectors.outgoing(office.clerk, record)
    assert (view.row.state, view.row.code) == ("issued", "01/QĐ-UBND")
    found = selectors.annexes_of(view)
    assert [(one.label, one.signed, one.sealed) for one in found] == [
        ("Phụ lục I", True, True), ("Phụ lục II", True, True), ("Tệp kèm theo", False, False),
    ]  # fmt: skip
    assert found == selectors.issued_files(record)
    for one in found[:2]:
        content = files.open_file(office.clerk, one.file).path.read_bytes()
        (report,) = signing.validate(content, online=False).signatures
        assert (report.integrity, report.covers_whole_file) == (True, True)
        zone = signing.blank_zones(content)["agency"]
        assert (zone.page, zone.w, zone.h) == ((1, 80, 12) if one.label == "Phụ lục I" else (1, 12, 80))
    names = {info.id: (info.name, info.label, str(info.purpose)) for info in filed.files_of(record)}
    assert [names[one.file] for one in found] == [
        ("phu-luc-1.pdf", "Phụ lục I: Danh sách", "document"),
        ("phu-luc-2.pdf", "Phụ lục II: Dự toán", "document"),
        ("tep-kem-theo-3.xlsx", "Tệp kèm theo: Bảng tính", "document"),
    ]


def test_without_its_annex_a_document_is_not_issued_and_the_next_try_signs_only_what_is_missing(
    signing_office: Office, monkeypatch
):
    from congvu.domains.documents.services import sealing_annexes

    office = signing_office
    record = office.draft("QD")
    attached(office, record, "Danh sách", pdf("một"))
    attached(office, record, "Dự toán", pdf("hai"))
    office.to_signature(record)
    office.sign(record, 3)
    real = sealing_annexes.paper_to_seal

    def broken(actor, row, item):
        if item.more["name"] == "Phụ lục II":
            raise Conflict("Tệp không đọc được.")
        return real(actor, row, item)

    with monkeypatch.context() as patched:
        patched.setattr(sealing_annexes, "paper_to_seal", broken)
        batch = office.hold_seal(record)
        items = signing.finish_batch(office.clerk, batch).items
    assert [(str(item.state), item.reason) for item in items] == [
        ("signed", ""),
        ("failed", "Tệp không đọc được."),
        ("failed", "Phụ lục II chưa được ký số nên văn bản chưa phát hành được. Hãy phát hành lại."),
    ]
    view = selectors.outgoing(office.clerk, record)
    assert (view.row.state, view.recipients, view.row.code) == ("issuing", (), "01/QĐ-UBND")
    assert [one.signed for one in selectors.annexes_of(view)] == [True, False]
    again = signing.finish_batch(office.clerk, office.hold_seal(record)).items
    assert [str(item.state) for item in again] == ["signed", "signed"]
    assert (Outgoing.objects.get(record=record).number, IssuedAnnex.objects.count()) == (1, 2)
    assert selectors.outgoing(office.clerk, record).row.state == "issued"


def test_an_annex_signed_meanwhile_is_not_signed_twice(signing_office: Office, monkeypatch):
    from congvu.domains.documents.services import batches

    office = signing_office
    record = office.draft("QD")
    attached(office, record, "Danh sách")
    office.to_signature(record)
    office.sign(record, 2)
    chosen = [ToIssue(office.step(record).id, (RecipientInput("paper", "Sở Nội vụ"),))]
    late = services.open_issuing(office.clerk, office.certificate("agency"), chosen)
    with monkeypatch.context() as patched:
        patched.setattr(batches, "paper_to_seal", lambda *_given: (_ for _ in ()).throw(Conflict("Không đọc được.")))
        first = signing.finish_batch(office.clerk, office.hold_seal(record)).items
    assert [str(item.state) for item in first] == ["signed", "failed"]
    signing.hold_signatures(office.clerk, late, credential(office.pki.agency))
    items = signing.finish_batch(office.clerk, late).items
    assert [(str(item.state), item.reason) for item in items] == [
        ("changed", "Phụ lục này đã được ký số."), ("signed", ""),
    ]  # fmt: skip
    assert (IssuedAnnex.objects.count(), selectors.outgoing(office.clerk, record).row.state) == (1, "issued")


def test_a_file_nobody_has_scanned_is_not_signed_where_there_is_a_scanner(signing_office: Office, settings):
    office = signing_office
    settings.CLAMD_SOCKET = "/nowhere"
    record = office.draft("QD")
    attached(office, record)
    office.to_signature(record)
    office.sign(record, 2)
    items = signing.finish_batch(office.clerk, office.hold_seal(record)).items
    assert [str(item.state) for item in items] == ["failed", "failed"]
    assert "kiểm tra" in items[0].reason or "quét" in items[0].reason
    assert selectors.outgoing(office.clerk, record).row.state == "issuing"


def test_the_files_cost_one_statement_and_only_where_there_are_some(signing_office: Office, django_assert_num_queries):
    office = signing_office
    record = office.draft("QD")
    view = selectors.outgoing(office.clerk, record)
    with django_assert_num_queries(0):
        assert selectors.annexes_of(view) == ()
    for n in range(3):
        attached(office, record, f"Biểu {n}", pdf(str(n)))
    office.to_signature(record)
    office.sign(record, 4)
    view = selectors.outgoing(office.clerk, record)
    with django_assert_num_queries(1):
        assert len(selectors.annexes_of(view)) == 3


def test_bytes_of_the_signed_annex_begin_with_those_the_signer_read(signing_office: Office):
    """Signing only adds: what was shown to the signer is the beginning of what is issued."""
    office = signing_office
    record = office.draft("QD")
    file = attached(office, record)
    office.to_signature(record)
    office.sign(record, 2)
    signing.finish_batch(office.clerk, office.hold_seal(record))
    (one,) = selectors.issued_files(record)
    read = files.open_file(office.official, file).path.read_bytes()
    assert io.BytesIO(files.open_file(office.clerk, one.file).path.read_bytes()).read(len(read)) == read


def read(office: Office, file: UUID) -> str:
    path = files.open_file(office.official, file, accept_unscanned=True).path
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True)
    return " ".join(told.stdout.split())


def test_a_word_file_is_set_in_the_layout_of_an_annex_and_anew_when_its_number_changes(office: Office):
    """NĐ 30/2020 Phụ lục I mục III.1: "Phụ lục I", title, the line of reference with number and date left blank."""
    record = office.draft("QD")
    first = uploaded(office.official, docx("1. Hộ ông An", "2. Hộ bà Bình"), "Danh sách hộ.docx")
    added = services.attach_annex(office.official, record, AnnexInput(first, "Danh sách hộ được hỗ trợ"))
    (one,) = selectors.annexes_of(selectors.outgoing(office.clerk, record))
    assert (added.version, one.source, one.name, one.type) == (2, first, "Danh sách hộ.pdf", "application/pdf")
    said = read(office, one.file)
    assert said.startswith("Phụ lục DANH SÁCH HỘ ĐƯỢC HỖ TRỢ (Kèm theo Quyết định số")
    assert ("/QĐ-UBND ngày tháng năm của" in said, "Hộ ông An" in said) == (True, True)
    second = uploaded(office.official, docx("Bảng ngang", landscape=True), "Dự toán.docx")
    services.attach_annex(office.official, record, AnnexInput(second, "Dự toán"))
    before = selectors.annexes_of(selectors.outgoing(office.clerk, record))
    assert [read(office, one.file).split(" DANH")[0].split(" DỰ")[0] for one in before] == ["Phụ lục I", "Phụ lục II"]
    with pikepdf.open(files.open_file(office.official, before[1].file).path) as made:
        assert [round(float(side) * 25.4 / 72) for side in made.pages[0].mediabox[2:]] == [297, 210]
    turned = [AnnexPlace(before[1].kept, "Dự toán"), AnnexPlace(before[0].kept, "Danh sách hộ được hỗ trợ")]
    services.arrange_annexes(office.official, record, turned)
    after = selectors.annexes_of(selectors.outgoing(office.clerk, record))
    assert [read(office, one.file)[:18] for one in after] == ["Phụ lục I DỰ TOÁN ", "Phụ lục II DANH SÁ"]
    assert [one.source for one in after] == [second, first]
    services.arrange_annexes(office.official, record, [AnnexPlace(after[1].kept, "Danh sách mới")])
    (last,) = selectors.annexes_of(selectors.outgoing(office.clerk, record))
    assert read(office, last.file).startswith("Phụ lục DANH SÁCH MỚI (Kèm")
    assert len(filed.files_of(record)) == 2 + 3 + 2 + 1


def test_a_broken_word_file_and_an_empty_one_are_refused(office: Office):
    record = office.draft("QD")
    for content in (docx(), docx("a").replace(b"word/document.xml", b"word/documenx.xml")):
        with pytest.raises(Invalid):
            services.attach_annex(
                office.official, record, AnnexInput(uploaded(office.official, content, "a.docx"), "Danh sách")
            )
    assert (Version.objects.filter(outgoing=record).count(), filed.files_of(record)) == (1, [])
