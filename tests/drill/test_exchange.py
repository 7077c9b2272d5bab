"""Two installations, one of them killed: short in every run of the suite, a thousand documents on demand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.drill.test_kill import SURROUNDINGS
from tests.place import ROOT


def exchange(name: str, *, each: int, seed: int, kills: int, seconds: int) -> dict[str, Any]:
    """Each house sends so many documents (a multiple of five) besides recalls, updates and statuses."""
    home = Path(os.environ["CONGVU_HOME"]) / name
    surroundings = {key: value for key, value in os.environ.items() if key not in SURROUNDINGS}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.drill.two", str(home), str(each), str(seed), str(kills)], cwd=ROOT,
        env={**surroundings, "CONGVU_HOME": str(home)}, capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-4000:]
    report: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    print(json.dumps(report, ensure_ascii=False))
    return report


@pytest.mark.kill
def test_nothing_is_lost_or_doubled_between_two_installations():
    report = exchange("exchange", each=10, seed=102, kills=3, seconds=600)
    assert report["problems"] == []
    assert report["kills"] == 3


@pytest.mark.drill
@pytest.mark.kill
def test_a_thousand_documents_under_twenty_kills():
    report = exchange("exchange-long", each=500, seed=2016, kills=20, seconds=5400)
    assert report["problems"] == []
    assert report["kills"] == 20
