"""Nộp lưu: the package is what TT 05/2025 asks for; the archive answers; disposal only through a council."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import date, datetime
from io import BytesIO

import pikepdf
import pytest
from lxml import etree

from congvu.common.actor import SYSTEM
from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.workfiles import selectors, services
from congvu.domains.workfiles.errors import Frozen, WrongState
from congvu.domains.workfiles.jobs import notice_due, pack_waiting
from congvu.domains.workfiles.models import Entry, WorkFile
from congvu.domains.workfiles.services import archive
from congvu.ground.events.services import deliver_pending
from congvu.ground.notifications.models import Message
from tests.domains.workfiles.filing import add, handed, opened, pdf
from tests.marks import refuses

METS, XLINK = "{http://www.loc.gov/METS/}", "{http://www.w3.org/1999/xlink}"


def closed(world, notation: str = "05.KT", **values):
    file = opened(world, notation=notation, **values)
    add(world, file, subject="Văn bản thứ hai", issued_on=date(2026, 11, 19), content=pdf(3))
    add(world, file, subject="Văn bản thứ nhất", issued_on=date(2026, 11, 2))
    services.close(world.staff("chuyenmon"), file)
    return file


def archived(world, notation: str = "05.KT", **values):
    file = closed(world, notation, **values)
    handed(world.staff("chuyenmon"), file)
    services.answer(world.staff("vanthu"), file, accepted=True)
    return file


@refuses("workfile.submit", "workfile.pack")
def test_a_package_is_well_formed_complete_and_the_same_every_time(world):
    file, actor = closed(world), world.staff("chuyenmon")
    with pytest.raises(NotFound):
        selectors.package(actor, file)
    with pytest.raises(Forbidden):
        services.submit(world.staff("vanthu"), file)
    made = services.submit(actor, file)
    with pytest.raises(WrongState):
        services.submit(actor, file)
    # Until the job has packed it there is no package, and the archive cannot answer.
    with pytest.raises(NotFound):
        selectors.package(actor, file)
    with pytest.raises(WrongState):
        services.answer(world.staff("vanthu"), file, accepted=True)
    with pytest.raises(Forbidden):
        services.pack(actor, made)
    assert (pack_waiting(), pack_waiting()) == (1, 0)
    assert services.pack(SYSTEM, made) is False
    package = selectors.package(actor, file)
    told = selectors.file(actor, file).submissions[0]
    assert (package.sha256, len(package.content)) == (told.sha256, told.size)
    assert package == selectors.package(world.staff("vanthu"), file)
    check_package(package)


def check_package(package) -> None:
    with zipfile.ZipFile(BytesIO(package.content)) as held:
        assert held.testzip() is None
        names = held.namelist()
        root = names[0].split("/")[0]
        assert package.name == f"001{root}.zip"
        assert root.startswith("uuid-")
        assert not any("PREMIS" in name for name in names)
        data = {name.removeprefix(f"{root}/"): held.read(name) for name in names}
    assert {"METS.xml", "metadata/descriptive/EAD.xml", "representations/rep1/METS.xml"} <= data.keys()
    top, rep = (etree.fromstring(data[path]) for path in ("METS.xml", "representations/rep1/METS.xml"))
    assert (top.get("OBJID"), top.get("TYPE")) == (root, "Mixed")
    named = referenced(top, data, "") | referenced(rep, data, "representations/rep1/")
    assert named | {"METS.xml"} == data.keys()
    schema = etree.XMLSchema(etree.fromstring(data["schemas/EAD_doc.xsd"]))
    described = [etree.fromstring(data[name]) for name in sorted(data) if "EAD_doc_" in name]
    assert [schema.validate(one) for one in described] == [True, True]
    assert [one.findtext("docCode") for one in described] == [
        "H99.101.2026.05.KT.0000001",
        "H99.101.2026.05.KT.0000002",
    ]
    assert {one.findtext("typeName") for one in described} == {"22"}
    ead = etree.fromstring(data["metadata/descriptive/EAD.xml"])
    assert etree.XMLSchema(etree.fromstring(data["schemas/EAD.xsd"])).validate(ead)
    assert [ead.findtext(name) for name in ("fileCode", "maintenance", "totalDoc", "confidenceLevel", "endDate")] == [
        "H99.101.2026.05.KT", "06", "2", "01", "19/11/2026",
    ]  # fmt: skip


def referenced(mets, data: dict[str, bytes], base: str) -> set[str]:
    """Every part a METS names, its size and digest counted again."""
    found = set()
    rows = [(row, row.get(f"{XLINK}href")) for row in mets.iter(f"{METS}mdRef")]
    rows += [(row, row.find(f"{METS}FLocat").get(f"{XLINK}href")) for row in mets.iter(f"{METS}file")]
    for row, path in rows:
        content = data[base + path]
        assert (row.get("CHECKSUMTYPE"), row.get("CHECKSUM")) == ("SHA-256", hashlib.sha256(content).hexdigest())
        assert int(row.get("SIZE")) == len(content)
        found.add(base + path)
    ids = {row.get("ID") for row in mets.iter() if row.get("ID")}
    assert {row.get("FILEID") for row in mets.iter(f"{METS}fptr")} <= ids
    return found


def test_the_whole_file_as_xml_and_pdf_in_chronological_order(world):
    file, actor = closed(world), world.staff("chuyenmon")
    xml = selectors.export(actor, file, "xml")
    top = etree.fromstring(xml.content)
    assert xml.name == "H99.101.2026.05.KT.xml"
    assert [top.findtext(path) for path in ("FileCode/OrganId", "FileCode/FileCatalog", "FileCode/FileNotation")] == [
        "H99.101", "2026", "05.KT",
    ]  # fmt: skip
    assert [top.findtext(name) for name in ("Maintenance", "DocTotal", "PageTotal", "EndDate")] == [
        "10 năm", "2", "4", "19/11/2026",
    ]  # fmt: skip
    documents = top.findall("Documents/Document")
    assert [(row.findtext("DocOrdinal"), row.findtext("Subject")) for row in documents] == [
        ("2", "Văn bản thứ nhất"), ("1", "Văn bản thứ hai"),
    ]  # fmt: skip
    with pikepdf.open(BytesIO(selectors.export(actor, file, "pdf").content)) as made:
        assert len(made.pages) == 4
        with made.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "2. 12/UBND-KT Văn bản thứ nhất", "1. 12/UBND-KT Văn bản thứ hai",
            ]  # fmt: skip
    with pytest.raises(NotFound):
        selectors.export(world.staff("vanhoa"), file, "xml")


@refuses("workfile.answer")
def test_the_archive_accepts_or_returns_with_a_reason(world):
    file, keeper, clerk = closed(world), world.staff("chuyenmon"), world.staff("vanthu")
    with pytest.raises(WrongState):
        services.answer(clerk, file, accepted=True)
    handed(keeper, file)
    with pytest.raises(Forbidden):
        services.answer(keeper, file, accepted=True)
    with pytest.raises(Invalid):
        services.answer(clerk, file, accepted=False)
    services.answer(clerk, file, accepted=False, reason="Thiếu biên bản")
    view = selectors.file(keeper, file)
    assert (view.row.state, view.submissions[0].answer_label, view.submissions[0].reason) == (
        "closed", "Trả lại", "Thiếu biên bản",
    )  # fmt: skip
    handed(keeper, file)
    services.answer(clerk, file, accepted=True)
    view = selectors.file(keeper, file)
    # Ten years from the year the work ended.
    assert (view.row.state, view.destroy_after, [row.number for row in view.submissions]) == (
        "archived", date(2036, 12, 31), [2, 1],
    )  # fmt: skip
    deliver_pending()
    kinds = set(Message.objects.filter(record_id=file).values_list("kind", "recipient"))
    assert kinds == {
        ("workfile_submitted", f"p:{clerk.position_id}"), ("workfile_returned", f"p:{keeper.position_id}"),
        ("workfile_accepted", f"p:{keeper.position_id}"), ("workfile_packed", f"p:{keeper.position_id}"),
    }  # fmt: skip


def test_what_cannot_be_packed_is_told_and_the_file_is_closed_again(world, monkeypatch):
    file, keeper = closed(world), world.staff("chuyenmon")

    def broken(*_given):
        raise NotFound("Kho tệp thiếu nội dung của tệp này.")

    made = services.submit(keeper, file)
    monkeypatch.setattr("congvu.domains.workfiles.packing.sip", broken)
    assert pack_waiting() == 1
    view = selectors.file(keeper, file)
    told = view.submissions[0]
    assert (view.row.state, told.answer_label, told.reason, told.sha256) == (
        "closed", "Không đóng gói được", "Kho tệp thiếu nội dung của tệp này.", "",
    )  # fmt: skip
    deliver_pending()
    assert list(Message.objects.filter(record_id=file).values_list("kind", "recipient")) == [
        ("workfile_failed", f"p:{keeper.position_id}")
    ]
    monkeypatch.undo()
    assert services.pack(SYSTEM, made) is False
    handed(keeper, file)
    assert selectors.package(keeper, file).name.startswith("002")


@refuses("workfile.notice")
def test_thirty_days_before_the_archive_is_told_once(world):
    """Due 18/1/2027: thirty days earlier is 19/12/2026."""
    file = closed(world)
    world.clock.move_to(datetime(2026, 12, 18, 9, 0, tzinfo=VN))
    assert notice_due() == 0
    world.clock.move_to(datetime(2026, 12, 19, 9, 0, tzinfo=VN))
    assert (notice_due(), notice_due()) == (1, 0)
    deliver_pending()
    assert "17:00 ngày 18/1/2027" in Message.objects.get(kind="workfile_due").body
    with pytest.raises(Forbidden):
        archive.notice(world.staff("vanthu"), file)
    assert archive.notice(SYSTEM, file) is False


@refuses("workfile.list_disposal", "workfile.speak", "workfile.decide_disposal", "workfile.destroy")
def test_destruction_is_a_council_s_procedure(world):
    file, kept = archived(world, years=2), archived(world, "06.KT", permanent=True, years=None)
    clerk, chair, agency = world.staff("vanthu"), world.staff("chutich"), world.made.units["xa-yen-khe"]
    council = [world.staff(login).position_id for login in ("chanhvp", "truongphong", "hotich", "giamdoc", "vanhoa")]

    def listed(actor, files, members=council):
        return services.list_for_disposal(
            actor, agency, title="Danh mục xét hủy 2029", files=files, members=members, reason="Hết thời hạn lưu trữ"
        )

    with pytest.raises(Invalid):
        listed(clerk, [file])
    world.clock.move_to(datetime(2029, 1, 2, 9, 0, tzinfo=VN))
    assert [row.id for row in selectors.expired(clerk)] == [file]
    with pytest.raises(Forbidden):
        listed(chair, [file])
    with pytest.raises(Invalid):
        listed(clerk, [file], council[:4])
    with pytest.raises(Invalid):
        listed(clerk, [kept])
    made = listed(clerk, [file])
    assert selectors.file(clerk, file).row.state_label == "Xem xét hủy"
    with pytest.raises(WrongState):
        services.decide(chair, made, destroy=True, decision="QĐ 1")
    with pytest.raises(Forbidden):
        services.speak(chair, made, agrees=True)
    for login in ("chanhvp", "truongphong", "hotich", "giamdoc", "vanhoa"):
        services.speak(world.staff(login), made, agrees=True)
    with pytest.raises(Forbidden):
        services.decide(clerk, made, destroy=True, decision="QĐ 1")
    with pytest.raises(WrongState):
        services.destroy(clerk, made)
    with pytest.raises(Invalid):
        services.decide(chair, made, destroy=True)
    services.decide(chair, made, destroy=True, decision="Quyết định 5/QĐ-UBND ngày 10/01/2029")
    with pytest.raises(Forbidden):
        services.destroy(chair, made)
    services.freeze(clerk, [file], reason="Khiếu nại")
    with pytest.raises(Frozen):
        services.destroy(clerk, made)
    services.thaw(clerk, [file], reason="Xong")
    assert services.destroy(clerk, made) == 1
    view = selectors.file(clerk, file)
    assert (view.row.state, [entry.described.subject for entry in view.entries]) == (
        "destroyed", ["Văn bản thứ hai", "Văn bản thứ nhất"],
    )  # fmt: skip
    assert list(Entry.objects.filter(file=file).values_list("files", flat=True)) == [[], []]
    with pytest.raises(NotFound):
        selectors.package(clerk, file)
    told = selectors.disposal(chair, made)
    assert (told.state, told.items, told.decided_by) == (
        "destroyed", (("H99.101.2026.05.KT", "Hồ sơ rà soát lúa vụ đông 2026", "Hết thời hạn lưu trữ"),), chair.name,
    )  # fmt: skip
    assert WorkFile.objects.get(record_id=kept).record.state == "archived"


def test_a_no_sends_the_files_back_to_the_archive(world):
    file = archived(world, years=2)
    world.clock.move_to(datetime(2029, 1, 2, 9, 0, tzinfo=VN))
    clerk, agency = world.staff("vanthu"), world.made.units["xa-yen-khe"]
    council = [world.staff(login).position_id for login in ("chanhvp", "truongphong", "hotich", "giamdoc", "vanhoa")]
    made = services.list_for_disposal(clerk, agency, title="Xét hủy", files=[file], members=council, reason="Hết hạn")
    with pytest.raises(Invalid):
        services.speak(world.staff("vanhoa"), made, agrees=False)
    services.speak(world.staff("vanhoa"), made, agrees=False, words="Còn giá trị tham khảo")
    services.decide(world.staff("chutich"), made, destroy=False)
    assert selectors.file(clerk, file).row.state == "archived"
    with pytest.raises(NotFound):
        selectors.disposal(world.staff("chutichtinh"), made)
