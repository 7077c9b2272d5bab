"""After filing: look-up without a name, the applicant's page, supplement, withdrawal, result."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.common.zones import at
from congvu.domains.dossiers import services as acts
from congvu.domains.dossiers.models import Dossier, Supplement
from congvu.ground.files import services as files
from congvu.ground.files.models import Blob, File
from congvu.ground.files.types import Scan
from congvu.ground.orgs.models import UnitVersion
from tests.faces.portal.births import photo, send
from tests.faces.portal.pages import errors, follow, heading, post
from tests.faces.portal.world import NOW, at_counter, finish, worker
from tests.marks import refuses

NAME = "Nguyễn Thị Thu Hường"


@pytest.fixture
def counter(world):
    """A dossier of the mother, received at the counter."""
    return at_counter(world, world.mother)


def ask(world, received, *items: str) -> None:
    acts.ask_supplement(
        world.clerk, received.record_id, items=list(items) or ["Bản sao giấy tờ tùy thân"], reason="Ảnh chụp bị mờ."
    )


def state(received) -> str:
    return Dossier.objects.select_related("record").get(record_id=received.record_id).record.state


def test_look_up_by_code_shows_how_far_it_is_and_no_name(anybody, counter):
    page = anybody.get("/ho-so", {"ma": counter.code}).content.decode()
    assert counter.code in page
    assert "Đang xử lý" in page
    assert re.search(r"Đã xong \d/\d bước", page)
    for secret in (NAME, "Hường", "0900000101", "099195000101", counter.token, "giay-tiep-nhan"):
        assert secret not in page


def test_look_up_takes_both_agency_orders_small_letters_and_blanks(anybody, world):
    UnitVersion.objects.filter(unit=world.commune).update(code="H99.24")
    received = at_counter(world, world.mother)
    assert received.code == "H99.24-261118-0001"
    for typed in ("000.00.24.H99-261118-0001", " h99.24-261118-0001 ", "H99.24 - 261118 - 0001"):
        assert "Đang xử lý" in anybody.get("/ho-so", {"ma": typed}).content.decode()


def test_look_up_by_portal_number(anybody, mother, world):
    send(mother, world)
    number = Dossier.objects.get().portal_number
    page = anybody.get("/ho-so", {"ma": number}).content.decode()
    assert "Chờ tiếp nhận" in page
    assert NAME not in page


@pytest.mark.parametrize("typed", ["H99.101-261118-9999", "x" * 5000, "\x00", "'; drop", "😀"])
def test_a_code_that_is_none_is_told_beside_the_box(anybody, counter, typed):
    response = anybody.get("/ho-so", {"ma": typed})
    assert response.status_code in (200, 404)
    if response.status_code == 404:
        assert 'id="ma-e"' in response.content.decode()


def test_guessing_codes_is_braked_by_address(anybody, counter):
    for _guess in range(30):
        anybody.get("/ho-so", {"ma": "H99.101-261118-9999"})
    response = anybody.get("/ho-so", {"ma": counter.code})
    assert response.status_code == 429
    assert "Đã thử quá nhiều lần" in response.content.decode()
    assert "Đang xử lý" not in response.content.decode()
    other = anybody.get("/ho-so", {"ma": counter.code}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 200


def test_the_last_hop_of_our_own_proxy_is_the_address(anybody, counter, settings):
    settings.PROXIES = 1
    for _guess in range(31):
        anybody.get("/ho-so", {"ma": "x"}, HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.1")
    assert anybody.get("/ho-so", {"ma": "x"}, HTTP_X_FORWARDED_FOR="203.0.113.1").status_code == 429
    assert anybody.get("/ho-so", {"ma": "x"}, HTTP_X_FORWARDED_FOR="203.0.113.2").status_code == 404


def test_short_link_shows_no_name_to_others(anybody, neighbour, counter):
    for client in (anybody, neighbour):
        response = client.get(f"/h/{counter.token}")
        page = response.content.decode()
        assert response.status_code == 200
        assert counter.code in page
        assert "Hẹn trả" in page
        for secret in (NAME, "0900000101", "099195000101", "Đơn đề nghị"):
            assert secret not in page


def test_unknown_links_are_words(anybody, world):
    for address in ("/h/khongco", "/h/%F0%9F%98%80", "/h/" + "x" * 300):
        response = anybody.get(address)
        assert response.status_code == 404
        assert "Không tìm thấy" in response.content.decode()


def test_short_link_asks_a_fixed_number_of_times(anybody, counter, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        anybody.get(f"/h/{counter.token}")


def test_the_applicant_sees_the_whole(mother, counter):
    page = mother.get(f"/h/{counter.token}").content.decode()
    for words in (
        NAME,
        counter.code,
        "Đang xử lý",
        "Diễn biến hồ sơ",
        "Hồ sơ được tiếp nhận",
        "Đơn đề nghị",
        "Rút hồ sơ",
    ):
        assert words in page
    assert 1 <= page.count('<span class="cv-track__dot"') <= 5


def test_receipt_is_for_the_applicant_only(mother, neighbour, anybody, counter):
    address = f"/h/{counter.token}/giay-tiep-nhan.pdf"
    assert mother.get(address).content.startswith(b"%PDF")
    assert neighbour.get(address).status_code == 404
    assert anybody.get(address)["Location"].startswith("/dang-nhap")


def test_my_dossiers_lists_own_ones_only_and_asks_a_fixed_number_of_times(
    mother, neighbour, world, counter, django_assert_max_num_queries
):
    at_counter(world, world.mother, key="k2")
    at_counter(world, world.neighbour, key="k3")
    page = mother.get("/ho-so").content.decode()
    assert page.count('href="/ho-so/') == 3  # two dossiers and the drafts
    assert page.count(counter.code) == 1
    with django_assert_max_num_queries(6):
        mother.get("/ho-so")
    assert counter.code not in neighbour.get("/ho-so").content.decode()
    assert follow(mother, mother.get(f"/ho-so/{counter.record_id}")).request["PATH_INFO"] == f"/h/{counter.token}"
    assert neighbour.get(f"/ho-so/{counter.record_id}").status_code == 404


def test_signing_out_ends_the_session_and_leads_home(mother, counter):
    left = post(mother, mother.get("/ho-so"))
    assert left["Location"] == "/"
    assert counter.code not in mother.get("/ho-so").content.decode()


def test_a_request_for_papers_stands_on_the_page(mother, anybody, world, counter):
    ask(world, counter, "Bản sao giấy tờ tùy thân", "Văn bản ủy quyền")
    page = mother.get(f"/h/{counter.token}").content.decode()
    assert "Đề nghị ông/bà bổ sung 2 giấy tờ trước" in page
    assert "Văn bản ủy quyền" in page
    assert "Thời hạn giải quyết được tính lại từ đầu khi nhận đủ giấy tờ bổ sung" in page
    assert "Còn " not in re.search(r'<div class="p-due">.*?</div>', page, re.S)[0]
    public = anybody.get(f"/h/{counter.token}").content.decode()
    assert "Đề nghị ông/bà bổ sung giấy tờ" in public
    assert "Văn bản ủy quyền" not in public


def test_answering_with_a_file_starts_the_clock_again(mother, world, counter):
    ask(world, counter)
    with time_machine.travel(NOW + timedelta(days=1), tick=True):
        mother.force_login(world.mother)
        page = mother.get(f"/h/{counter.token}/bo-sung")
        done = follow(mother, post(mother, page, {"file-0": photo("căn cước.pdf")}))
    assert "Đã gửi bổ sung" in done.content.decode()
    assert state(counter) == "processing"
    row = Dossier.objects.select_related("record").get(record_id=counter.record_id)
    assert row.papers[-1]["name"] == "Bản sao giấy tờ tùy thân"
    assert File.objects.get(record=counter.record_id).name == "căn cước.pdf"
    # One working day from zero, after Thursday 9:30 and some seconds: Friday, the next quarter.
    assert row.record.due_at == at(date(2026, 11, 20), 9, 45)
    assert "9:45 thứ Sáu 20/11" in done.content.decode()


@refuses("dossier.answer_supplement")
def test_an_answer_without_anything_is_refused_and_nothing_moves(mother, world, counter):
    ask(world, counter)
    response = post(mother, mother.get(f"/h/{counter.token}/bo-sung"))
    assert response.status_code == 422
    assert errors(response) == ["Tải lên ít nhất một tệp hoặc ghi nội dung trả lời."]
    assert state(counter) == "supplement"
    assert Supplement.objects.get().answered_at is None


def test_a_refused_file_keeps_the_good_one_and_the_words(mother, world, counter):
    ask(world, counter, "Giấy A", "Giấy B")
    page = mother.get(f"/h/{counter.token}/bo-sung")
    bad = SimpleUploadedFile("xau.pdf", b"MZ\x90\x00 program", content_type="application/pdf")
    response = post(mother, page, {"file-0": photo("a.pdf"), "file-1": bad, "note": "Xin lỗi vì gửi muộn"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "a.pdf" in text
    assert "Xin lỗi vì gửi muộn" in text
    assert any("xau.pdf" in line for line in errors(response))
    assert state(counter) == "supplement"
    done = follow(mother, post(mother, response, {"file-1": photo("b.pdf")}))
    assert "Đã gửi bổ sung" in done.content.decode()
    assert {file.name for file in File.objects.filter(record=counter.record_id)} == {"a.pdf", "b.pdf"}


def test_another_persons_upload_cannot_be_slipped_in(mother, neighbour, world, counter):
    from io import BytesIO

    from congvu.ground.accounts.selectors import citizen_actor
    from tests.faces.portal.world import PDF

    ask(world, counter)
    foreign = files.upload(citizen_actor(world.neighbour.id), name="khac.pdf", stream=BytesIO(PDF))
    response = mother.post(f"/h/{counter.token}/bo-sung", {"kept": f"0:{foreign.id}"})
    assert mother.post(f"/h/{counter.token}/bo-sung", {"kept": f"{'0' * 5000}:{foreign.id}"}).status_code == 422
    assert response.status_code == 422
    assert File.objects.get(id=foreign.id).record_id is None


def test_answering_twice_leads_back_to_the_dossier(mother, world, counter):
    ask(world, counter)
    page = mother.get(f"/h/{counter.token}/bo-sung")
    post(mother, page, {"note": "Đã nộp tại quầy"})
    again = follow(mother, post(mother, page, {"note": "Đã nộp tại quầy"}))
    assert "Không còn yêu cầu bổ sung nào đang chờ" in again.content.decode()
    assert Supplement.objects.count() == 1


def test_only_the_applicant_answers_and_withdraws(neighbour, anybody, world, counter):
    ask(world, counter)
    for what in ("bo-sung", "rut"):
        assert neighbour.post(f"/h/{counter.token}/{what}", {"note": "x", "reason": "x"}).status_code == 404
        assert anybody.post(f"/h/{counter.token}/{what}", {"note": "x"}).status_code == 302
    assert state(counter) == "supplement"


@refuses("dossier.withdraw")
def test_withdrawing_needs_a_reason_and_is_done_once(mother, counter):
    page = mother.get(f"/h/{counter.token}/rut")
    response = post(mother, page, {"reason": "   "})
    assert response.status_code == 422
    assert state(counter) == "processing"
    done = follow(mother, post(mother, response, {"reason": "Chuẩn bị lại giấy tờ"}))
    assert "Đã rút hồ sơ" in done.content.decode()
    assert state(counter) == "withdrawn"
    again = follow(mother, mother.get(f"/h/{counter.token}/rut"))
    assert "không còn rút được" in again.content.decode()


def test_a_result_is_offered_only_when_it_may_leave_the_house(mother, neighbour, world, counter):
    finish(counter.record_id)
    page = mother.get(f"/h/{counter.token}").content.decode()
    address = re.search(rf'href="(/h/{counter.token}/tep/[^"]+)"', page)[1]
    assert "Bản này chưa ký số" in page
    assert b"".join(mother.get(address).streaming_content).startswith(b"%PDF")
    assert neighbour.get(address).status_code == 404
    blob = File.objects.get(id=address.rpartition("/")[2]).blob
    Blob.objects.filter(pk=blob.pk).update(scan=Scan.UNSCANNED)
    held = mother.get(f"/h/{counter.token}").content.decode()
    assert "Cơ quan đang kiểm tra tệp trước khi gửi ra" in held
    assert address not in held
    assert mother.get(address).status_code == 409


def test_a_file_of_another_dossier_is_not_served_under_this_link(mother, world, counter):
    finish(counter.record_id)
    other = at_counter(world, world.mother, key="k2")
    file_id = File.objects.get(record=counter.record_id).id
    assert mother.get(f"/h/{other.token}/tep/{file_id}").status_code == 404


def test_endings_say_why(mother, world, counter):
    acts.refuse(
        worker((f"r:chair@{world.commune}",)), counter.record_id, reason="Không có tên trong sổ gốc lưu tại cơ quan."
    )
    page = mother.get(f"/h/{counter.token}").content.decode()
    assert "Từ chối giải quyết" in page
    assert "Không có tên trong sổ gốc" in page


def test_a_signed_in_official_is_nobody_here(anybody, world, counter):
    from congvu.ground.accounts.models import User

    anybody.force_login(User.objects.get(username="motcua"))
    page = anybody.get(f"/h/{counter.token}").content.decode()
    assert NAME not in page
    assert anybody.get("/ho-so/dang-ke-khai")["Location"].startswith("/dang-nhap")


def test_confirmation_is_for_the_applicant(mother, neighbour, world):
    sent = send(mother, world)
    assert heading(sent) == "Đã gửi hồ sơ"
    assert neighbour.get(sent.request["PATH_INFO"]).status_code == 404
