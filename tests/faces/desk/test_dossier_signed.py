"""A result signed on the desk: by who approves, then numbered and sealed by the records clerk; without script."""

from __future__ import annotations

from django.urls import reverse

from congvu.domains.dossiers.models import Result, SignedResult
from congvu.engines.signing.models import Certificate
from tests.domains.documents.conftest import signing_office  # noqa: F401
from tests.engines.signing.conftest import clock, pki  # noqa: F401
from tests.engines.signing.pki import PIN
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

WORDS = "Cấp bản sao Giấy khai sinh từ sổ gốc, quyển số 01/2001."


def test_approved_with_a_signature_and_sealed(desk, signing_office):  # noqa: F811
    office = signing_office
    keys = dict(Certificate.objects.values_list("provider_ref", "id"))
    record = office.world.take_in("2.000908").record_id
    item = office.world.go_to(record, "approve").id
    chair, key = desk("chutich"), keys["chair.p12"]
    there = f"/lam-viec/ho-so/{record}/"
    page = chair.get(there)
    assert "Phê duyệt, ký số" in text(page)
    form = chair.get(f"{there}?lam=phe-duyet-ky")
    assert ("Mã PIN ký số" in text(form), faults(form)) == (True, [])
    act = reverse("desk_item_act", args=[item, "phe-duyet-ky"])
    empty = chair.post(act, {"text": "", "certificate": key, "pin": PIN})
    wrong = chair.post(act, {"text": WORDS, "certificate": key, "pin": "0000"})
    assert ([field for field, _ in errors(empty)], [field for field, _ in errors(wrong)]) == (["lam-text"], ["lam-pin"])
    assert (WORDS in wrong.content.decode(), SignedResult.objects.count()) == (True, 0)
    assert chair.post(act, {"text": WORDS, "certificate": key, "pin": PIN}).status_code == 302
    clerk = desk("vanthu")
    page = clerk.get(f"{there}?lam=ban-hanh-ky")
    assert "Kết quả đã được" in text(page)
    act = reverse("desk_item_act", args=[office.world.waiting(record).id, "ban-hanh-ky"])
    assert errors(clerk.post(act, {"certificate": keys["agency.p12"], "pin": "1"}))[0][0] == "lam-pin"
    assert Result.objects.count() == 0
    assert clerk.post(act, {"certificate": keys["agency.p12"], "pin": PIN}).status_code == 302
    row = Result.objects.get()
    assert (row.signed, row.number) == (True, "1/KQ-UBND")


def test_without_a_signature_the_clerk_is_offered_no_seal(desk, signing_office):  # noqa: F811
    office = signing_office
    record = office.world.take_in("2.000908").record_id
    office.world.go_to(record, "issue")
    page = desk("vanthu").get(f"/lam-viec/ho-so/{record}/?lam=ban-hanh-ky")
    assert ("Vào sổ, ký số cơ quan" in text(page), "Ban hành kết quả" in text(page)) == (False, True)
