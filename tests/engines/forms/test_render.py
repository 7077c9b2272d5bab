"""Pages render without script: labels tied to inputs, errors linked, prefilled values under their source."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from congvu.boot.demo.places import addresses
from congvu.engines.forms import places, services
from congvu.engines.forms.render import page
from congvu.engines.forms.state import open_pages
from congvu.engines.forms.summary import summary

from .samples import BIRTH, BUSINESS, FORMS, HOME, MOTHER_ID, SAMPLES, TODAY, check

LABELLED = {"input", "select", "textarea"}


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.ids, self.labels, self.controls, self.hrefs, self.described, self.bad = [], set(), [], [], [], []
        self.inside_label = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "style" in found or tag in ("script", "style") or any(name.startswith("on") for name in found):
            self.bad.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "label":
            self.inside_label += 1
            self.labels.add(found.get("for"))
        if tag in LABELLED and found.get("type") != "hidden":
            self.controls.append((found.get("id"), found.get("name"), bool(self.inside_label)))
        if tag == "a":
            self.hrefs.append(found["href"])
        self.described += found.get("aria-describedby", "").split() + found.get("aria-labelledby", "").split()

    def handle_endtag(self, tag):
        if tag == "label":
            self.inside_label -= 1


def html(view) -> str:
    return render_to_string("forms/page.html", {"page": view})


def examine(view) -> Page:
    found = Page(html(view))
    assert len(found.ids) == len(set(found.ids))
    assert found.bad == []
    assert all(identifier in found.labels or inside for identifier, _name, inside in found.controls)
    assert all(name for _identifier, name, _inside in found.controls)
    assert set(found.described) <= set(found.ids)
    assert {href.removeprefix("#") for href in found.hrefs} <= set(found.ids)
    return found


@pytest.mark.parametrize("key", sorted(FORMS))
@pytest.mark.parametrize("filled", [True, False])
def test_every_page_filled_and_with_all_errors(key, filled):
    form, answers = FORMS[key], SAMPLES[key] if filled else {}
    for each in open_pages(form, SAMPLES[key]):
        problems = check(key, answers, page=each.key).problems
        view = page(form, each.key, answers, problems, today=TODAY)
        found = examine(view)
        assert len(found.hrefs) == len(problems)
        assert view.heading == (f"Lỗi: {each.title}" if problems else str(each.title))


def test_error_summary_says_the_same_words_as_the_field():
    answers = {**BIRTH, "child_dob": {"raw": {"d": "5", "m": "21", "y": "2026"}}}
    problems = check("khai-sinh", answers, page="nguoi-duoc-khai-sinh").problems
    text = html(page(FORMS["khai-sinh"], "nguoi-duoc-khai-sinh", answers, problems, today=TODAY))
    assert text.count("Ngày, tháng, năm sinh: tháng phải từ 1 đến 12") == 2
    assert 'href="#f-child_dob-m"' in text
    assert 'value="21"' in text
    assert "Còn 1 chỗ cần sửa" in text


def test_steps_count_open_pages():
    view = page(FORMS["khai-sinh"], "cha-me", BIRTH, today=TODAY)
    assert (view.step, view.steps, view.previous, view.next) == (3, 5, "nguoi-duoc-khai-sinh", "giay-to")
    abandoned = {**BIRTH, "relation": "Khac", "relation_other": "Trưởng trạm y tế", "birth_kind": "5"}
    view = page(FORMS["khai-sinh"], "giay-to", abandoned, today=TODAY)
    assert (view.step, view.steps, view.previous) == (3, 4, "nguoi-duoc-khai-sinh")


SUBJECT = {
    "name": "Nguyễn Thị Thu Hường",
    "personal_id": MOTHER_ID,
    "id_type": "can_cuoc",
    "phone": "0900000147",
    "address": HOME,
    "email": "không phải thư",
}


def test_prefill_names_its_source_and_is_not_asked_again():
    form = FORMS["khai-sinh"]
    known = services.prefill(form, SUBJECT, today=TODAY, sources={"phone": "Kho dữ liệu cá nhân"})
    assert known.values["requester_personal_id"] == MOTHER_ID
    assert known.values["requester_residence_where"] == "1"
    assert "email" not in known.values
    view = page(form, "nguoi-yeu-cau", known.values, prefill=known, today=TODAY)
    text = html(view)
    assert "Lấy từ VNeID, bạn không phải nhập lại" in text
    assert "Lấy từ Kho dữ liệu cá nhân" in text
    assert 'name="requester_personal_id"' not in text
    assert 'name="_edit" value="requester_personal_id"' in text
    assert "Thôn Đông, xã Yên Khê, tỉnh Bình Lam" in text
    assert "requester_name" in view.locked.split()
    edited = page(form, "nguoi-yeu-cau", known.values, prefill=known, edited={"requester_name"}, today=TODAY)
    assert 'name="requester_name"' in html(edited)
    examine(view)


def test_a_changed_prefilled_value_is_the_persons_own():
    form = FORMS["khai-sinh"]
    known = services.prefill(form, SUBJECT, today=TODAY)
    answers = {**known.values, "phone": "0900000258"}
    assert 'name="phone" value="0900 000 258"' in html(page(form, "nguoi-yeu-cau", answers, prefill=known, today=TODAY))


def test_copied_answers_are_shown_not_asked():
    text = html(page(FORMS["khai-sinh"], "cha-me", BIRTH, today=TODAY))
    assert "Giống phần trên, bạn không phải nhập lại" in text
    assert 'name="mother_name"' not in text
    assert "NGUYỄN THỊ THU HƯỜNG" in text.upper()
    assert 'name="father_name"' in text


def test_typed_markup_is_escaped_and_kept():
    answers = {**BIRTH, "child_name": {"raw": '<script>alert("x")</script>'}}
    text = html(page(FORMS["khai-sinh"], "nguoi-duoc-khai-sinh", answers, today=TODAY))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_rows_have_buttons_that_need_no_script():
    text = html(page(FORMS["ho-kinh-doanh"], "nganh-nghe", BUSINESS, today=TODAY))
    assert 'name="_add" value="lines"' in text
    assert 'name="_remove" value="lines:1"' in text
    assert 'name="lines.1.code" value="4751"' in text
    assert 'name="lines.rows" value="2"' in text


def test_communes_of_the_chosen_province_only():
    answers = {"office_address": {"raw": {"province": "99", "commune": "", "detail": ""}}}
    text = html(page(FORMS["ho-kinh-doanh"], "ten-tru-so", answers, today=TODAY, communes_url="/xa"))
    assert "Xã Yên Khê" in text
    assert 'hx-get="/xa?field=office_address"' in text
    assert 'name="_refresh" value="office_address"' in text
    assert "district" not in text


def test_an_item_past_its_last_day_is_not_offered():
    text = html(page(FORMS["ho-kinh-doanh"], "von-thue", BUSINESS, today=TODAY))
    assert "Phương pháp kê khai" in text
    assert "khoán" not in text


def test_camera_and_device_files():
    text = html(page(FORMS["khai-sinh"], "giay-to", BIRTH, today=TODAY))
    assert 'capture="environment"' in text
    assert 'name="_drop" value="paper_chung_sinh:0"' in text
    assert "Xuất trình khi đến: Giấy tờ tùy thân" in text


@pytest.mark.parametrize("key", sorted(FORMS))
def test_summary_holds_every_answer(key):
    groups = summary(FORMS[key], SAMPLES[key])
    rows = {row.field: row for group in groups for row in group.rows}
    assert set(SAMPLES[key]) <= set(rows)
    assert all(row.text for row in rows.values())
    assert not any(rows[name].empty for name in SAMPLES[key])
    text = render_to_string("forms/summary.html", {"groups": groups, "edit_url": "?page="})
    assert all(f"?page={group.page}" in text for group in groups)


def test_summary_speaks_as_people_write():
    rows = {
        row.field: row.text
        for group in summary(FORMS["khai-sinh"], check("khai-sinh", BIRTH).values)
        for row in group.rows
    }
    assert rows["child_dob"] == "05/11/2026"
    assert rows["child_dob_words"] == "Ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu"
    assert rows["mother_birth"] == "1995"
    assert rows["home_town"] == "Thôn Đông, xã Yên Khê, tỉnh Bình Lam"
    assert rows["phone"] == "0900 000 147"
    assert rows["want_copies"] == "Có"
    assert rows["email"] == "Không ghi"
    assert rows["mother_personal_id"] == MOTHER_ID
    business = {
        row.field: row.text
        for group in summary(FORMS["ho-kinh-doanh"], check("ho-kinh-doanh", BUSINESS).values)
        for row in group.rows
    }
    assert business["capital"] == "150.500.000 đ"
    assert business["capital_words"] == "Một trăm năm mươi triệu năm trăm nghìn đồng"
    assert business["lines"] == "Tên ngành: Bán lẻ vải; Chi tiết: Vải dệt tay; Mã ngành: 4751"


def test_prefill_takes_labels_and_dates_of_the_source():
    told = {"sex": "Nữ", "nationality": "việt nam", "dob": "1995-03-14", "personal_id": "not a number"}
    known = services.prefill(FORMS["ho-kinh-doanh"], told, today=TODAY)
    assert known.values == {"owner_dob": "1995-03-14", "owner_sex": "nu", "owner_nationality": "VN"}
    assert set(known.sources.values()) == {"VNeID"}


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Thôn Đông, xã Yên Khê, tỉnh Bình Lam", ("99", "99001", "Thôn Đông")),
        ("Số 5, ngõ 2, Tổ 3, Lam Sơn Hạ, Bình Lam, Việt Nam", ("99", "99002", "Số 5, ngõ 2, Tổ 3")),
        ("Thôn Đông, xã Yên Khê, huyện Yên Sơn, tỉnh Bình Lam", None),
        ("Thôn Đông, xã Không Có, tỉnh Bình Lam", None),
        ("Tokyo, Nhật Bản", None),
        ("", None),
    ],
)
def test_an_address_in_one_line_is_read_only_where_it_is_certain(line, parts):
    found = places.read_address(line)
    assert (found and tuple(found.values())) == parts


def test_prefill_takes_province_and_commune_from_the_claim():
    told = {"address": {"text": "Thôn Đông, xã Yên Khê, tỉnh Bình Lam", "kind": "permanent"}}
    known = services.prefill(FORMS["khai-sinh"], told, today=TODAY)
    address = known.values["requester_address"]
    assert (address["province"], address["commune"], address["detail"]) == ("99", "99001", "Thôn Đông")
    assert known.values["requester_residence_kind"] == "thuong_tru"
    unread = services.prefill(FORMS["khai-sinh"], {"address": {"text": "Thôn Đông"}}, today=TODAY)
    assert unread.values == {"requester_residence_where": "1"}


def test_a_total_of_pages_is_fixed_once_no_answer_can_change_it():
    form = FORMS["khai-sinh"]
    assert not page(form, "nguoi-yeu-cau", {}, today=TODAY).steps_fixed
    assert page(form, "nguoi-yeu-cau", BIRTH, today=TODAY).steps_fixed
    assert page(FORMS["ho-kinh-doanh"], FORMS["ho-kinh-doanh"].pages[0].key, {}, today=TODAY).steps_fixed


def test_demonstration_places_are_those_of_its_units():
    (province,) = addresses()
    assert (province.code, province.name, len(province.communes)) == ("99", "Tỉnh Bình Lam", 24)
    assert (province.communes[0].code, province.communes[0].name) == ("99001", "Xã Yên Khê")
