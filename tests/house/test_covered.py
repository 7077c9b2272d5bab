"""Every line of the checklist and every fact has a test that exists, or a reason in ``docs/coverage.md``."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.covered import ALL_FACTS, ALL_LINES, FACTS, LINES

TESTS = Path(__file__).parents[1]
COVERAGE = (TESTS.parent / "docs" / "coverage.md").read_text(encoding="utf-8")


def missing(names: set[str]) -> list[str]:
    """Tests that are named and do not exist."""
    found = []
    for name in sorted(names):
        path, _sign, function = name.partition("::")
        file = TESTS / path
        if not file.is_file() or not re.search(rf"^def {function}\(", file.read_text(encoding="utf-8"), re.M):
            found.append(name)
    return found


def test_named_tests_exist():
    assert missing({name for names in [*LINES.values(), *FACTS.values()] for name in names}) == []
    assert missing({"house/test_covered.py::test_no_such_thing"}) == ["house/test_covered.py::test_no_such_thing"]


def listed(pattern: str) -> set[str]:
    return set(re.findall(pattern, COVERAGE))


def test_every_line_of_the_checklist_has_a_test_or_a_reason():
    covered = {name.partition(" ")[0] for name in LINES}
    told = listed(r"documents §1\.16, ([A-L]\d*)\)")
    assert (set(ALL_LINES) - covered - told, covered & told, (covered | told) - set(ALL_LINES)) == (set(), set(), set())


def test_every_fact_has_a_test_or_a_reason():
    told = {int(number) for number in listed(r"documents §7, (\d+)\)")}
    assert (set(ALL_FACTS) - set(FACTS) - told, set(FACTS) & told) == (set(), set())
