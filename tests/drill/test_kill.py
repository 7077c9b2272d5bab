"""Two forms of one drill: short in every run of the suite, long on demand (``make drill``)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SURROUNDINGS = ("DATABASE_URL", "CONGVU_OWNER_DATABASE_URL", "CONGVU_AS_OWNER", "CONGVU_DEMO")


def drill(name: str, *, dossiers: int, seed: int, kills: int, crashes: int, seconds: int) -> dict[str, Any]:
    home = Path(os.environ["CONGVU_HOME"]) / name
    surroundings = {key: value for key, value in os.environ.items() if key not in SURROUNDINGS}
    numbers = [str(n) for n in (dossiers, seed, kills, crashes)]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.drill.run", str(home), *numbers], cwd=ROOT, capture_output=True, text=True,
        env={**surroundings, "CONGVU_HOME": str(home)}, timeout=seconds, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-4000:]
    report: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    print(json.dumps(report, ensure_ascii=False))
    return report


@pytest.mark.kill
def test_what_was_acknowledged_is_true_after_kills():
    report = drill("kill", dossiers=40, seed=766, kills=24, crashes=2, seconds=240)
    assert report["problems"] == []
    assert report["kills"]["inside"] >= 6
    assert report["kills"]["database"] == 2


@pytest.mark.drill
@pytest.mark.kill
def test_two_thousand_filings_under_a_hundred_kills():
    report = drill("drill", dossiers=2000, seed=2026, kills=160, crashes=8, seconds=3000)
    assert report["problems"] == []
    assert report["kills"]["inside"] >= 100
    assert report["kills"]["database"] == 8
