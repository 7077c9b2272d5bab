"""Tiếp nhận tại quầy: the screen, its refusals, the receipt, and people already known."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.common.errors import Forbidden, Invalid
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.models import Dossier
from congvu.ground.audit.models import Entry
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_dossier_page import pdf
from tests.marks import refuses

COUNTER = "/lam-viec/mot-cua/tiep-nhan"
PERSON = COUNTER + "/nguoi"


def form(**changed):
    return {
        "procedure": "2.000908", "key": "k1", "papers": "2", "applicant.personal_id": "099188000123",
        "applicant.full_name": "Trần Thị Lan", "applicant.phone": "0900 000 147", "paper-0": "1",
        "paper-0-name": "Tờ khai", "paper-0-originals": "1", "paper-0-plain": "0", "result_channel": "counter",
        "size": "a5",
    } | changed  # fmt: skip


def test_choosing_a_procedure(desk):
    client = desk("motcua")
    assert "Ví dụ: giấy độc thân" in text(client.get(COUNTER))
    found = client.get(COUNTER, {"q": "giay doc than"})
    assert "?thu-tuc=1.004873" in found.content.decode()
    assert "1.004873" in text(client.get(COUNTER + "/thu-tuc", {"q": "tình trạng hôn nhân"}))
    chosen = client.get(COUNTER, {"thu-tuc": "1.004873"})
    assert "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân" in text(chosen)
    assert "Ví dụ: giấy độc thân" in text(client.get(COUNTER, {"thu-tuc": "9.999999"}))


def test_only_clerks(desk):
    client = desk("vanthu")
    assert client.get(COUNTER).status_code == 403
    assert client.post(COUNTER, form()).status_code == 403
    assert not Dossier.objects.exists()


def test_taken_in_and_the_size_of_paper_is_remembered(desk, world):
    client = desk("motcua")
    response = client.post(COUNTER, form())
    (dossier,) = Dossier.objects.all()
    assert response["Location"] == f"/lam-viec/ho-so/{dossier.record_id}/?moi=1"
    page = client.get(response["Location"])
    assert "Đã tiếp nhận hồ sơ" in text(page)
    assert f"/lam-viec/ho-so/{dossier.record_id}/giay/tiep-nhan-a5.pdf" in page.content.decode()
    assert "In lại giấy tiếp nhận H99.101-261119-0001" in text(client.get(COUNTER))
    assert client.post(COUNTER, form())["Location"] == response["Location"]
    assert Dossier.objects.count() == 1


def test_refused_keeps_what_was_typed_and_the_scan(desk):
    client = desk("motcua")
    wrong = form(**{"applicant.personal_id": "12", "applicant.full_name": "", "request": "Cấp 2 bản"})
    page = client.post(COUNTER, wrong | {"paper-0-file": pdf("to-khai.pdf")})
    assert page.status_code == 422
    assert errors(page) == [
        ("applicant.personal_id", "Số định danh cá nhân gồm đúng 12 chữ số."),
        ("applicant.full_name", "Ghi họ và tên."),
    ]
    html = page.content.decode()
    assert 'value="12"' in html
    assert "Cấp 2 bản</textarea>" in html
    assert 'value="a5" checked' in html
    assert "Đã nhận tệp to-khai.pdf" in text(page)
    assert not Dossier.objects.exists()
    kept = page.context["papers"][0].kept
    client.post(COUNTER, form(key="k2", **{"paper-0-file-kept": str(kept.id)}))
    assert Dossier.objects.get().papers[0]["file"] == str(kept.id)


def test_an_agent_without_authorisation_opens_that_part(desk):
    wrong = form(**{"agent.full_name": "Lê Văn Thay", "agent.personal_id": "099075000107"})
    page = desk("motcua").post(COUNTER, wrong)
    assert [field for field, _words in errors(page)] == ["agent.authorisation"]
    assert '<details class="c-more" open>' in page.content.decode()
    assert not Dossier.objects.exists()


def test_a_firm_is_named_by_its_tax_code_and_its_representative(desk, world):
    firm = {
        "applicant.kind": "enterprise", "applicant.full_name": "Hợp tác xã Rau sạch Lam Giang",
        "applicant.tax_code": "99000", "applicant.address": "Thôn Đông", "copies": "0",
    }  # fmt: skip
    refused = desk("motcua").post(COUNTER, form(**firm))
    assert [field for field, _words in errors(refused)] == ["copies", "applicant.tax_code"]
    assert 'value="enterprise" checked' in refused.content.decode()
    assert not Dossier.objects.exists()
    agent = {
        "agent.full_name": "Bùi Hữu Toàn", "agent.personal_id": "099075000107", "agent.phone": "0900 000 107",
        "agent.email": "toan@nguoidan.example", "agent.address": "Thôn Đoài",
        "agent.authorisation": "Người đại diện theo pháp luật",
    }  # fmt: skip
    desk("motcua").post(
        COUNTER, form(**(firm | agent)) | {"key": "k2", "applicant.tax_code": "9900000115", "copies": "2"}
    )
    view = selectors.dossier(world.clerk, Dossier.objects.get().record_id)
    assert (view.applicant.kind, view.applicant.tax_code, view.applicant.personal_id) == (
        "enterprise",
        "9900000115",
        "",
    )
    assert (view.agent.phone, view.agent.email, view.agent.address, view.copies) == (
        "0900000107", "toan@nguoidan.example", "Thôn Đoài", 2,
    )  # fmt: skip


def test_a_scan_that_cannot_be_taken_is_named_at_its_paper(desk):
    page = desk("motcua").post(COUNTER, form() | {"paper-0-file": SimpleUploadedFile("trong.pdf", b"")})
    assert [field for field, _words in errors(page)] == ["paper-0-file"]
    assert not Dossier.objects.exists()


def test_a_known_person_fills_the_form_but_what_is_typed_stays(desk, world):
    world.take_in("2.000908")
    client = desk("motcua")
    answer = client.post(PERSON, {"applicant.personal_id": "099188000123", "applicant.phone": "0911 111 111"})
    assert 'value="Trần Thị Lan"' in answer.content.decode()
    assert 'value="0911 111 111"' in answer.content.decode()
    assert "Hãy đối chiếu với thẻ căn cước" in text(answer)
    assert Entry.objects.filter(verb="dossier.look_up_applicant", actor_name="Phạm Thị Hoa").count() == 1


@pytest.mark.parametrize("number", ["", "0991", "099188000999"])
def test_unfinished_and_unknown_numbers_change_nothing(desk, number):
    assert desk("motcua").post(PERSON, {"applicant.personal_id": number}).status_code == 204


def test_a_miss_leaves_a_digest_and_trying_numbers_out_is_stopped(desk, world, monkeypatch):
    from congvu.domains.dossiers.services import applicant

    monkeypatch.setattr(applicant, "LOOKUPS", 2)
    world.take_in("2.000908")
    clerk = desk("motcua")
    for number in ("099188000999", "099188000123"):
        clerk.post(PERSON, {"applicant.personal_id": number})
    told = Entry.objects.filter(verb="dossier.look_up_applicant").values_list("detail", flat=True)
    miss, hit = sorted(told, key=len)
    assert set(miss) == {"asked"}
    assert set(hit) == {"asked", "subject"}
    assert miss["asked"] != hit["asked"]
    assert "099188000999" not in str(miss)
    for _again in range(2):
        stopped = clerk.post(PERSON, {"applicant.personal_id": "099188000123"})
        assert stopped.status_code == 429
        assert "Trần Thị Lan" not in text(stopped)
    assert Entry.objects.filter(verb="dossier.look_up_applicant").count() == 2


@refuses("dossier.look_up_applicant")
def test_only_clerks_look_people_up(desk, world):
    world.take_in("2.000908")
    assert desk("vanthu").post(PERSON, {"applicant.personal_id": "099188000123"}).status_code == 403
    with pytest.raises(Forbidden):
        services.look_up_applicant(world.staff("chutich"), "099188000123")
    with pytest.raises(Invalid):
        services.look_up_applicant(world.clerk, "12")
    assert not Entry.objects.filter(verb="dossier.look_up_applicant").exists()


def test_received_today_is_ones_own_and_todays(world, django_assert_num_queries):
    answer = world.take_in("2.000908")
    clerk = world.clerk
    with django_assert_num_queries(1):
        rows = selectors.received_today(clerk)
    assert [row.code for row in rows] == [answer.code]
    assert selectors.received_today(world.staff("kiemnhiem")) == ()
    world.clock.shift(24 * 3600)
    assert selectors.received_today(world.clerk) == ()
