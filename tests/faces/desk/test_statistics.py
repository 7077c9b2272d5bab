"""Thống kê on the desk: figures open their lists, reports are printed, what no record counts is stated."""

from __future__ import annotations

import io
import re

from openpyxl import load_workbook

from congvu.domains.documents.models import StatedFigure
from congvu.ground.audit.models import Entry
from tests.domains.documents.conftest import office  # noqa: F401
from tests.domains.documents.test_statistics import EXPECTED, at, november
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

HERE = "/lam-viec/thong-ke/"


def test_every_figure_on_the_page_opens_a_list_of_as_many(desk, office):  # noqa: F811
    november(office)
    with at(22):
        client = desk("vanthu")
        page = client.get(HERE, {"tu-ngay": "1/11/2026", "den-ngay": "30/11/2026"})
        assert faults(page) == []
        found = re.findall(rf'href="({HERE}(\w+)/\?[^"]+)">([\d.]+)</a>', page.content.decode())
        assert len(found) > 20
        for address, _figure, shown in found:
            listed = client.get(address.replace("&amp;", "&"))
            rows = listed.content.decode().count("<tr>") - 1
            assert (address, rows, faults(listed)) == (address, int(shown), [])
        whole = {figure: int(shown) for address, figure, shown in found if "don-vi" not in address}
        assert {key: whole[key] for key in ("in_done_late", "out_electronic", "loans")} == {
            key: EXPECTED[key] for key in ("in_done_late", "out_electronic", "loans")
        }
        assert "50,0 %" in text(page)


def test_reports_have_a_line_for_each_unit_and_the_whole(desk, office):  # noqa: F811
    november(office)
    with at(22):
        client = desk("chutich")
        given = {"tu-ngay": "1/11/2026", "den-ngay": "30/11/2026"}
        sheet = load_workbook(io.BytesIO(client.get(HERE + "bao-cao/den.xlsx", given).content)).active
        lines = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
        assert lines["Phòng Kinh tế"] == ("3", "1", "1", "0", "1", "0", "50,0 %")
        assert lines["Tổng cộng"] == ("6", "1", "1", "2", "1", "1", "50,0 %")
        sheet = load_workbook(io.BytesIO(client.get(HERE + "bao-cao/di.xlsx", given).content)).active
        assert list(sheet.iter_rows(values_only=True))[-1] == ("Tổng cộng", "3", "1", "2", "0", "33,3 %")
        assert client.get(HERE + "bao-cao/di.pdf", given).content.startswith(b"%PDF")
        assert client.get(HERE + "bao-cao/di.doc", given).status_code == 404
        assert Entry.objects.filter(verb="document.export_list").count() == 3


def test_who_may_not_open_the_books_sees_no_statistics_but_the_province_its_agencies(desk, office):  # noqa: F811
    november(office)
    assert desk("chuyenmon").get(HERE).status_code == 403
    page = desk("theodoi").get(HERE)
    assert faults(page) == []
    assert "Cơ quan làm việc trên hệ thống" in text(page)
    assert "Văn bản trong kỳ" not in text(page)
    assert desk("theodoi").get(HERE + "in/").status_code == 404
    assert desk("vanthu").get(HERE + "rong/").status_code == 404
    wrong = desk("vanthu").get(HERE, {"tu-ngay": "2/2/2026", "den-ngay": "1/1/2026"})
    assert (wrong.status_code, [f for f, _w in errors(wrong)], faults(wrong)) == (422, ["so-tu-ngay"], [])


def test_figures_are_stated_by_hand(desk, office):  # noqa: F811
    client = desk("vanthu")
    assert faults(client.get(HERE + "so-lieu-nam")) == []
    wrong = client.post(HERE + "so-lieu-nam", {"clerks": "hai", "metres_none": "-1"})
    assert ([f for f, _w in errors(wrong)], faults(wrong)) == (["lam-clerks"], [])
    assert client.post(HERE + "so-lieu-nam", {"clerks": "2", "metres_none": "12,5"}).status_code == 302
    assert StatedFigure.objects.count() == 2
    assert "Mét giá chưa chỉnh lý 12,5" in text(client.get(HERE))
    assert desk("chutich").post(HERE + "so-lieu-nam", {"clerks": "3"}).status_code == 403
