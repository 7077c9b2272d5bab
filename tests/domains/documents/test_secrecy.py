"""Marks of secrecy in a draft and in its files: read before anybody signs, they stop it until people have settled them
(documents.md §6)."""

from __future__ import annotations

from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.documents import paper, selectors, services
from congvu.domains.documents.errors import Secret
from congvu.domains.documents.models import Approval, DeniedMark, Outgoing, Version
from congvu.domains.documents.types import AnnexInput, AnnexPlace, SecrecyView, ToSign
from congvu.engines.signing import services as signing
from congvu.ground.audit.models import Entry
from congvu.ground.files import markup, ocr, store
from congvu.ground.files import selectors as filed
from congvu.ground.files import services as files
from congvu.ground.files.jobs import destroy
from congvu.ground.files.models import BlobText, File
from tests.domains.documents.office import Office
from tests.domains.documents.papers import docx, lettered, pdf, stamped, uploaded, xlsx
from tests.engines.signing.pki import credential
from tests.ground.files.build import workbook
from tests.marks import refuses

pytestmark = pytest.mark.django_db
WHY = "Tiêu đề cột của bảng tổng hợp"


def attach(office: Office, record: UUID, content: bytes, name: str, title: str = "Danh sách", **more: bool) -> UUID:
    file = uploaded(office.official, content, name)
    services.attach_annex(office.official, record, AnnexInput(file, title, **more))
    return file


def seen(office: Office, record: UUID) -> SecrecyView:
    return selectors.secrecy_of(selectors.outgoing(office.clerk, record))


def marks(office: Office, record: UUID) -> list[tuple[str, str]]:
    return [(one.label, one.mark) for one in seen(office, record).standing]


def test_a_word_file_is_read_at_once_and_its_mark_stops_the_draft(office: Office):
    record = office.draft("QD")
    source = attach(office, record, docx("TỐI MẬT", "Danh sách kín của cơ quan"), "Danh sách.docx")
    assert marks(office, record) == [("Phụ lục “Danh sách”", "TỐI MẬT")]
    assert seen(office, record).marks[0].about == str(source)
    with pytest.raises(Secret) as refused:
        services.submit(office.official, office.step(record).id)
    assert refused.value.message == (
        "Phụ lục “Danh sách” có thể có dấu TỐI MẬT. Nếu đúng là tài liệu mật, không đưa lên hệ thống này."
    )
    assert selectors.outgoing(office.clerk, record).row.state == "drafting"
    assert "kín" not in "".join(BlobText.objects.values_list("text", flat=True)), "no word of a secret is kept"


def test_letters_of_a_pdf_are_read_by_a_job_and_the_drafter_is_told(office: Office):
    from congvu.ground.events.services import deliver_pending
    from congvu.ground.notifications.models import Message

    record = office.draft("QD")
    attach(office, record, lettered("MAT"), "Danh sách.pdf")
    assert (seen(office, record).reading, marks(office, record)) == (("Phụ lục “Danh sách”",), [])
    assert ProcrastinateJob.objects.filter(task_name="files.recognise").count() == 1
    office.read_files()
    assert (seen(office, record).reading, marks(office, record)) == ((), [("Phụ lục “Danh sách”", "MẬT")])
    deliver_pending()
    told = Message.objects.filter(kind="draft_marked", record=record)
    assert told.count() == 1
    with pytest.raises(Secret):
        services.submit(office.official, office.step(record).id)


@pytest.mark.skipif(not ocr.available(), reason="needs tesseract with Vietnamese")
def test_a_picture_that_goes_along_is_read_too(office: Office):
    record = office.draft("QD")
    attach(office, record, stamped("TUYỆT MẬT"), "anh.png", "Ảnh", along=True)
    attach(office, record, stamped("GIỮ GÌN VỆ SINH"), "anh-2.png", "Ảnh khác", along=True)
    office.read_files()
    assert marks(office, record) == [("Tệp kèm theo 1 “Ảnh”", "TUYỆT MẬT")]


@pytest.mark.parametrize(
    ("name", "made"),
    [("bang.xlsx", workbook), ("bieu.xml", lambda *words: f"<b>{''.join(f'<o>{w}</o>' for w in words)}</b>".encode())],
)
def test_a_sheet_and_an_xml_file_that_go_along_are_read_by_a_job(office: Office, name, made):
    record = office.draft("QD")
    attach(office, record, made("Thôn Đông", "TỐI MẬT", "Việc kín"), name, "Bảng", along=True)
    assert seen(office, record).reading == ("Tệp kèm theo “Bảng”",)
    office.read_files()
    assert marks(office, record) == [("Tệp kèm theo “Bảng”", "TỐI MẬT")]
    assert "kín" not in "".join(BlobText.objects.values_list("text", flat=True)), "no word of a secret is kept"
    with pytest.raises(Secret):
        services.submit(office.official, office.step(record).id)
    plain = office.draft("QD")
    attach(office, plain, made("Thôn Đông", "Giữ BÍ MẬT", "MẬT ong"), name, "Bảng", along=True)
    office.read_files()
    assert seen(office, plain) == SecrecyView()


