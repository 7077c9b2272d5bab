"""What is kept for as long as files are kept: access, formats, metadata, groups (NĐ 30/2020 PL VI III.5, III.7, IV)."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import datetime
from io import BytesIO

import pikepdf
import pytest
from docx import Document as Word
from lxml import etree

from congvu.common.errors import Conflict, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.workfiles import selectors, services
from congvu.domains.workfiles.errors import WrongState
from congvu.domains.workfiles.models import Entry, Further, KeepingCopy, WorkFile
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import RegisterBook
from congvu.ground.files import services as uploads
from tests.domains.workfiles.filing import add, handed, letter, opened, pdf
from tests.domains.workfiles.test_archive import archived, closed
from tests.marks import refuses


def word(text: str = "Kế hoạch gieo trồng") -> bytes:
    made, out = Word(), BytesIO()
    made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def archival() -> bytes:
    """A PDF/A as the program itself sets it."""
    book = RegisterBook(kind="file_documents", agency="UBND xã", rows=(("1", "", "", "Kế hoạch", "", "", ""),))
    return typeset.set_register(book)


def with_word(world, notation: str = "05.KT"):
    file, actor = opened(world, notation=notation), world.staff("chuyenmon")
    upload = uploads.store(actor, name="ke-hoach.docx", content=word(notation))
    services.add(actor, file, None, letter(subject="Kế hoạch"), attached=[upload.id])
    return file, upload.id


def test_a_file_stays_readable_to_the_same_people_until_a_council_destroys_it(world):
    """F5: closed, handed to another post, archived: maker, successor and archive read it and what lies in it."""
    file, maker, clerk = closed(world), world.staff("chuyenmon"), world.staff("vanthu")
    next_one = world.staff("truongphong")
    services.hand_over(maker, maker.position_id, to=next_one.position_id, reason="Chuyển công tác")
    handed(next_one, file)
    services.answer(clerk, file, accepted=True)
    world.clock.move_to(datetime(2034, 6, 1, 9, 0, tzinfo=VN))
    for actor in (maker, next_one, clerk):
        view = selectors.file(actor, file)
        assert (view.row.state, view.row.documents) == ("archived", 2)
        with pikepdf.open(BytesIO(selectors.export(actor, file, "pdf").content)) as made:
            assert len(made.pages) == 4
        assert zipfile.ZipFile(BytesIO(selectors.package(actor, file).content)).testzip() is None
        upload = uploads.open_file(actor, view.entries[0].files[0], accept_unscanned=True)
        assert upload.path.is_file()
    for actor in (world.staff("vanhoa"), world.citizen()):
        with pytest.raises(NotFound):
            selectors.file(actor, file)


@refuses("workfile.keep_copy")
def test_formats_not_meant_for_keeping_get_a_copy_beside_them(world, django_assert_num_queries):
    """F6: a .docx is listed for its unit until a PDF/A stands beside it; the original stays, digests of both too."""
    file, original = with_word(world)
    add(world, file, subject="Bản ký số")
    actor, unit = world.staff("chuyenmon"), world.staff("chuyenmon").unit_id
    assert [(row.unit_id, row.count) for row in selectors.unkept_units(actor)] == [(unit, 1)]
    with django_assert_num_queries(2):
        (row,) = selectors.unkept(actor, unit=unit)
    assert (row.code, row.subject, row.info.name) == ("H99.101.2026.05.KT", "Kế hoạch", "ke-hoach.docx")
    assert selectors.unkept(world.staff("vanhoa")) == ()
    plain = uploads.store(actor, name="thuong.pdf", content=pdf())
    for wrong in (None, plain.id):
        with pytest.raises(Invalid) as refused:
            services.keep_copy(actor, file, original, copy=wrong)
        assert [problem.field for problem in refused.value.problems] == ["file"]
    good_bytes = archival()
    good = uploads.store(actor, name="ke-hoach.pdf", content=good_bytes)
    with pytest.raises(NotFound):
        services.keep_copy(world.staff("vanhoa"), file, original, copy=good.id)
    assert KeepingCopy.objects.count() == 0
    services.keep_copy(actor, file, original, copy=good.id)
    (copy,) = selectors.copies_of([original])
    assert (copy.original_sha256, copy.copy_sha256) == (
        row.info.sha256, hashlib.sha256(good_bytes).hexdigest(),
    )  # fmt: skip
    assert Entry.objects.get(ordinal=1).files == [original]
    assert selectors.unkept(actor) == ()
    again = uploads.store(actor, name="lan-hai.pdf", content=archival())
    with pytest.raises(Conflict):
        services.keep_copy(actor, file, original, copy=again.id)


def test_a_package_has_the_copy_beside_the_original_and_stays_the_same_to_the_byte(world):
    """A copy or a field added after the submission changes nothing of the package that was handed over."""
    (file, original), actor, clerk = with_word(world), world.staff("chuyenmon"), world.staff("vanthu")
    services.close(actor, file)
    handed(actor, file)
    before = selectors.package(actor, file)
    services.answer(clerk, file, accepted=True)
    world.clock.move_to(datetime(2026, 12, 1, 9, 0, tzinfo=VN))
    good = uploads.store(clerk, name="ke-hoach.pdf", content=archival())
    services.keep_copy(clerk, file, original, copy=good.id)
    assert selectors.package(actor, file).sha256 == before.sha256
    top = etree.fromstring(selectors.export(actor, file, "xml").content)
    assert [row.get("name") for row in top.iter("Attachment")] == ["ke-hoach.docx", "ke-hoach.pdf"]


@refuses("workfile.describe")
def test_further_metadata_are_added_shown_and_exported(world):
    """H3: a field with value, by whom; a correction is a new row; it travels in the package's description."""
    dossier, actor = world.take_in("2.000908").record_id, world.staff("chutich")
    file = opened(world, "chutich", notation="01.LD")
    services.add(actor, file, dossier, letter(description="Ghi chú"))
    for name, value, field in (("", "x", "name"), ("SUBJECT", "x", "name"), ("Số tờ bản đồ", " ", "value")):
        with pytest.raises(Invalid) as refused:
            services.describe(actor, dossier, name=name, value=value)
        assert [problem.field for problem in refused.value.problems] == [field]
    with pytest.raises(NotFound):
        services.describe(world.staff("vanhoa"), dossier, name="Số tờ bản đồ", value="12")
    assert Further.objects.count() == 0
    services.describe(actor, dossier, name="Số tờ bản đồ", value="11")
    services.describe(actor, dossier, name="Số tờ bản đồ", value="12")
    (field,) = selectors.further_of([dossier])[dossier]
    assert (field.name, field.value, field.by) == ("Số tờ bản đồ", "12", actor.name)
    assert Further.objects.count() == 2
    services.close(actor, file)
    handed(actor, file)
    with zipfile.ZipFile(BytesIO(selectors.package(actor, file).content)) as held:
        (name,) = [name for name in held.namelist() if "EAD_doc_" in name]
        assert etree.fromstring(held.read(name)).findtext("description") == "Ghi chú; Số tờ bản đồ: 12"
    top = etree.fromstring(selectors.export(actor, file, "xml").content)
    assert [(row.get("name"), row.text) for row in top.iter("Further")] == [("Số tờ bản đồ", "12")]


