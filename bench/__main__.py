"""``python -m bench [--size N]… [--json]``: fill a database of its own to each size and print what things cost.

Everything lives in ``var/bench``, which is thrown away before and after. Nothing here is a test: times depend on the
machine, so nothing is asserted; a request that does not answer as it should ends the run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SIZES = (1_000, 10_000, 100_000)
PLAYED = 240


@contextmanager
def installation(home: Path, *, kept: bool = False) -> Iterator[None]:
    """An empty installation with its own database, taken away afterwards; a kept one is found as it was left."""
    os.environ |= {"CONGVU_HOME": str(home), "CONGVU_DEMO": "1", "DJANGO_SETTINGS_MODULE": "congvu.boot.settings"}
    for name in ("DATABASE_URL", "CONGVU_OWNER_DATABASE_URL", "CONGVU_BASE_URL"):
        os.environ.pop(name, None)
    from congvu.boot import cli, postgres

    cluster = postgres.Cluster(home)
    if not kept:
        _remove(cluster)
    try:
        cli.prepare(owner=True)
        yield
    finally:
        if kept:
            postgres.stop(cluster)
        else:
            _remove(cluster)


def _remove(cluster: Any) -> None:
    from congvu.boot import postgres

    postgres.stop(cluster, mode="immediate")
    shutil.rmtree(cluster.home, ignore_errors=True)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def load_demo() -> float:
    """Migrations, forms, catalogue, and a demo played through the acts; seconds of the demo alone."""
    from congvu.boot.demo.load import load
    from congvu.boot.migrations import migrate
    from congvu.boot.prepare import static_files_meanwhile
    from congvu.common.actor import SYSTEM
    from congvu.engines.forms import services as forms

    with static_files_meanwhile():
        migrate()
        forms.load_shipped(SYSTEM)
    start = time.perf_counter()
    load(size=PLAYED)
    return time.perf_counter() - start


def main() -> int:
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--size", type=int, action="append", help=f"dossiers; again for more sizes (default {SIZES})")
    options.add_argument("--runs", type=int, default=40, help="runs of each measure, at least 30 (default 40)")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    results: dict[str, Any] = {"sizes": {}}
    with installation(Path.cwd() / "var" / "bench"):
        say("Playing the demo…")
        results["demo_seconds"] = round(load_demo(), 1)
        from bench import fill, measure, report, signing

        held, finished, signed = signing.twenty()
        results["signatures"] = {"count": signed, "page_ms": round(held), "finished_ms": round(finished)}
        for size in sorted(set(given.size or SIZES)):
            start = time.perf_counter()
            made = fill.up_to(size)
            say(f"{size:,} dossiers: {made:,} copied in {time.perf_counter() - start:.0f} s; measuring…")
            results["sizes"][size] = measure.all_of(runs=max(30, given.runs))
            if not given.json:
                print(report.table(size, results["sizes"][size]), flush=True)
    if given.json:
        print(json.dumps(results, ensure_ascii=False))
    else:
        words = "{count} signatures: page after {page_ms} ms, all finished after {finished_ms} ms (aim 5000)"
        print(words.format(**results["signatures"]))
        print(f"demo of {PLAYED} dossiers played through the acts: {results['demo_seconds']} s (aim 15)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