def test_a_sheet_too_big_to_be_read_is_said_as_unread(office: Office, monkeypatch):
    monkeypatch.setattr(markup, "MOST_READ", 1000)
    record = office.draft("QD")
    attach(office, record, workbook("MẬT"), "bang.xlsx", "Bảng", along=True)
    office.read_files()
    assert seen(office, record) == SecrecyView(unread=("Tệp kèm theo “Bảng”",))


def test_what_no_machine_reads_is_said_and_stops_nothing(office: Office):
    record = office.draft("QD")
    attach(office, record, xlsx(), "bang.xlsx", "Bảng", along=True)
    attach(office, record, pdf(), "trang.pdf", "Trang trắng")
    office.read_files()
    found = seen(office, record)
    assert (found.marks, found.reading) == ((), ())
    assert found.unread == ("Tệp kèm theo “Bảng”", "Phụ lục “Trang trắng”")
    office.to_signature(record)
    assert selectors.outgoing(office.clerk, record).row.state == "signing"


@pytest.mark.parametrize(
    ("text", "found"), [("MẬT", ["MẬT"]), ("TỐI MẬT", ["TỐI MẬT"]), ("MẶT", []), ("mật", []), ("GIỮ BÍ MẬT", [])]
)
def test_the_drafts_own_words_are_read_alike(office: Office, text, found):
    record = office.draft("QD", content=office.content("Nội dung.", text))
    assert [mark for _label, mark in marks(office, record)] == found
    table = [[{"text": [{"text": "Thôn"}]}, {"text": [{"text": text}]}]]
    content = {**office.content(), "blocks": [{"type": "table", "rows": table, "header": 1}]}
    services.save_draft(office.official, record, subject="việc khác", content=content)
    assert [mark for _label, mark in marks(office, record)] == found


def test_nobody_initials_signs_or_issues_while_a_mark_stands(signing_office: Office):
    """A later version brings the mark behind the step of the drafter; each later step is stopped by itself."""
    office = signing_office
    record = office.draft("QD")
    services.submit(office.official, office.step(record).id)
    head, chief = office.world.staff("truongphong"), office.world.staff("chanhvp")
    bad, good = paper.tidy(office.content("Nội dung.", "MẬT")), paper.tidy(office.content("Nội dung mới."))
    services.save_draft(head, record, subject="việc", content=bad)
    with pytest.raises(Secret):
        services.endorse(head, office.step(record).id)
    assert not Approval.objects.exists()
    services.save_draft(head, record, subject="việc", content=good)
    services.endorse(head, office.step(record).id)
    services.endorse(chief, office.step(record).id)
    Version.objects.filter(outgoing=record, n=3).update(content=bad)
    services.mark_read(office.chair, record, n=3)
    batch = services.open_signing(office.chair, office.certificate("chair"), [ToSign(office.step(record).id, 3)])
    (item,) = signing.hold_signatures(office.chair, batch, credential(office.pki.chair)).items
    assert (item.state, item.reason) == (
        "failed", "Dự thảo có thể có dấu MẬT. Văn bản mật không được soạn thảo trên hệ thống này."
    )  # fmt: skip
    Version.objects.filter(outgoing=record, n=3).update(content=good)
    office.sign(record, 3)
    Version.objects.filter(outgoing=record, n=3).update(content=bad)
    (sealed,) = signing.finish_batch(office.clerk, office.hold_seal(record)).items
    assert (sealed.state, Outgoing.objects.get(record=record).number) == ("failed", None), "no number is taken"
    services.deny_mark(office.clerk, record, about=seen(office, record).marks[0].about, reason=WHY)
    office.issue(record)
    assert selectors.outgoing(office.clerk, record).row.code == "01/QĐ-UBND"


def test_a_file_that_is_still_being_read_is_waited_for_before_the_signature(signing_office: Office):
    office = signing_office
    record = office.draft("QD")
    office.to_signature(record)
    file = uploaded(office.chair, lettered("Bieu so lieu"))
    services.attach_annex(office.chair, record, AnnexInput(file, "Biểu"))
    Approval.objects.update(version=Version.objects.get(outgoing=record, n=2))
    services.mark_read(office.chair, record, n=2)
    batch = services.open_signing(office.chair, office.certificate("chair"), [ToSign(office.step(record).id, 2)])
    (item,) = signing.hold_signatures(office.chair, batch, credential(office.pki.chair)).items
    assert item.reason == "Đang đọc Phụ lục “Biểu” để tìm dấu chỉ độ mật. Chờ ít phút rồi làm lại."
    office.read_files()
    office.sign(record, 2)