@refuses("workfile.set_level")
def test_files_are_grouped_by_level_of_information(world, django_assert_num_queries):
    """K1: public or conditional; each group opens its files, and the level goes into the package as mode."""
    file, other, actor = opened(world), opened(world, notation="06.KT"), world.staff("chuyenmon")
    with pytest.raises(Invalid):
        services.set_level(actor, file, level="03", reason="Mật")
    with pytest.raises(Invalid):
        services.set_level(actor, file, level="02", reason=" ")
    with pytest.raises(NotFound):
        services.set_level(world.staff("vanhoa"), file, level="02", reason="Có số liệu cá nhân")
    assert set(WorkFile.objects.values_list("rights", flat=True)) == {"01"}
    services.set_level(actor, file, level="02", reason="Có số liệu cá nhân")
    with django_assert_num_queries(1):
        assert [(one.level, one.count) for one in selectors.groups(actor)] == [("01", 1), ("02", 1)]
    found = selectors.files(actor, selectors.Query(level="02")).rows
    assert [row.id for row in found] == [file]
    assert other not in {row.id for row in found}
    add(world, file)
    services.close(actor, file)
    handed(actor, file)
    with zipfile.ZipFile(BytesIO(selectors.package(actor, file).content)) as held:
        (name,) = [name for name in held.namelist() if name.endswith("/EAD.xml")]
        assert etree.fromstring(held.read(name)).findtext("mode") == "02"
    with pytest.raises(WrongState):
        services.set_level(actor, file, level="01", reason="Đã nộp")


def test_metadata_outlive_the_documents(world):
    """H1: after a destruction by council what each document was, the list, its reason and the decision remain."""
    file, clerk, chair = archived(world, years=2), world.staff("vanthu"), world.staff("chutich")
    world.clock.move_to(datetime(2029, 1, 2, 9, 0, tzinfo=VN))
    people = [world.staff(login) for login in ("chanhvp", "truongphong", "hotich", "giamdoc", "vanhoa")]
    made = services.list_for_disposal(
        clerk, world.made.units["xa-yen-khe"], title="Xét hủy 2029", files=[file],
        members=[one.position_id for one in people], reason="Hết thời hạn",
    )  # fmt: skip
    for one in people:
        services.speak(one, made, agrees=True)
    services.decide(chair, made, destroy=True, decision="Quyết định 5/QĐ-UBND")
    services.destroy(clerk, made)
    view = selectors.file(clerk, file)
    assert (view.row.code, view.row.title, view.row.retention, view.pages) == (
        "H99.101.2026.05.KT", "Hồ sơ rà soát lúa vụ đông 2026", "2 năm", 4,
    )  # fmt: skip
    assert [(one.described.subject, one.described.number, one.described.issued_on.isoformat(), one.files)
            for one in view.entries] == [
        ("Văn bản thứ hai", "12", "2026-11-19", ()), ("Văn bản thứ nhất", "12", "2026-11-02", ()),
    ]  # fmt: skip
    told = selectors.disposal(chair, made)
    assert (told.decision, told.destroyed_at.year, told.items[0][2]) == ("Quyết định 5/QĐ-UBND", 2029, "Hết thời hạn")
    assert services.describe(clerk, file, name="Nơi lưu quyết định hủy", value="Hồ sơ 03.VP") is None
