"""The register of certificates, requests and trusted roots on the desk: who opens them and what the forms do."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.engines.signing import selectors
from congvu.engines.signing.models import Certificate, Paper, TrustRoot
from congvu.engines.typeset import services as typeset
from tests.domains.documents.conftest import signing_office  # noqa: F401 - a fixture
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

pytestmark = pytest.mark.django_db
BOOK = "/quan-tri/chung-thu-so/"


def der(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_figures_open_the_certificates_they_count(desk, signing_office):  # noqa: F811
    client = desk("vanthu")
    page = client.get(BOOK)
    assert faults(page) == []
    (line,) = page.context["counts"]
    assert [count for count, _url in line["cells"]] == [3, 2, 3, 1]
    for count, url in line["cells"]:
        assert len(client.get(BOOK + url).context["rows"]) == count
    assert [row.name for row, *_rest in client.get(f"{BOOK}?loc=30").context["rows"]] == ["Vũ Thị Lan"]
    assert desk("chuyenmon").get(BOOK).status_code == 403


def test_a_certificate_is_suspended_revoked_and_its_device_comes_back(desk, signing_office):  # noqa: F811
    house, client = signing_office, desk("vanthu")
    row = Certificate.objects.get(content=house.pki.chair.der)
    Certificate.objects.filter(id=row.id).update(device="held")
    here = f"{BOOK}{row.id}/"
    empty = client.post(f"{here}tam-dung", {"reason": ""})
    assert (empty.status_code, errors(empty)[0][0]) == (422, "c-reason")
    for verb, given, state in (
        ("tam-dung", {"reason": "Mất thẻ"}, "suspended"), ("dung-lai", {"reason": "Đã thấy"}, "active"),
        ("de-nghi", {"form": "05", "reason": "Nghỉ hưu", "letter": "12/UBND-VP"}, "active"),
        ("thu-hoi", {"reason": "Nghỉ hưu"}, "revoked"), ("thiet-bi", {"form": "08", "reason": "Đã nộp"}, "revoked"),
    ):  # fmt: skip
        assert client.post(here + verb, given).status_code == 302, verb
        assert selectors.certificate(house.clerk, row.id).state == state
    page = client.get(here)
    assert ("Mẫu 08: nộp lại thiết bị" in text(page), faults(page)) == (True, [])
    assert Paper.objects.get(form="05").state == "done"
    assert desk("vanthu").get(f"{BOOK}999999/").status_code == 404


def test_asked_and_issued_by_the_forms(desk, signing_office):  # noqa: F811
    house, client = signing_office, desk("vanthu")
    papers = f"{BOOK}de-nghi"
    empty = client.post(f"{papers}/lap", {"kind": "person", "reason": ""})
    assert (empty.status_code, [field for field, _words in errors(empty)]) == (422, ["p-user_id", "p-reason"])
    given = {"kind": "person", "user_id": house.position("-kt:head:1"), "reason": "Ký thừa lệnh"}
    assert client.post(f"{papers}/lap", given).status_code == 302
    paper = Paper.objects.latest("id")
    page = client.get(papers)
    assert ("Mẫu 01: cấp mới cho cá nhân" in text(page), faults(page)) == (True, [])
    wrong = client.post(f"{papers}/{paper.id}/cap", {"certificate": der("x.cer", b"x"), "provider": "pkcs11"})
    assert (wrong.status_code, errors(wrong)[0][0]) == (422, "p-certificate")
    content = {"certificate": der("x.cer", house.pki.citizen.der), "provider": "pkcs11", "device_serial": "T-9"}
    assert client.post(f"{papers}/{paper.id}/cap", content).status_code == 302
    row = Certificate.objects.latest("id")
    assert (row.user_id, row.device_serial) == (house.world.made.users["truongphong"], "T-9")
    assert client.post(f"{papers}/{paper.id}/tu-choi", {"outcome": "Muộn"}).status_code == 409


def test_roots_are_the_administrators_alone(desk, signing_office):  # noqa: F811
    house, client = signing_office, desk("quantri")
    here = f"{BOOK}goc"
    assert desk("vanthu").get(here).status_code == 403
    assert faults(client.get(here)) == []
    given = {"name": "Gốc mới", "chain": "public", "purposes": ["sign"], "anchor": "1"}
    wrong = client.post(here, {**given, "certificate": der("x", b"x")})
    assert (wrong.status_code, errors(wrong)[0][0]) == (422, "g-certificate")
    assert client.post(here, {**given, "certificate": der("x.cer", house.pki.stranger.der)}).status_code == 302
    root = TrustRoot.objects.get(name="Gốc mới")
    assert client.post(f"{here}/{root.id}/bo", {"reason": ""}).status_code == 422
    assert client.post(f"{here}/{root.id}/bo", {"reason": "Nhầm"}).status_code == 302
    assert "Gốc mới" not in text(client.get(here))


def test_pictures_of_the_own_hand_and_the_seal(desk, signing_office):  # noqa: F811
    client, here = desk("vanthu"), "/lam-viec/cho-ky/anh"
    assert faults(client.get(here)) == []
    wrong = client.post(here, {"loai": "chu-ky", "picture": der("x.png", b"x")})
    assert (wrong.status_code, errors(wrong)) == (422, [("a-picture", "Ảnh phải là PNG có nền trong suốt.")])
    assert ('id="a-picture-e"' in wrong.content.decode(), faults(wrong)) == (True, [])
    mine = typeset.demo_signature("Đặng Thị Ngân")
    assert client.post(here, {"loai": "chu-ky", "picture": der("x.png", mine)}).status_code == 302
    assert client.get(f"{here}/chu-ky.png").content == mine
    assert client.get(f"{here}/con-dau.png").status_code == 200
    other = desk("chuyenmon")
    assert other.get(f"{here}/con-dau.png").status_code == 404
    assert other.post(here, {"loai": "con-dau", "picture": der("x.png", mine)}).status_code == 403
