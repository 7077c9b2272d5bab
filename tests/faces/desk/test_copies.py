"""Bản sao on the desk: lawful ways offered, wrong ones refused in words, both media, sao lục of a sao y, the book."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Copy
from congvu.domains.documents.types import CopyInput
from congvu.engines.signing import jobs
from congvu.engines.signing.models import Batch, Certificate
from tests.domains.documents.conftest import signing_office  # noqa: F401
from tests.domains.documents.test_copying import bytes_of, issued, paper, text_of
from tests.engines.signing.conftest import clock, pki  # noqa: F401
from tests.engines.signing.pki import PIN
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

pytestmark = pytest.mark.django_db
HERE = "/lam-viec/ban-sao/"


@pytest.fixture
def house(signing_office):  # noqa: F811
    keys = dict(Certificate.objects.values_list("provider_ref", "id"))
    signing_office.keys = SimpleNamespace(agency=keys["agency.p12"])
    return signing_office


def make(desk, source: UUID, way: str, **values):
    return desk("vanthu").post(f"{HERE}sao/{source}", {"key": "k1", "way": way, **values})


def test_an_original_on_paper_and_its_relay_copy(desk, house):
    source = issued(house)
    page = desk("vanthu").get(f"/lam-viec/van-ban-di/{source}/")
    assert f"{HERE}sao/{source}" in page.content.decode()
    form = desk("vanthu").get(f"{HERE}sao/{source}")
    offered = ("Sao y: Bản giấy", "Trích sao: Bản điện tử", "Sao lục", "Sao y: Bản điện tử")
    assert [words in text(form) for words in offered] == [True, True, False, False]
    assert faults(form) == []
    sent = make(desk, source, "SY:paper", signer=house.position(":chair:1"), recipients="Như trên\nLưu: VT")
    assert sent.status_code == 302, errors(sent)
    made = Copy.objects.get()
    shown = desk("vanthu").get(sent["Location"])
    assert ("01/SY-UBND" in text(shown), "Sao lục" in text(shown), faults(shown)) == (True, True, [])
    # The block stands on the sheet of the original, right after its end (NĐ 30/2020 Phụ lục I, phần II).
    assert made.pages == 1
    words = text_of(bytes_of(house, made.pk))
    assert words.index("Nơi nhận") < words.index("SAO Y") < words.index("01/SY-UBND")
    page = desk("vanthu").get(f"/lam-viec/van-ban-di/{source}/")
    assert "Sao y 01/SY-UBND" in text(page)
    relay = make(desk, made.pk, "SL:paper", key="k2", signer=house.position(":chair:1"))
    assert relay.status_code == 302, errors(relay)
    book = desk("vanthu").get(HERE)
    assert ("01/SY-UBND" in text(book), "02/SL-UBND" in text(book), faults(book)) == (True, True, [])
    pdf = desk("vanthu").get(f"{HERE}{made.pk}/tep")
    assert (pdf["Content-Type"], pdf["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")


def test_an_electronic_copy_opens_the_key_of_the_agency(desk, house):
    source = paper(house)
    wrong = make(desk, source, "SY:electronic", certificate=house.keys.agency, pin="0000")
    assert (wrong.status_code, [field for field, _words in errors(wrong)]) == (422, ["lam-pin"])
    assert Copy.objects.count() == 0
    sent = make(desk, source, "SY:electronic", certificate=house.keys.agency, pin=PIN)
    assert sent.status_code == 302, errors(sent)
    (view,) = selectors.copies_of(house.clerk, source)
    assert (view.medium, view.code, view.sealed) == ("electronic", "01/SY-UBND", False)
    waits = desk("vanthu").get(sent["Location"])
    assert ("Đang đóng dấu thời gian" in text(waits), faults(waits)) == (True, [])
    assert desk("vanthu").get(f"{HERE}{view.id}/tep").status_code == 404
    again = make(desk, source, "SY:electronic", certificate=house.keys.agency, pin=PIN)
    assert again["Location"] == sent["Location"]
    run_jobs()
    done = desk("vanthu").get(sent["Location"])
    assert ("Mở thẻ riêng" in text(done), faults(done)) == (True, [])
    assert desk("vanthu").get(f"{HERE}{view.id}/tep")["Content-Type"] == "application/pdf"
    assert "Sao y 01/SY-UBND" in text(desk("vanthu").get(f"/lam-viec/van-ban-den/{source}/"))


def run_jobs() -> None:
    for job in ProcrastinateJob.objects.filter(task_name="signing.run_batch", status="todo"):
        jobs.run_batch(**job.args)


def test_a_copy_whose_seal_did_not_come_about_is_sealed_from_its_page(desk, house):
    source = paper(house)
    made = services.copy(house.clerk, source, CopyInput("SY", "electronic"), house.keys.agency, key="k")
    page = desk("vanthu").get(f"{HERE}{made}/")
    assert ("Bản sao chưa được đóng dấu" in text(page), faults(page)) == (True, [])
    book = desk("vanthu").get(HERE)
    assert ("Chưa đóng dấu" in text(book), faults(book)) == (True, [])
    wrong = desk("vanthu").post(f"{HERE}{made}/dong-dau", {"certificate": house.keys.agency, "pin": "0000"})
    assert (wrong.status_code, errors(wrong)[0][0], faults(wrong)) == (422, "lam-pin", [])
    sent = desk("vanthu").post(f"{HERE}{made}/dong-dau", {"certificate": house.keys.agency, "pin": PIN})
    assert sent["Location"] == f"{HERE}{made}/"
    run_jobs()
    assert selectors.copy_of(house.clerk, made).sealed
    batch = Batch.objects.latest("opened_at")
    shown = desk("vanthu").get(f"/lam-viec/cho-ky/luot/{batch.id}")
    assert (f"{HERE}{made}/" in shown.content.decode(), "01/SY-UBND" in text(shown)) == (True, True)
    late = desk("vanthu").post(f"{HERE}{made}/dong-dau", {"certificate": house.keys.agency, "pin": PIN})
    assert (late.status_code, "đã được đóng dấu" in text(late)) == (409, True)


def test_an_extract_takes_its_pages(desk, house):
    source = issued(house)
    none = make(desk, source, "TrS:paper", signer=house.position(":chair:1"), recipients="Phòng Kinh tế")
    assert (none.status_code, errors(none)[0][0]) == (422, "lam-pages")
    assert "Phòng Kinh tế</textarea>" in none.content.decode()
    beyond = make(desk, source, "TrS:paper", pages="1-9", signer=house.position(":chair:1"))
    assert errors(beyond) == [("lam-pages", "Văn bản chỉ có 1 trang.")]
    unread = make(desk, source, "TrS:paper", pages="hai", signer=house.position(":chair:1"))
    assert errors(unread) == [("lam-pages", "Ghi số trang như 2, 4-6.")]
    sent = make(
        desk, source, "TrS:electronic", key="k9", pages="1", certificate=house.keys.agency, pin=PIN
    )  # fmt: skip
    assert sent.status_code == 302, errors(sent)
    run_jobs()
    made = Copy.objects.get()
    assert (made.form, made.medium, made.number) == ("TrS", "electronic", 1)
    assert "Nội dung báo cáo." in text_of(bytes_of(house, made.pk))


def test_what_the_decree_does_not_know_is_refused_in_words(desk, house):
    source = issued(house)
    straight = make(desk, source, "SY:electronic", certificate=house.keys.agency, pin=PIN)
    assert errors(straight) == [
        ("lam-way", "Không sao từ bản điện tử sang bản điện tử: hãy chuyển chính văn bản điện tử.")
    ]
    relay = make(desk, source, "SL:paper", signer=house.position(":chair:1"))
    assert errors(relay) == [("lam-way", "Sao lục chỉ được thực hiện từ bản sao y.")]
    unsigned = make(desk, source, "SY:paper")
    assert errors(unsigned) == [("lam-signer", "Chọn người ký bản sao.")]
    assert Copy.objects.count() == 0
    for client in (desk("chuyenmon"), desk("chutich")):
        assert client.get(f"{HERE}sao/{source}").status_code == 403
    draft = house.draft()
    assert desk("vanthu").get(f"{HERE}sao/{draft}").status_code == 409
    assert desk("vanthu").get(f"{HERE}{draft}/").status_code == 404
