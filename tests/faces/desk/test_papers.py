"""What every document has beside its work, on the desk: views, readers, prints, metadata, work files."""

from __future__ import annotations

import pytest

from congvu.domains.documents.models import AccessChange
from congvu.domains.documents.types import Forwarding
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles import services as keeping
from congvu.domains.workfiles.types import NewFile
from tests.domains.documents.conftest import office  # noqa: F401
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

HERE = "/lam-viec/van-ban/"


@pytest.fixture
def letter(office):  # noqa: F811
    return office.register(Forwarding(unit=office.unit("kt"))).record_id


def test_readers_are_added_confirmed_and_told_on_the_page(desk, office, letter):  # noqa: F811
    clerk = desk("vanthu")
    page = clerk.get(f"{HERE}{letter}/quyen-xem")
    assert faults(page) == []
    empty = clerk.post(f"{HERE}{letter}/quyen-xem", {"reader": "", "reason": "Góp ý"})
    assert (empty.status_code, errors(empty)[0][0], "Góp ý" in empty.content.decode()) == (422, "lam-reader", True)
    sent = clerk.post(f"{HERE}{letter}/quyen-xem", {"reader": f"u:{office.unit('vh')}", "reason": "Góp ý"})
    assert sent.status_code == 302
    there = f"/lam-viec/van-ban-den/{letter}/"
    assert "chờ lãnh đạo xác nhận" in text(desk("vanhoa").get(there))
    waiting = desk("chutich").get(f"{HERE}quyen-xem")
    assert ("Góp ý" in text(waiting), faults(waiting)) == (True, [])
    change = AccessChange.objects.get()
    assert clerk.post(f"{HERE}quyen-xem/{change.id}", {"keep": "1"}).status_code == 302
    assert AccessChange.objects.get().kept is None
    assert desk("chutich").post(f"{HERE}quyen-xem/{change.id}", {"keep": "0"}).status_code == 302
    assert desk("vanhoa").get(there).status_code == 404


def test_pages_are_counted_and_the_list_is_for_those_answerable(desk, office, letter):  # noqa: F811
    there = f"/lam-viec/van-ban-den/{letter}/"
    for login in ("vanthu", "vanthu", "chutich"):
        desk(login).get(there)
    seen = desk("truongphong").get(f"{HERE}{letter}/quyen-xem")
    assert "Đã xem 3 lượt, 2 người; in 0 bản." in text(seen)
    assert text(seen).count("Xem trang") == 3
    assert "Xem trang" not in text(desk("chuyenmon").get(f"{HERE}{letter}/quyen-xem"))


def test_metadata_stand_in_the_order_of_the_law(desk, office, letter):  # noqa: F811
    page = desk("vanthu").get(f"{HERE}{letter}/sieu-du-lieu")
    said = text(page)
    names = [
        "FileCode.OrganId", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName",
        "Subject", "Language", "PageAmount", "ArrivalDate", "ArrivalNumber", "SignerInfo.Position", "Priority",
        "ToPlaces", "TraceHeaderList", "DueDate",
    ]  # fmt: skip
    assert [said.index(name) for name in names] == sorted(said.index(name) for name in names)
    assert "1284" in said
    assert desk("hotich").get(f"{HERE}{letter}/sieu-du-lieu").status_code == 404


def test_further_metadata_are_added_on_the_page(desk, office, letter):  # noqa: F811
    client, here = desk("vanthu"), f"{HERE}{letter}/sieu-du-lieu"
    refused = client.post(here, {"name": "Số tờ bản đồ", "value": ""})
    assert (refused.status_code, errors(refused)[0][0]) == (422, "lam-value")
    assert "Số tờ bản đồ" in refused.content.decode()
    client.post(here, {"name": "Số tờ bản đồ", "value": "12"})
    assert "Số tờ bản đồ 12" in text(client.get(here))
    assert "Bổ sung trường" not in text(desk("chuyenmon").get(here))
    assert desk("chuyenmon").post(here, {"name": "a", "value": "b"}).status_code == 403


def test_one_document_lies_in_files_without_a_copy(desk, office, letter):  # noqa: F811
    own = [
        keeping.open_file(office.official, NewFile(title=title, notation=f"0{n}.KT", years=10))
        for n, title in enumerate(("Biên chế 2026", "Báo cáo 2026"), start=1)
    ]
    client = desk("chuyenmon")
    none = client.post(f"{HERE}{letter}/vao-ho-so", {"file": ""})
    assert (none.status_code, errors(none)[0][0]) == (422, "lam-file")
    for file in own:
        assert client.post(f"{HERE}{letter}/vao-ho-so", {"file": str(file)}).status_code == 302
    page = client.get(f"{HERE}{letter}/vao-ho-so")
    assert ("Biên chế 2026" in text(page), "Báo cáo 2026" in text(page), faults(page)) == (True, True, [])
    entries = [workfiles.file(office.official, file).entries[0] for file in own]
    assert {entry.document for entry in entries} == {letter}
    assert [(entry.described.number, entry.described.arrival_number) for entry in entries] == [("1284", 1)] * 2
