"""Playing the parts on every core: one process for each, a commune's dossiers always in one of them, in their order.

A new process imports this module before Django is set up, so what needs models is imported where it is used.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import datetime
from multiprocessing.sharedctypes import Synchronized
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from congvu.boot.demo.organisation import Organisation
    from congvu.boot.demo.script import Part

# Starting further processes costs about a second and a half: not worth it for a handful.
FEW = 60
# A load that breaks is begun anew, so no commit waits for the disk; plans are kept because the same acts come again.
OPTIONS = {"server_side_binding": True, "prepare_threshold": 2, "options": "-c synchronous_commit=off"}
_done: Synchronized[int] | None = None


class Scene(Protocol):
    """Something else that is played, once, whatever the dossiers do meanwhile."""

    def __call__(self, made: Organisation, *, now: datetime) -> int: ...


def play(
    made: Organisation, parts: Sequence[Part], *, now: datetime, progress: Callable[[int], None],
    beside: Sequence[Scene] = (),
) -> int:  # fmt: skip
    """Play all parts, and the scenes beside them. Returns how many dossiers came of the parts; ``progress`` hears how
    many parts are done."""
    from congvu.boot.demo import work

    cores = len(os.sched_getaffinity(0))
    if cores < 2 or len(parts) < FEW:
        counted = iter(range(1, len(parts) + 1))
        count = work.play(made, parts, now=now, progress=lambda: progress(next(counted)))
        for scene in beside:
            scene(made, now=now)
        return count
    communes: defaultdict[str, list[Part]] = defaultdict(list)
    for part in parts:
        communes[part.commune].append(part)
    context = multiprocessing.get_context("spawn")
    done = context.Value("i", 0)
    with ProcessPoolExecutor(cores, mp_context=context, initializer=_begin, initargs=(done,)) as pool:
        largest_first = sorted(communes.values(), key=len, reverse=True)
        scenes = [pool.submit(scene, made, now=now) for scene in beside]
        waiting = {pool.submit(_play, made, share, now) for share in largest_first}
        count = _gather(waiting, lambda: progress(done.value))
        for scene_done in scenes:
            scene_done.result()
        return count


def _gather(waiting: set[Future[int]], tick: Callable[[], None]) -> int:
    count = 0
    while waiting:
        finished, waiting = wait(waiting, timeout=0.3, return_when=FIRST_COMPLETED)
        count += sum(future.result() for future in finished)
        tick()
    return count


def _begin(done: Synchronized[int]) -> None:
    import django
    from django.db import connection

    global _done
    _done = done
    django.setup()
    connection.settings_dict["OPTIONS"] = OPTIONS
    gc.freeze()


def _play(made: Organisation, parts: Sequence[Part], now: datetime) -> int:
    from congvu.boot.demo import work

    return work.play(made, parts, now=now, progress=_count)


def _count() -> None:
    if _done is not None:
        with _done.get_lock():
            _done.value += 1
