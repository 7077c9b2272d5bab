"""From the procedure page to the portal number: drafts, pages, papers, checking, sending once."""

from __future__ import annotations

import re
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.models import Dossier, Draft
from congvu.ground.audit.models import Entry
from congvu.ground.files.models import File
from tests.faces.portal import births
from tests.faces.portal.births import begin, fill, page_key, photo, send
from tests.faces.portal.pages import errors, fields, follow, heading, post
from tests.faces.portal.world import BIRTH, COPY
from tests.marks import refuses


def draft() -> Draft:
    return Draft.objects.latest("created_at")


def following(page) -> str:
    """The key of the page that comes after this one for the answers that ``fill`` gives."""
    keys = ["nguoi-yeu-cau", "nguoi-duoc-khai-sinh", "cha-me", "giay-to", "ket-qua", "kiem-tra"]
    return keys[keys.index(page_key(page)) + 1]


def test_filing_asks_to_sign_in_and_comes_back(anybody):
    response = anybody.get(f"/thu-tuc/{BIRTH}/nop")
    assert response.status_code == 302
    assert response["Location"] == f"/dang-nhap?next=%2Fthu-tuc%2F{BIRTH}%2Fnop"


def test_an_authority_must_be_chosen_from_the_list(mother):
    page = mother.get(f"/thu-tuc/{BIRTH}/nop")
    for wrong in ("", "999999", "abc"):
        response = post(mother, page, {"authority": wrong})
        assert response.status_code == 422
        assert errors(response) == ["Chọn cơ quan giải quyết trong danh sách."]
    assert Draft.objects.count() == 0


def test_a_double_press_begins_one_draft(mother, world):
    first = begin(mother, world)
    second = begin(mother, world)
    assert Draft.objects.count() == 1
    assert first.request["PATH_INFO"] == second.request["PATH_INFO"]


def test_the_first_page_is_filled_in_from_the_account(mother, world):
    page = begin(mother, world).content.decode()
    assert heading(begin(mother, world)) == "Người yêu cầu"
    assert "Lấy từ VNeID, bạn không phải nhập lại" in page
    assert "Nguyễn Thị Thu Hường" in page
    assert "Số bước tùy câu trả lời" in page
    assert '<b class="cv-num">1</b>: Người yêu cầu' in page


def test_a_total_of_steps_is_told_once_no_answer_can_change_it(mother, world):
    seen = []
    page = begin(mother, world)
    while page_key(page) != "kiem-tra":
        found = re.search(r'Bước <b class="cv-num">(\d)(/\d)?</b>', page.content.decode())
        seen.append((page_key(page), found[1], found[2]))
        page = fill(mother, page, until=following(page))
    totals = [total for _key, _step, total in seen]
    assert totals == [None, None, "/6", "/6", "/6"]
    assert "6/6" in page.content.decode()