def test_taken_out_the_content_is_destroyed_as_brought_and_as_set(office: Office):
    record = office.draft("QD")
    first = attach(office, record, docx("Hộ ông An"), "một.docx", "Một")
    source = attach(office, record, docx("MẬT", "Việc kín"), "hai.docx", "Hai")
    kept = selectors.annexes_of(selectors.outgoing(office.clerk, record))
    turned = [AnnexPlace(kept[1].kept, "Hai"), AnnexPlace(kept[0].kept, "Một")]
    services.arrange_annexes(office.official, record, turned)
    digests = {info.sha256 for info in filed.files_of(record) if "hai" in info.name}
    assert len(digests) == 3, "as brought, as II, as I"
    shown = selectors.annexes_of(selectors.outgoing(office.clerk, record))
    n = services.arrange_annexes(office.official, record, [AnnexPlace(shown[1].kept, "Một")])
    assert not [info for info in filed.files_of(record) if "hai" in info.name]
    destroy(sorted(digests))
    assert not any(store.path_of(digest).exists() for digest in digests)
    assert marks(office, record) == []
    view = selectors.outgoing(office.clerk, record)
    earlier = next(version for version in view.versions if version.n == n - 1)
    assert selectors.secrecy_of(view, earlier).gone == {source}
    assert File.objects.filter(id=first).exists()
    (trail,) = Entry.objects.filter(verb="document.arrange_annexes", detail__version=n).values_list("detail", flat=True)
    assert set(trail["destroyed"]) == digests
    services.submit(office.official, office.step(record).id)


def test_a_mark_that_is_none_is_denied_by_name_and_the_version_stays(office: Office):
    record = office.draft("QD")
    source = attach(office, record, docx("MẬT"), "bảng.docx")
    services.deny_mark(office.official, record, about=str(source), reason=f" {WHY} ")
    (one,) = seen(office, record).marks
    assert (one.denied_by, one.reason, seen(office, record).standing) == (office.official.name, WHY, ())
    assert Outgoing.objects.get(record=record).version == 2
    office.to_signature(record)
    shown = selectors.annexes_of(selectors.outgoing(office.clerk, record))
    chair = office.chair
    services.arrange_annexes(chair, record, [AnnexPlace(shown[0].kept, "Tên khác")])
    assert seen(office, record).standing == (), "set anew under another title it is the same file"
    assert files.open_file(chair, source, accept_unscanned=True).path.exists()


@refuses("document.deny_mark")
def test_only_who_holds_the_draft_denies_a_mark_that_is_there_with_a_reason(office: Office):
    record = office.draft("QD", content=office.content("MẬT"))
    head, about = office.world.staff("truongphong"), seen(office, record).marks[0].about
    with pytest.raises(Forbidden):
        services.deny_mark(head, record, about=about, reason=WHY)
    for reason in (" ", "x" * 501):
        with pytest.raises(Invalid) as refused:
            services.deny_mark(office.official, record, about=about, reason=reason)
        assert [problem.field for problem in refused.value.problems] == [f"reason-{about}"]
    with pytest.raises(NotFound):
        services.deny_mark(office.official, record, about=str(record), reason=WHY)
    with pytest.raises(Conflict):
        services.deny_mark(office.official, record, about=about, reason=WHY, version=0)
    assert not DeniedMark.objects.exists()
    services.deny_mark(office.official, record, about=about, reason=WHY)
    with pytest.raises(NotFound):
        services.deny_mark(office.official, record, about=about, reason=WHY)
    services.drop(office.official, record, reason="Thôi")
    with pytest.raises((Conflict, Forbidden)):
        services.deny_mark(office.official, record, about=about, reason=WHY)
    assert DeniedMark.objects.count() == 1


def test_what_was_denied_of_some_words_says_nothing_of_other_words(office: Office):
    """A heading that is no mark must not let a mark through that is written later."""
    record = office.draft("QD", content=office.content("MẬT"))
    services.deny_mark(office.official, record, about=seen(office, record).marks[0].about, reason=WHY)
    assert seen(office, record).standing == ()
    services.save_draft(office.official, record, subject="việc", content=office.content("Số liệu mật của xã.", "MẬT"))
    (again,) = seen(office, record).standing
    assert (again.mark, again.denied_by) == ("MẬT", "")
    with pytest.raises(Secret):
        services.submit(office.official, office.step(record).id)


def test_what_is_read_costs_no_statement_without_files_and_two_with_marks(office: Office, django_assert_num_queries):
    record = office.draft("QD")
    view = selectors.outgoing(office.clerk, record)
    with django_assert_num_queries(0):
        assert selectors.secrecy_of(view) == SecrecyView()
    for n in range(3):
        attach(office, record, docx("MẬT", str(n)), f"{n}.docx", f"Biểu {n}")
    view = selectors.outgoing(office.clerk, record)
    with django_assert_num_queries(2):
        assert len(selectors.secrecy_of(view).marks) == 3
