"""The board: every wish once, in our words, and no value that the records do not give."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import translation

from congvu.boot.demo.front import board
from congvu.boot.demo.front.figures import MEASURED, Facts, share_of
from congvu.boot.demo.territory import DEPARTMENTS
from congvu.domains.dossiers import services
from congvu.domains.dossiers.models import Dossier, Result
from congvu.domains.dossiers.types import ResultInput

# Counted by hand from the acceptance list: document, kind, rows. Rows of kind U (the pages themselves) are not wishes.
BY_HAND = {
    ("0", "T"): 11, ("0", "A"): 16,
    ("1", "T"): 1, ("1", "V"): 1, ("1", "A"): 21,
    ("2", "T"): 6, ("2", "V"): 2, ("2", "A"): 22,
    ("3", "T"): 1, ("3", "V"): 22, ("3", "A"): 25,
    ("4", "T"): 3, ("4", "A"): 6,
}  # fmt: skip
NO_WISHES = {"0-28", "2-31", "3-01", "4-10", "4-11", "4-12"}
# Values that the static prototype drew; none may stand on a page that runs.
DRAWN = (
    "82,5%", "86,2%", "96,9%", "99,6%", "40/43", "3/43", "418 câu", "239/251", "251 người", "506/527", "21/527",
    "527 máy", "24/24 đơn vị", "42/42", "A047", "Vào sổ 7 văn bản", "Ký 12 văn bản", "11 mong muốn",
)  # fmt: skip


def settle(world, code="2.000908"):
    record = world.take_in(code).record_id
    item = world.go_to(record, "issue")
    services.issue_result(world.holder(record), item.id, ResultInput(text="Cấp bản sao."))
    return record


def test_rows_by_document_and_kind_are_those_counted_by_hand():
    wishes = board.shipped()["wishes"]
    assert Counter((wish["id"][0], wish["kind"]) for wish in wishes) == BY_HAND
    assert len(wishes) == len({wish["id"] for wish in wishes}) == 137
    assert NO_WISHES.isdisjoint(wish["id"] for wish in wishes)
    assert [len(board.shipped()["documents"]), sorted(wish["id"] for wish in wishes)] == [5, [w["id"] for w in wishes]]


def test_every_wish_is_said_twice_and_says_how_it_is_measured():
    for wish in board.shipped()["wishes"]:
        for words in (wish["wish"], wish["measure"], wish["target"] or {"vi": "-", "en": "-"}):
            assert set(words) == {"vi", "en"}
            assert all(words.values())
        assert len(wish["wish"]["vi"]) <= 90
        assert wish["rooms"]
        assert set(wish["rooms"]) <= set(board.shipped()["rooms"])
        goal = re.search(r"(\d+)%", (wish["target"] or {"vi": ""})["vi"])
        assert wish.get("goal") == (int(goal[1]) if goal and wish["kind"] == "T" else None)


def test_on_time_counts_settled_dossiers_and_follows_them(world):
    assert board.row("1-17", Facts()).figure.words == "–"
    first = settle(world)
    row = board.row("1-17", Facts())
    assert (row.figure.words, row.figure.counts, row.met) == ("100%", "1/1 hồ sơ", True)
    late = world.take_in("2.000908").record_id
    item = world.go_to(late, "issue")
    world.clock.shift(timedelta(days=30))
    services.issue_result(world.holder(late), item.id, ResultInput(text="Cấp bản sao."))
    row = board.row("1-17", Facts())
    assert (row.figure.words, row.figure.counts, row.met) == ("50%", "1/2 hồ sơ", False)
    assert [line.counts for line in board.lines("1-17", Facts())] == [False, True]
    Result.objects.filter(dossier=first).delete()
    Dossier.objects.filter(pk=first).delete()
    row = board.row("1-17", Facts())
    assert (row.figure.words, row.figure.counts, row.met) == ("0%", "0/1 hồ sơ", False)


def test_what_is_neither_settled_nor_refused_is_not_counted(world):
    for state in ("stop", "withdraw"):
        record = world.take_in("1.004873").record_id
        getattr(services, state)(world.clerk, record, reason="Người nộp đề nghị.")
    world.take_in("1.004873")
    refused = world.take_in("1.004873").record_id
    services.refuse(world.staff("chutich"), refused, reason="Không đủ điều kiện.")
    assert board.row("1-17", Facts()).figure.counts == "1/1 hồ sơ"
    assert board.row("1-07", Facts()).figure.counts == "trực tiếp 4, trực tuyến 0, bưu chính công ích 0"


def test_shares_of_the_catalogue_and_of_the_units(world):
    world.take_in("1.004873")
    rows = {row.id: row.figure for row in board.rows(Facts())}
    tiers = f"tỉnh 0/1, sở, ngành 0/{len(DEPARTMENTS) + 1}, xã, phường 1/24"
    assert rows["1-04"].counts == tiers
    assert rows["2-18"].counts == "3/3 thủ tục"
    assert rows["2-27"].counts == "0/3 thủ tục"
    assert rows["4-03"].share is not None
    assert [wish for wish, measure in MEASURED.items() if not measure.lines(Facts())] == ["1-17"]


def test_a_share_is_never_rounded_up():
    assert [share_of(999, 1000), share_of(9999, 10000), share_of(0, 0), share_of(3, 3)] == [99.9, 99.9, None, 100.0]


def test_the_line_above_counts_the_rows(world):
    settle(world)
    found = board.rows(Facts())
    summary = board.summary(found)
    assert (summary.total, summary.computed, summary.entered) == (137, len(MEASURED), 0)
    assert summary.missing == 137 - len(MEASURED)
    assert summary.compared == len([row for row in found if row.met is not None])
    assert {row.id for row in found if row.figure} == set(MEASURED)


@pytest.mark.parametrize("text", DRAWN)
def test_no_figure_of_the_prototype_is_shipped(text):
    assert text not in str(board.shipped())


def test_the_board_speaks_english_too(world):
    with translation.override("en"):
        row = board.row("1-17", Facts())
    assert (row.wish, row.document.date) == ("Procedure dossiers settled on time", "1 August 2020")