def test_all_errors_are_told_at_once_even_when_an_answer_opens_questions(mother, world):
    page = begin(mother, world)
    response = post(mother, page, {"acting": "other"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Câu trả lời vừa rồi mở thêm câu hỏi ở trang này." in text
    assert 'name="agent_kin"' in text
    assert "Chọn quan hệ với người được khai sinh" in errors(response)
    assert not [line for line in errors(response) if "ủy quyền" in line]
    assert draft().pages_done == []


def test_a_known_answer_can_be_corrected(mother, world):
    page = begin(mother, world)
    opened = follow(mother, post(mother, page, button="_edit", value="phone"))
    assert 'name="phone"' in opened.content.decode()


def test_a_page_with_problems_keeps_what_was_typed_and_saves_it(mother, world):
    page = begin(mother, world)
    response = post(mother, page, {"requester_id_issued_on.d": "5", "requester_id_issued_on.m": "21"})
    assert response.status_code == 422
    assert "Chọn bạn làm thủ tục cho ai" in errors(response)
    assert "<title>Lỗi: " in response.content.decode()
    assert fields(response.content.decode())["requester_id_issued_on.m"] == "21"
    again = mother.get(page.request["PATH_INFO"])
    assert fields(again.content.decode())["requester_id_issued_on.m"] == "21"
    assert draft().pages_done == []


def test_going_on_saves_one_page_and_says_when(mother, world):
    page = fill(mother, begin(mother, world), until="nguoi-duoc-khai-sinh")
    assert "Đã lưu lúc 9:30" in page.content.decode()
    assert draft().pages_done == ["nguoi-yeu-cau"]
    assert draft().values["relation"] == "MeDe"


def test_save_and_finish_later(mother, world):
    page = begin(mother, world)
    saved = follow(mother, post(mother, page, {"relation": "MeDe"}, button="_save"))
    text = saved.content.decode()
    assert heading(saved) == "Hồ sơ đang kê khai"
    assert "Đã lưu lúc 9:30" in text
    assert "Đăng ký khai sinh" in text
    resumed = follow(mother, mother.get(f"/thu-tuc/{BIRTH}/nop/{draft().id}"))
    assert fields(resumed.content.decode())["relation"] == "MeDe"


def test_drafts_ask_a_fixed_number_of_times(mother, world, django_assert_max_num_queries):
    begin(mother, world)
    begin(mother, world, COPY)
    with django_assert_max_num_queries(10):
        assert mother.get("/ho-so/dang-ke-khai").status_code == 200


def test_a_draft_can_be_thrown_away_by_its_owner_only(mother, neighbour, world):
    begin(mother, world)
    address = f"/thu-tuc/{BIRTH}/nop/{draft().id}/xoa"
    assert neighbour.post(address).status_code == 404
    assert Draft.objects.count() == 1
    assert mother.post(address).status_code == 302
    assert Draft.objects.count() == 0


def test_nobody_else_sees_a_draft(neighbour, anybody, mother, world):
    page = begin(mother, world)
    assert neighbour.get(page.request["PATH_INFO"]).status_code == 404
    assert neighbour.post(page.request["PATH_INFO"], {"relation": "ChaDe"}).status_code == 404
    assert anybody.get(page.request["PATH_INFO"]).status_code == 302
    assert draft().version == 1


def test_a_page_of_another_procedure_or_no_page_at_all_is_not_found(mother, world):
    begin(mother, world)
    assert mother.get(f"/thu-tuc/{COPY}/nop/{draft().id}/nguoi-yeu-cau").status_code == 404
    assert mother.get(f"/thu-tuc/{BIRTH}/nop/{draft().id}/khong-co").status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguyễn " * 1500, "Nguyễn " * 1499 + "Nguyễn"),
        (unicodedata.normalize("NFD", "Lê An Nhiên"), "LÊ AN NHIÊN"),
        ("Lê\x00An", "LÊAN"),
        ("Lê 😀 An", "Lê 😀 An"),
        ("<b>Lê</b>", "<b>Lê</b>"),
    ],
    ids=["10500 letters", "NFD", "U+0000", "emoji", "markup"],
)
def test_strange_names_are_kept_and_never_break_the_page(mother, world, typed, kept):
    page = fill(mother, begin(mother, world), until="nguoi-duoc-khai-sinh")
    response = follow(mother, post(mother, page, {"child_name": typed}))
    assert response.status_code in (200, 422)
    again = mother.get(page.request["PATH_INFO"]).content.decode()
    assert fields(again)["child_name"] == kept


def test_papers_stay_when_another_one_is_refused(mother, world):
    page = fill(mother, begin(mother, world), until="giay-to")
    page = follow(mother, post(mother, page, {"birth_proof": "giay"}))
    boxes = re.findall(r'type="file" id="[^"]+" name="([^"]+)"', page.content.decode())
    wrong = SimpleUploadedFile("ảnh.pdf", b"MZ\x90\x00 this is a program", content_type="application/pdf")
    response = post(mother, page, {"birth_proof": "giay", boxes[0]: [photo(), wrong]})
    assert response.status_code == 422
    assert "giấy chứng sinh.pdf" in response.content.decode()
    assert any("ảnh.pdf" in line for line in errors(response))
    kept = draft().values[boxes[0]]
    assert [item["name"] for item in kept] == ["giấy chứng sinh.pdf"]
    assert File.objects.count() == 1


def test_a_paper_can_be_dropped_again(mother, world):
    page = fill(mother, begin(mother, world), until="giay-to")
    page = follow(mother, post(mother, page, {"birth_proof": "giay"}))
    box = re.findall(r'type="file" id="[^"]+" name="([^"]+)"', page.content.decode())[0]
    follow(mother, post(mother, page, {"birth_proof": "giay", box: photo()}))
    page = mother.get(page.request["PATH_INFO"])
    follow(mother, post(mother, page, button="_drop", value=f"{box}:0"))
    assert not draft().values.get(box)


def test_two_tabs_the_later_one_is_told_and_loses_nothing(mother, world):
    one = begin(mother, world)
    other = mother.get(one.request["PATH_INFO"])
    post(mother, one, {"requester_id_number": "099195000101"})
    response = post(mother, other, {"requester_id_number": "099195000999"})
    assert response.status_code == 409
    assert "một cửa sổ khác" in response.content.decode()
    assert fields(response.content.decode())["requester_id_number"] == "099195000999"
    assert draft().values["requester_id_number"] == "099195000101"
    post(mother, response)
    assert draft().values["requester_id_number"] == "099195000999"


def test_the_same_page_posted_twice_is_no_conflict(mother, world):
    page = begin(mother, world)
    sent = births.answers(page.content.decode())
    assert post(mother, page, sent).status_code == post(mother, page, sent).status_code == 302


def test_check_page_shows_every_answer_and_the_way_to_change_it(mother, world):
    check = fill(mother, begin(mother, world))
    text = check.content.decode()
    assert heading(check) == "Kiểm tra lại trước khi gửi"
    for words in ("LÊ NGUYỄN AN NHIÊN", "LÊ QUANG VINH", "giấy chứng sinh.pdf", "Ủy ban nhân dân xã Yên Khê"):
        assert words in text
    link = re.search(r'href="([^"]+/nguoi-duoc-khai-sinh\?tu=kiem-tra)#f-child_name"', text)
    assert link
    page = mother.get(link[1])
    assert "Lưu và quay lại kiểm tra" in page.content.decode()
    back = follow(mother, post(mother, page, {"child_name": "LÊ AN"}))
    assert page_key(back) == "kiem-tra"
    assert "LÊ AN" in back.content.decode()


