"""Python imports this first in every process that has this folder on its path: the house follows the test's clock."""

from __future__ import annotations

import os
import threading
from datetime import datetime
from pathlib import Path


def follow(folder: Path) -> None:
    """Travel to the hour written in ``now``, travel again whenever it changes, and say each time that it is done."""
    import time_machine

    told = folder / "now"
    hour = told.read_text(encoding="ascii")
    clock = time_machine.travel(datetime.fromisoformat(hour), tick=True).start()

    def watch() -> None:
        seen, wait, mark = "", threading.Event().wait, folder / f"{os.getpid()}.at"
        while True:
            wanted = told.read_text(encoding="ascii")
            if wanted != seen:
                clock.move_to(datetime.fromisoformat(wanted))
                seen = wanted
                mark.write_text(seen, encoding="ascii")
            wait(0.05)

    def start() -> None:
        threading.Thread(target=watch, daemon=True).start()

    start()
    # The web server forks its workers, and a fork has none of its parent's threads.
    os.register_at_fork(after_in_child=start)


if "CONGVU_TEST_CLOCK" in os.environ:
    follow(Path(os.environ["CONGVU_TEST_CLOCK"]))
