"""Home, list, search, life events, the page of a procedure."""

from __future__ import annotations

import gzip
import re
import unicodedata

import pytest

from tests.faces.portal.world import BIRTH


def test_home_shows_search_lookup_events_and_common_procedures(anybody):
    response = anybody.get("/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Cần làm thủ tục gì hôm nay?" in page
    assert "Hồ sơ đã đến bước nào?" in page
    assert "Sinh con" in page
    assert "Đăng ký khai sinh" in page
    assert "Xem cả 13 thủ tục" in page
    assert "sessionid" not in response.cookies


def test_home_html_fits_its_budget(anybody):
    assert len(gzip.compress(anybody.get("/").content)) < 12_000


def test_home_asks_the_database_a_fixed_number_of_times(anybody, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        anybody.get("/")


def test_list_is_in_order_of_name_and_counts_fields(anybody, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = anybody.get("/thu-tuc").content.decode()
    assert "Hộ tịch (" in page
    assert page.index("Chứng thực bản sao") < page.index("Đăng ký khai tử")


def test_list_goes_on_by_its_cursor(anybody, monkeypatch):
    from congvu.faces.portal.views import procedures

    monkeypatch.setattr(procedures, "ROWS", 5)
    seen: list[str] = []
    address = "/thu-tuc"
    for _page in range(5):
        page = anybody.get(address).content.decode()
        seen += re.findall(r'<li><div><a href="/thu-tuc/([\d.]+)"', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        if not found:
            break
        address = "/thu-tuc" + found[1]
    assert len(seen) == len(set(seen)) == 13


def test_a_strange_cursor_is_refused_in_words(anybody):
    response = anybody.get("/thu-tuc?sau=abc")
    assert response.status_code == 422
    assert "Trang này không còn" in response.content.decode()


@pytest.mark.parametrize(
    "typed", ["khai sinh", "KHAI SINH", "giay khai sinh cho con", unicodedata.normalize("NFD", "làm giấy khai sinh")]
)
def test_search_finds_without_marks_and_in_any_normal_form(anybody, typed):
    assert f'href="/thu-tuc/{BIRTH}"' in anybody.get("/thu-tuc", {"q": typed}).content.decode()


def test_search_knows_everyday_words(anybody):
    assert 'href="/thu-tuc/1.004873"' in anybody.get("/thu-tuc", {"q": "giấy độc thân"}).content.decode()


def test_search_without_an_answer_names_the_nearest_and_a_person(anybody):
    page = anybody.get("/thu-tuc", {"q": "zzqx"}).content.decode()
    assert "Không có thủ tục nào khớp với “zzqx”" in page
    assert "Nhờ cán bộ tìm giúp" in page
    assert len(re.findall(r'<li><div><a href="/thu-tuc/[\d.]+"', page)) == 3


@pytest.mark.parametrize("typed", ["x" * 10_000, "\x00", "😀", "<script>", "%' or 1=1"])
def test_search_takes_anything(anybody, typed):
    response = anybody.get("/thu-tuc", {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_filters_narrow_and_unknown_ones_do_nothing(anybody):
    page = anybody.get("/thu-tuc", {"linh-vuc": "Chứng thực"}).content.decode()
    assert "/thu-tuc/2.000815" in page
    assert f'"/thu-tuc/{BIRTH}"' not in page
    assert f'"/thu-tuc/{BIRTH}"' in anybody.get("/thu-tuc", {"cap": "sao-hoa"}).content.decode()


def test_suggestions_begin_with_two_letters(anybody):
    assert anybody.get("/thu-tuc/goi-y", {"q": "k"}).content.strip() == b""
    fragment = anybody.get("/thu-tuc/goi-y", {"q": "kh"}).content.decode()
    assert "<html" not in fragment
    assert f"/thu-tuc/{BIRTH}" in fragment


def test_life_event_lists_its_procedures_in_order(anybody):
    page = anybody.get("/viec/sinh-con").content.decode()
    assert page.index(BIRTH) < page.index("2.000986")
    assert anybody.get("/viec/khong-co").status_code == 404


def test_procedure_page_says_time_fee_ways_result_papers_and_where_to_file(anybody):
    page = anybody.get(f"/thu-tuc/{BIRTH}").content.decode()
    for words in (
        "Đăng ký khai sinh",
        "Trong ngày",
        "Miễn phí",
        "Trực tuyến, tại quầy, qua bưu chính",
        "Giấy khai sinh",
    ):
        assert words in page
    for tag in ("Chụp ảnh", "Lập tự động"):
        assert tag in page
    assert f'href="/thu-tuc/{BIRTH}/nop"' in page
    assert "123/2015/NĐ-CP" in page


def test_procedure_without_an_own_form_lists_the_papers_of_the_catalogue(anybody):
    page = anybody.get("/thu-tuc/1.000656").content.decode()
    assert "Giấy tờ cần chuẩn bị" in page
    assert "Bản chính đối chiếu" in page


def test_where_own_filing_is_off_the_page_names_the_national_portal(anybody, world):
    from congvu.ground.orgs.models import UnitVersion

    UnitVersion.objects.filter(unit__key="tinh-binh-lam").update(settings={"own_filing": False})
    page = anybody.get(f"/thu-tuc/{BIRTH}").content.decode()
    assert "dichvucong.gov.vn" in page
    assert f'href="/thu-tuc/{BIRTH}/nop"' not in page


@pytest.mark.parametrize("code", ["9.999999", "abc", "1.001193.H99", "x" * 300])
def test_unknown_procedures_are_words(anybody, code):
    response = anybody.get(f"/thu-tuc/{code}")
    assert response.status_code == 404
    assert "Không tìm thấy" in response.content.decode()