@refuses("dossier.submit")
def test_an_unfinished_draft_is_not_sent_and_each_problem_leads_to_its_page(mother, world):
    begin(mother, world)
    before = Entry.objects.count()
    check = mother.get(f"/thu-tuc/{BIRTH}/nop/{draft().id}/kiem-tra")
    response = post(mother, check)
    assert response.status_code == 422
    assert "Chọn bạn làm thủ tục cho ai" in errors(response)
    assert "/nguoi-yeu-cau?tu=kiem-tra#f-acting" in response.content.decode()
    assert Dossier.objects.count() == 0
    assert Entry.objects.count() == before


def test_sending_gives_a_portal_number_and_proof(mother, world):
    sent = send(mother, world)
    row = Dossier.objects.get()
    text = sent.content.decode()
    assert heading(sent) == "Đã gửi hồ sơ"
    assert row.portal_number in text
    assert sent.request["PATH_INFO"] == f"/h/{row.token}/da-gui"
    assert row.record.code == ""
    assert row.record.state == "submitted"
    assert [paper["name"] for paper in row.papers]
    assert File.objects.filter(record=row.record_id).count() == len(row.papers)
    proof = mother.get(f"/h/{row.token}/da-nop.pdf")
    assert proof["Content-Type"] == "application/pdf"
    assert proof.content.startswith(b"%PDF")


def test_pressing_send_twice_and_from_another_tab_makes_one_dossier(mother, world):
    check = fill(mother, begin(mother, world))
    other = mother.get(check.request["PATH_INFO"])
    answers = [post(mother, page) for page in (check, check, other)]
    row = Dossier.objects.get()
    assert {response["Location"] for response in answers} == {f"/h/{row.token}/da-gui"}


def test_back_after_sending_leads_to_the_dossier(mother, world):
    check = fill(mother, begin(mother, world))
    page = mother.get(check.request["PATH_INFO"].replace("kiem-tra", "cha-me"))
    post(mother, check)
    row = Dossier.objects.get()
    for address in (page.request["PATH_INFO"], check.request["PATH_INFO"]):
        assert mother.get(address)["Location"] == f"/h/{row.token}/da-gui"
    assert post(mother, page, {"father_name": "Khác"})["Location"] == f"/h/{row.token}/da-gui"
    assert Dossier.objects.get().answers["father_name"] == "LÊ QUANG VINH"


def test_a_session_that_ends_in_step_four_loses_nothing(mother, anybody, world):
    page = fill(mother, begin(mother, world), until="cha-me")
    sent = births.answers(page.content.decode()) | {"father_name": "Lê Quang Vinh Hai"}
    response = anybody.post(page.request["PATH_INFO"], {**fields(page.content.decode()), **sent})
    assert response.status_code == 302
    assert response["Location"].startswith("/dang-nhap?next=")
    assert "father_name" not in draft().values
    anybody.force_login(world.mother)
    back = follow(anybody, anybody.get(page.request["PATH_INFO"]))
    assert "Những gì vừa điền vẫn còn đây" in back.content.decode()
    assert draft().values["father_name"] == "LÊ QUANG VINH HAI"
    assert page_key(back) == "cha-me"


def test_what_was_kept_is_not_given_to_somebody_else(mother, anybody, world):
    page = begin(mother, world)
    anybody.post(page.request["PATH_INFO"], {"relation": "MeDe"})
    anybody.force_login(world.neighbour)
    assert anybody.get(page.request["PATH_INFO"]).status_code == 404
    assert draft().version == 1


def test_the_general_form_serves_procedures_without_their_own(mother, world):
    check = fill(mother, begin(mother, world, COPY))
    sent = follow(mother, post(mother, check))
    assert heading(sent) == "Đã gửi hồ sơ"
    assert dossiers.public_view(Dossier.objects.get().token).state == "submitted"


def test_where_filing_is_off_the_start_page_says_where_to_go(mother, world):
    from congvu.ground.orgs.models import UnitVersion

    UnitVersion.objects.filter(unit__key="tinh-binh-lam").update(settings={"own_filing": False})
    page = mother.get(f"/thu-tuc/{BIRTH}/nop").content.decode()
    assert "dichvucong.gov.vn" in page
    assert Draft.objects.count() == 0


def test_communes_of_a_province_come_as_options(anybody):
    text = anybody.get("/thu-tuc/xa-phuong", {"field": "a", "a.province": "01"}).content.decode()
    assert text.count("<option") > 50
    assert (
        anybody.get("/thu-tuc/xa-phuong", {"field": "a", "a.province": "\x00x"}).content.decode().count("<option") == 1
    )
