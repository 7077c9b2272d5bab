"""Finding procedures by everyday words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congvu.common.errors import Invalid, NotFound
from congvu.domains.procedures import selectors
from congvu.domains.procedures.data import load
from congvu.domains.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db


def first(query, **filters):
    hits = selectors.search(query, **filters).hits
    return hits[0].code if hits else None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("giấy độc thân", "1.004873"),
        ("giay doc than", "1.004873"),
        ("GIẤY ĐỘC THÂN", "1.004873"),
        ("độc thân", "1.004873"),
        ("doc than", "1.004873"),
        ("xác nhận tình trạng hôn nhân", "1.004873"),
        ("xac nhan tinh trang hon nhan", "1.004873"),
        ("khai sinh", "1.001193"),
        ("thủ tục đăng ký khai sinh", "1.001193"),
        ("tôi muốn làm giấy khai sinh cho con", "1.001193"),
        ("khai tử", "1.000656"),
        ("đăng ký kết hôn", "1.000894"),
        ("sao y", "2.000815"),
        ("sổ đỏ", "1.013978"),
        ("mất sổ đỏ", "1.012786"),
        ("tách thửa", "1.012784"),
        ("hộ khẩu", "1.004222"),
        ("mở quán", "1.001612"),
        ("xây nhà", "1.013225"),
        ("cai nghiện", "3.000527"),
        ("1.004873", "1.004873"),
        ("1004873", "1.004873"),
        ("1.004873.000.00.00.H13", "1.004873"),
        ("1.0048", "1.004827"),
        ("tinh trang hon nhn", "1.004873"),
        ("khai shinh", "1.001193"),
        ("trich luc ho tihc", "2.000635"),
        ("tạm trú", "1.004194"),
        ("ky\u0301 ke\u0302\u0301t ho\u0302n", "1.000894"),
    ],
)
def test_finds(catalogue, query, code):
    assert first(query) == code


def test_exact_marks_rank_first(catalogue):
    with_marks = ["xã" in card.name.casefold() for card in selectors.search("xã", limit=100).hits]
    assert with_marks == sorted(with_marks, reverse=True)
    assert set(with_marks) == {True, False}


def test_nothing_found_gives_the_three_nearest(catalogue):
    answer = selectors.search("zzxqj wkv")
    assert answer.hits == ()
    assert len(answer.nearest) == 3


@pytest.mark.parametrize("query", ["", "   ", "\x00", "%", "_", "'; --", "🙂", "x" * 5000])
def test_strange_input_is_harmless(catalogue, query):
    answer = selectors.search(query)
    assert len(answer.hits) <= 20


def test_filters_narrow(catalogue):
    assert {card.field for card in selectors.search("đăng ký", field="Hộ tịch", limit=100).hits} == {"Hộ tịch"}
    by_synonym = selectors.search("đăng ký", field="Hộ kinh doanh", limit=100).hits
    assert {card.code for card in by_synonym} == {"1.001612", "1.014034", "2.000720"}
    assert all("province" in card.levels for card in selectors.search("cấp", level="province", limit=100).hits)
    assert first("khai sinh", audience="business") != "1.001193"


def test_at_most_two_statements(catalogue, django_assert_num_queries):
    with django_assert_num_queries(1):
        selectors.search("khai sinh")
    with django_assert_num_queries(2):
        selectors.search("zzxqj wkv")


def test_every_synonym_finds_its_first_procedure(catalogue):
    missed = [
        (line["phrase"], line["codes"][0])
        for line in load("synonyms")
        if line["codes"][0] not in {card.code for card in selectors.search(line["phrase"], limit=3).hits}
    ]
    assert missed == []


def test_eight_life_events_in_one_statement(catalogue, django_assert_num_queries):
    with django_assert_num_queries(1):
        events = selectors.life_events()
    assert [event.title for event in events] == [
        "Sinh con",
        "Kết hôn",
        "Nhà đất",
        "Kinh doanh",
        "Trợ giúp",
        "Đi học",
        "Giấy tờ",
        "Người thân qua đời",
    ]
    assert [len(event.procedures) for event in events] == [len(line["codes"]) for line in load("life_events")]
    assert events[0].procedures[0].code == "1.001193"


def test_pages_walk_the_whole_catalogue_in_order_once(catalogue, django_assert_num_queries):
    seen, after = [], ""
    while True:
        with django_assert_num_queries(1):
            page = selectors.list_page(after=after, limit=100)
        seen += [card.code for card in page.rows]
        after = page.after
        if not after:
            break
    assert (len(seen), len(set(seen))) == (360, 360)


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "²"])
def test_a_strange_cursor_is_refused(catalogue, after):
    with pytest.raises(Invalid):
        selectors.list_page(after=after)


def test_fields_with_their_numbers(catalogue, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = {field.name: field.procedures for field in selectors.fields()}
    assert (len(found), found["Hộ tịch"], found["Đất đai"], sum(found.values())) == (70, 36, 40, 360)


def test_a_version_is_read_whole_once_and_its_last_day_every_time(catalogue, django_assert_num_queries):
    card = selectors.search("1.001193").hits[0]
    with django_assert_num_queries(3):
        whole = selectors.version(card.version_id)
    with django_assert_num_queries(1):
        assert selectors.version(card.version_id) == whole
    with django_assert_num_queries(1):
        assert selectors.procedure("1.001193", date(2100, 1, 1)) == whole
    ProcedureVersion.objects.filter(id=card.version_id).update(valid_to=date(2099, 12, 31))
    assert selectors.version(card.version_id) == replace(whole, valid_to=date(2099, 12, 31))
    with pytest.raises(NotFound):
        selectors.procedure("1.001193", date(2100, 1, 1))
    with django_assert_num_queries(1):
        selectors.steps_of(card.version_id)


def test_cards_keep_the_order_asked_for(catalogue):
    cards = selectors.cards(["2.000908", "9.999999", "1.001193"])
    assert [card.code for card in cards] == ["2.000908", "1.001193"]
