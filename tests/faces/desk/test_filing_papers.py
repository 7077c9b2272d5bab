"""Papers about work files: danh mục hồ sơ, the list of a council, minutes; a dossier put into a file on its page."""

from __future__ import annotations

import subprocess
from datetime import datetime

from congvu.common.zones import VN
from congvu.domains.workfiles import selectors, services
from congvu.domains.workfiles.types import LineInput
from tests.domains.workfiles.filing import opened
from tests.domains.workfiles.test_archive import archived
from tests.faces.desk.pages import errors, text

HERE = "/lam-viec/ho-so-cong-viec/"
PAPERS = "/lam-viec/so-van-ban/"


def words(answer) -> str:
    """What stands on the paper."""
    assert answer["Content-Type"] == "application/pdf"
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=answer.content, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def test_each_paper_says_the_term_as_its_rule_does(desk, world):
    """NĐ 30/2020 prints "thời hạn bảo quản"; what follows the law of 2024 prints "thời hạn lưu trữ" (fact 44)."""
    clerk, agency = world.staff("vanthu"), world.made.units["xa-yen-khe"]
    listed = services.draft(clerk, agency, 2026)
    heading = services.add_heading(clerk, listed, title="Kinh tế", symbol="KT")
    services.add_line(clerk, heading, LineInput("Hồ sơ thiên tai", world.made.units["xa-yen-khe-kt"], 20))
    file = archived(world, "05.KT", years=2)
    client = desk("vanthu")
    catalogue = words(client.get(f"{PAPERS}danh-muc-ho-so/{listed}", {"dang": "pdf"}))
    index = words(client.get(PAPERS + "muc-luc-ho-so", {"nam": "2026", "dang": "pdf"}))
    world.clock.move_to(datetime(2029, 1, 2, 9, 0, tzinfo=VN))
    logins = ("chanhvp", "truongphong", "hotich", "giamdoc", "vanhoa")
    made = services.list_for_disposal(
        clerk, agency, title="Danh mục xét hủy năm 2029", files=[file], reason="Hết thời hạn",
        members=[world.staff(login).position_id for login in logins],
    )  # fmt: skip
    council = words(desk("vanthu").get(f"{PAPERS}danh-muc-xet-huy/{made}"))
    for paper in (catalogue, index):
        assert "bảo quản" in paper
        assert "lưu trữ" not in paper
    assert "Hồ sơ thiên tai" in catalogue
    assert "01.KT" in catalogue
    assert "bảo quản" not in council
    assert "lưu trữ" in council
    assert "H99.101.2026.05.KT" in council.replace(" ", "")
    client = desk("vanthu")
    assert client.get(f"{PAPERS}danh-muc-ho-so/{listed}", {"dang": "xlsx"}).content.startswith(b"PK")
    assert client.get(f"{PAPERS}danh-muc-ho-so/{listed}", {"dang": "exe"}).status_code == 404
    assert desk("chutichtinh").get(f"{PAPERS}danh-muc-xet-huy/{made}").status_code == 404


def test_minutes_of_what_the_archive_accepted(desk, world):
    file, client = archived(world), desk("chuyenmon")
    said = words(client.get(f"{PAPERS}bien-ban-giao-nhan/{file}"))
    view = selectors.file(world.staff("chuyenmon"), file)
    for part in (view.row.maker, world.staff("vanthu").name, "H99.101.2026.05.KT", "Tổng số tệp tin trong hồ sơ: 2"):
        assert part in said
    assert client.get(f"{PAPERS}bien-ban-giao-nhan/{opened(world, notation='06.KT')}").status_code == 404


def test_a_dossier_is_put_into_a_work_file_from_its_page(desk, world):
    dossier = world.take_in("2.000908").record_id
    file, client = opened(world, "chutich", notation="01.LD"), desk("chutich")
    here = f"{HERE}gom/{dossier}"
    assert here in client.get(f"/lam-viec/ho-so/{dossier}/").content.decode()
    refused = client.post(here, {"file": ""})
    assert (refused.status_code, errors(refused)[0][0]) == (422, "lam-file")
    assert "Đã đưa hồ sơ một cửa" in text(client.post(here, {"file": str(file)}, follow=True))
    assert "Hồ sơ thủ tục hành chính" in text(client.get(f"{HERE}{file}/"))
    assert desk("vanhoa").get(here).status_code == 404
