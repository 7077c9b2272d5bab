"""Keeping for long on the desk: formats and copies beside originals, groups, further metadata, conflicts of rights."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.domains.workfiles import services
from congvu.ground.orgs import selectors as orgs
from tests.domains.workfiles.filing import letter, opened, pdf
from tests.domains.workfiles.test_keeping import archival, with_word
from tests.faces.desk.pages import errors, text

HERE = "/lam-viec/ho-so-cong-viec/"


def test_a_copy_is_put_beside_the_original(desk, world):
    file, original = with_word(world)
    client, here = desk("chuyenmon"), f"{HERE}{file}/"
    listed = client.get(HERE + "dinh-dang")
    assert "ke-hoach.docx" in text(listed)
    assert f"?lam=bao-quan&amp;tep={original}#lam" in listed.content.decode()
    assert "ke-hoach.docx" in text(client.get(here, {"lam": "bao-quan", "tep": str(original)}))
    plain = {"original": str(original), "file": SimpleUploadedFile("a.pdf", pdf())}
    refused = client.post(here + "bao-quan", plain)
    assert (refused.status_code, errors(refused)[0][0]) == (422, "lam-file")
    assert str(original) in refused.content.decode()
    good = {"original": str(original), "file": SimpleUploadedFile("b.pdf", archival())}
    assert "Đã thêm bản bảo quản" in text(client.post(here + "bao-quan", good, follow=True))
    assert "Mọi tệp đều ở định dạng bảo quản được" in text(client.get(HERE + "dinh-dang"))
    assert client.post(here + "bao-quan", good | {"file": SimpleUploadedFile("c.pdf", archival())}).status_code == 409
    assert client.post(here + "bao-quan", {"original": "x"}).status_code == 409


def test_groups_open_their_files(desk, world):
    file = opened(world)
    client, here = desk("chuyenmon"), f"{HERE}{file}/"
    refused = client.post(here + "che-do", {"level": "02", "reason": ""})
    assert (refused.status_code, errors(refused)[0][0]) == (422, "lam-reason")
    assert 'value="02" selected' in refused.content.decode()
    client.post(here + "che-do", {"level": "02", "reason": "Có số liệu cá nhân"})
    assert "Có điều kiện 1 hồ sơ" in text(client.get(HERE + "luu-tru"))
    assert "lúa vụ đông" in text(client.get(HERE, {"che-do": "02"}))
    assert "Không có hồ sơ công việc nào" in text(client.get(HERE, {"che-do": "01"}))


def test_conflicts_of_rights_are_the_administrators(desk, world):
    assert desk("chuyenmon").get("/quan-tri/xung-dot").status_code == 403
    page = desk("quantri").get("/quan-tri/xung-dot")
    assert page.status_code == 200
    assert all(one.person in text(page) for one in orgs.conflicts())


@pytest.mark.parametrize("address", ["/lam-viec/ho-so-cong-viec/dinh-dang", "/quan-tri/xung-dot"])
def test_in_english(desk, world, address):
    file, _original = with_word(world)
    services.add(world.staff("chuyenmon"), file, None, letter(paper=True))
    client = desk("quantri" if "quan-tri" in address else "chuyenmon")
    client.cookies["django_language"] = "en"
    said = text(client.get(address))
    assert "định dạng" not in said
    assert "Quyền xung đột" not in said
