"""A result signed on the desk: by who approves, then numbered and sealed by the records clerk; without script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.domains.dossiers import services
from congvu.domains.dossiers.models import Result, SignedResult
from congvu.engines.signing import jobs
from congvu.engines.signing.models import BatchItem, Certificate
from congvu.engines.workflow import selectors as work
from congvu.ground.orgs.models import Assignment
from tests.domains.documents.conftest import signing_office  # noqa: F401
from tests.engines.signing.conftest import clock, pki  # noqa: F401
from tests.engines.signing.pki import PIN
from tests.engines.signing.standins import Plugin
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

WORDS = "Cấp bản sao Giấy khai sinh từ sổ gốc, quyển số 01/2001."


def finish():
    """The jobs that stamp and check what keys have signed."""
    for job in ProcrastinateJob.objects.filter(task_name="signing.run_batch"):
        jobs.run_batch(**job.args)


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
    assert chair.post(act, {"text": WORDS, "certificate": key, "pin": PIN}).url == there
    held = chair.get(there)
    assert ("đang đóng dấu thời gian" in text(held), "Phê duyệt, ký số" in text(held)) == (True, False)
    assert faults(held) == []
    assert "đang đóng dấu thời gian" in text(chair.get(f"{there}tien-do-ky"))
    assert SignedResult.objects.count() == 0
    finish()
    assert chair.get(f"{there}tien-do-ky")["HX-Refresh"] == "true"
    assert "Lần ký trước" not in text(chair.get(there))
    clerk = desk("vanthu")
    page = clerk.get(f"{there}?lam=ban-hanh-ky")
    assert "Kết quả đã được" in text(page)
    act = reverse("desk_item_act", args=[office.world.waiting(record).id, "ban-hanh-ky"])
    assert errors(clerk.post(act, {"certificate": keys["agency.p12"], "pin": "1"}))[0][0] == "lam-pin"
    assert Result.objects.count() == 0
    assert clerk.post(act, {"certificate": keys["agency.p12"], "pin": PIN}).url == there
    assert "đã ký số cơ quan" in text(clerk.get(there))
    finish()
    row = Result.objects.get()
    assert (row.signed, row.number) == (True, "1/KQ-UBND")


def test_without_a_signature_the_clerk_is_offered_no_seal(desk, signing_office):  # noqa: F811
    office = signing_office
    record = office.world.take_in("2.000908").record_id
    office.world.go_to(record, "issue")
    page = desk("vanthu").get(f"/lam-viec/ho-so/{record}/?lam=ban-hanh-ky")
    assert ("Vào sổ, ký số cơ quan" in text(page), "Ban hành kết quả" in text(page)) == (False, True)


def bring(client, tool, made, field, spoil=None):
    """The tool fetches what waits on its page, signs it and brings it back. Returns what the page is answered."""
    item = BatchItem.objects.get(state="waiting")
    told = client.post(f"{tool}/{item.id}/viec").json()
    place = told["parameter"]["FileName"].removeprefix("http://testserver")
    original = client.get(place).content
    signed = Plugin(made, field)._signed(original)
    client.post(place, spoil(original, signed) if spoil else signed, content_type="application/pdf")
    return told, client.post(f"{tool}/{item.id}/xong", {"status": "0", "message": ""})


def test_signed_and_sealed_by_the_tool_on_the_machine(desk, signing_office):  # noqa: F811
    office = signing_office
    keys = dict(Certificate.objects.values_list("provider_ref", "id"))
    Certificate.objects.update(provider="helper")
    record = office.world.take_in("2.000908").record_id
    item = office.world.go_to(record, "approve").id
    chair, there = desk("chutich"), f"/lam-viec/ho-so/{record}/"
    assert "Mã PIN ký số" not in text(chair.get(f"{there}?lam=phe-duyet-ky"))
    act = reverse("desk_item_act", args=[item, "phe-duyet-ky"])
    empty = chair.post(act, {"text": "", "certificate": keys["chair.p12"]})
    assert [field for field, _ in errors(empty)] == ["lam-text"]
    tool = chair.post(act, {"text": WORDS, "certificate": keys["chair.p12"]}).url
    page = chair.get(tool)
    assert (faults(page), "Ký 1 văn bản trên máy này" in text(page)) == ([], True)
    assert there in page.content.decode()
    told, done = bring(chair, tool, office.pki.chair, "person")
    assert told["parameter"]["DocNumber"] == ""
    assert done.json() == {"state": "signed", "label": "Đã ký, hợp lệ"}
    assert "1 văn bản đã ký" in text(chair.get(tool.removesuffix("/may-ky")))
    clerk = desk("vanthu")
    act = reverse("desk_item_act", args=[office.world.waiting(record).id, "ban-hanh-ky"])
    tool = clerk.post(act, {"certificate": keys["agency.p12"]}).url
    told, done = bring(clerk, tool, office.pki.agency, "agency")
    assert (told["parameter"]["DocNumber"], told["parameter"]["IssuedDate"]) == ("01", "2026-11-19")
    assert done.json()["state"] == "signed"
    assert (Result.objects.get().signed, Result.objects.get().number) == (True, "1/KQ-UBND")
    result = clerk.get(tool.removesuffix("/may-ky"))
    assert ("1 văn bản đã phát hành" in text(result), faults(result)) == (True, [])


@pytest.fixture
def at_the_tool(desk, signing_office):  # noqa: F811
    """A result on its way to the tool: the dossier, its step, who signs, the client, the page of the tool."""
    keys = dict(Certificate.objects.values_list("provider_ref", "id"))
    Certificate.objects.update(provider="helper")
    record = signing_office.world.take_in("2.000908").record_id
    item, actor = signing_office.world.go_to(record, "approve").id, signing_office.world.holder(record)
    act = reverse("desk_item_act", args=[item, "phe-duyet-ky"])
    chair = desk("chutich")
    return record, item, actor, chair, chair.post(act, {"text": WORDS, "certificate": keys["chair.p12"]}).url


def nothing_moved(office, record, item):
    assert (office.world.waiting(record).id, SignedResult.objects.count()) == (item, 0)
    assert BatchItem.objects.get().state == "waiting"


def test_a_device_pulled_out_another_one_and_an_altered_file_move_nothing(at_the_tool, signing_office):  # noqa: F811
    office, (record, item, _actor, chair, tool) = signing_office, at_the_tool
    one = BatchItem.objects.get().id
    chair.post(f"{tool}/{one}/viec")
    pulled = chair.post(f"{tool}/{one}/xong", {"status": "10", "message": "Không tìm thấy thiết bị token"})
    assert pulled.json()["words"] == "Công cụ ký số báo: Không tìm thấy thiết bị token"
    nothing_moved(office, record, item)
    _told, another = bring(chair, tool, office.pki.ending, "person")
    assert "không phải chứng thư đã chọn" in another.json()["words"]
    nothing_moved(office, record, item)
    _told, altered = bring(chair, tool, office.pki.chair, "person", spoil=lambda original, _signed: original)
    assert "không phải văn bản đã gửi đi ký" in altered.json()["words"]
    nothing_moved(office, record, item)
    _told, good = bring(chair, tool, office.pki.chair, "person")
    assert good.json()["state"] == "signed"


def signed_by_the_tool(office, chair, tool):
    """The file is signed and back; the page has not told it yet. Returns what tells it."""
    one = BatchItem.objects.get().id
    told = chair.post(f"{tool}/{one}/viec").json()
    place = told["parameter"]["FileName"].removeprefix("http://testserver")
    signed = Plugin(office.pki.chair, "person")._signed(chair.get(place).content)
    chair.post(place, signed, content_type="application/pdf")
    return lambda: chair.post(f"{tool}/{one}/xong", {"status": "0", "message": ""})


def test_a_dossier_that_moved_on_meanwhile_takes_no_signature(at_the_tool, signing_office):  # noqa: F811
    office, (record, item, actor, chair, tool) = signing_office, at_the_tool
    tell = signed_by_the_tool(office, chair, tool)
    (back, _name), *_rest = work.earlier_steps(item)
    services.send_back(actor, item, to=back, reason="Sai họ tên")
    waiting, answer = office.world.waiting(record).id, tell()
    assert (answer.status_code, "đã được" in answer.json()["words"]) == (409, True), answer.json()
    assert (office.world.waiting(record).id, SignedResult.objects.count()) == (waiting, 0)


def test_another_proposal_written_meanwhile_takes_no_signature(at_the_tool, signing_office):  # noqa: F811
    office, (record, item, actor, chair, tool) = signing_office, at_the_tool
    tell = signed_by_the_tool(office, chair, tool)
    services.propose_result(actor, item, text="Bổ sung hai bản sao.")
    assert tell().json()["code"] == "changed"
    nothing_moved(office, record, item)


def test_whose_post_ended_meanwhile_signs_nothing(at_the_tool, signing_office):  # noqa: F811
    office, (record, item, _actor, chair, tool) = signing_office, at_the_tool
    tell = signed_by_the_tool(office, chair, tool)
    yesterday = office.world.today - timedelta(days=1)
    Assignment.objects.filter(user=office.world.made.users["chutich"]).update(valid_to=yesterday)
    answer = tell()
    assert (answer.status_code, "quyền" in text(answer)) == (403, True)
    nothing_moved(office, record, item)
