"""The state machine of documents.md §2.5, row by row and as properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.engines.exchange.states import ANSWERS, ENDS, PROGRESS, REQUESTS, WHY, WORDS, Standing, Verdict, step

CODES = (*PROGRESS, *REQUESTS, *sorted(ANSWERS))


def run(*codes: str) -> tuple[Standing, list[str]]:
    now, verdicts = Standing(), []
    for code in codes:
        now, verdict = step(now, code)
        verdicts.append(verdict.value)
    return now, verdicts


@pytest.mark.parametrize(
    ("codes", "end", "verdicts"),
    [
        (("01", "03", "04", "05", "06"), Standing("06"), ["applied"] * 5),
        (("01", "03", "06"), Standing("06"), ["applied"] * 3),
        (("03", "01"), Standing("03"), ["applied", "late"]),
        (("05", "04"), Standing("05"), ["applied", "late"]),
        (("01", "01"), Standing("01"), ["applied", "repeated"]),
        (("01", "02", "03"), Standing("02"), ["applied", "applied", "ended"]),
        (("03", "02"), Standing("03"), ["applied", "impossible"]),
        (("15",), Standing(), ["unasked"]),
        (("03", "13", "15"), Standing("03", withdrawn=True), ["applied"] * 3),
        (("03", "13", "16", "04"), Standing("04"), ["applied"] * 4),
        (("13", "13"), Standing(request="13"), ["applied", "repeated"]),
        (("recall", "update"), Standing(request="recall"), ["applied", "waiting"]),
        (("update", "15", "03"), Standing("03"), ["applied"] * 3),
        (("update", "15", "update", "16"), Standing(), ["applied"] * 4),
        (("replace", "15", "05"), Standing(withdrawn=True), ["applied", "applied", "ended"]),
        (("06", "recall"), Standing("06"), ["applied", "ended"]),
        (("02", "13"), Standing("02"), ["applied", "ended"]),
        (("05", "13", "06", "16"), Standing("06"), ["applied"] * 4),
    ],
)
def test_the_table(codes, end, verdicts):
    assert run(*codes) == (end, verdicts)


def test_no_other_code_is_known():
    for code in ("14", "", "7", "new", "00"):
        with pytest.raises(ValueError):
            step(Standing(), code)


def test_every_code_and_verdict_has_words():
    assert set(WORDS) == {"", *CODES}
    assert {verdict for verdict in Verdict if not str(WHY[verdict])} == {Verdict.APPLIED}


@given(st.lists(st.sampled_from(CODES), max_size=25))
def test_codes_only_rise_and_an_end_stays_an_end(codes):
    now = Standing()
    for code in codes:
        after, verdict = step(now, code)
        assert after.state >= now.state
        assert (after == now) == (verdict is not Verdict.APPLIED)
        if now.withdrawn:
            assert after.withdrawn
            assert after.state == now.state
        if now.state in ENDS:
            assert after.state == now.state
            assert not (after.request and not now.request)
        now = after


@given(st.lists(st.sampled_from(PROGRESS), max_size=12), st.randoms())
def test_what_comes_twice_or_in_another_order_ends_the_same(codes, dice):
    """Without a refusal the highest code wins, whatever the order and however often each comes."""
    codes = [code for code in codes if code != "02"]
    shuffled = codes * 2
    dice.shuffle(shuffled)
    assert run(*shuffled)[0].state == max(codes, default="")


@given(st.lists(st.sampled_from(CODES), max_size=25))
def test_each_progress_code_applies_at_most_once(codes):
    verdicts = list(zip(codes, run(*codes)[1], strict=True))
    for code in PROGRESS:
        assert verdicts.count((code, "applied")) <= 1
