"""What runs inside one of two installations that exchange documents; each verb is safe to kill and to begin again.

``python -m tests.drill.houses setup|work|truth|rate …`` with the surroundings of the house.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from congvu.common.actor import SYSTEM  # noqa: E402
from congvu.common.errors import Refusal  # noqa: E402
from congvu.engines.exchange import selectors, services  # noqa: E402
from congvu.engines.exchange.models import Delivery, Message, StatusEntry, Thread  # noqa: E402
from congvu.engines.exchange.services.accepting import read_waiting  # noqa: E402
from congvu.engines.exchange.services.delivering import requeue_lost  # noqa: E402
from congvu.engines.exchange.types import Attachment, Letter, Operation, Party, Reference, Signer  # noqa: E402
from congvu.ground.accounts import services as accounts  # noqa: E402
from congvu.ground.events.models import Event  # noqa: E402
from congvu.ground.orgs import selectors as orgs  # noqa: E402
from congvu.ground.orgs import services as posts  # noqa: E402
from tests.drill.papers import both_hold, signed  # noqa: E402

SINCE = date(2025, 7, 1)
HOUSES = {
    "a": Party("H99.24.1", "UBND xã Yên Khê"),
    "b": Party("000.00.02.H98", "UBND xã Đông Lâm"),
}
UNITS = {"a": "xa-yen-khe", "b": "xa-dong-lam"}
# By number modulo five: how a document ends with its recipient, and whether it was taken back.
ENDS = {0: ("06", False), 1: ("02", False), 2: ("03", True), 3: ("06", False), 4: ("06", False)}
STEPS = {0: ("03", "04", "05", "06"), 1: ("02",), 2: ("03",), 3: ("03", "06"), 4: ("03", "06")}
# What the recipient answers to each request, and what it waits for before it goes on.
ANSWERS = {"13": "15", "recall": "16", "update": "15"}
WAITS = {3: ("06", "16"), 4: ("03", "15")}


def setup(me: str, address: str) -> None:
    """The other house as a partner, its agency and ours, and a token for it; prints the token."""
    other = "b" if me == "a" else "a"
    unit = orgs.unit_by_key(UNITS[me])
    user = accounts.open_machine_login(SYSTEM, f"nha-{other}", full_name="Hệ thống bạn")
    position = posts.create_position(SYSTEM, unit.id, "Kết nối", ["registrar"], valid_from=SINCE)
    posts.assign(SYSTEM, position, user, valid_from=SINCE, kind="concurrent")
    services.set_partner(
        SYSTEM, "ban", name="Hệ thống bạn", transport="direct", address=address, machine_user=user,
        dialect={"a": "zip", "b": "raw"}[me],
    )  # fmt: skip
    services.name_agency(SYSTEM, HOUSES[me].id, name=HOUSES[me].name, valid_from=SINCE, unit_id=unit.id)
    services.name_agency(SYSTEM, HOUSES[other].id, name=HOUSES[other].name, valid_from=SINCE, partner="ban")
    made = posts.issue_token(
        SYSTEM, position, user, name="Kết nối", scopes=["exchange:write"], per_minute=100_000,
        expires_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    tell(secret=made.secret)


def tell(**values: Any) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)


def letter(me: str, number: str, **more: Any) -> Letter:
    other = "b" if me == "a" else "a"
    values: dict[str, Any] = {
        "sender": HOUSES[me], "to": (HOUSES[other],), "number": number, "notation": "DRILL",
        "promulgated": date(2026, 11, 20), "subject": f"V/v diễn tập số {number}", "type_name": "Công văn",
        "signer": Signer("", "Chủ tịch", "Đỗ Văn Mẫu"), "attachments": (Attachment(f"van-ban-{number}.pdf"),),
    }  # fmt: skip
    return Letter(**values | more)


def number_of(document_id: str) -> str:
    return document_id.rpartition(",")[2].removesuffix("/DRILL")


def kind_of(number: str) -> int:
    return int(number) % 5 if number.isdecimal() else 0


def work(me: str, count: str) -> None:
    """Send what is still unsent and handle what came, until everything of ours has ended; then go on handling."""
    total = int(count)
    told, swept = False, 0.0
    tell(began=True)
    while True:
        did = _send(me, total) + _follow(me) + _handle()
        if time.monotonic() > swept + 3:
            # What the program does every two minutes: jobs of killed workers are made anew.
            read_waiting(timedelta(seconds=3), 5000)
            requeue_lost(timedelta(seconds=3), 5000)
            swept = time.monotonic()
        done = _ended(total)
        if done != told:
            told = done
            tell(done=done)
        if not did:
            time.sleep(0.2)


def _send(me: str, total: int, batch: int = 10) -> int:
    sent = Message.objects.filter(outgoing=True, kind="document", operation="new").count()
    numbers = [str(number) for number in range(sent, min(total, sent + batch))]
    for number in numbers:
        with transaction.atomic():
            services.send_document(letter(me, number), [signed(number)])
    return len(numbers)


def _follow(me: str) -> int:
    """What the sender asks later: a document back (13), a recall, an update."""
    did = 0
    for thread in Thread.objects.filter(outgoing=True, message__operation="new").exclude(state=""):
        number = number_of(thread.document_id)
        kind = kind_of(number)
        asked = thread.log.filter(ours=True).exists()
        if kind not in (2, 3, 4) or asked or (kind in (2, 3) and thread.state < "03"):
            continue
        with transaction.atomic():
            _ask(me, thread, number, kind)
        did += 1
    return did


def _ask(me: str, thread: Thread, number: str, kind: int) -> None:
    if kind == 2:
        services.send_status(thread.message_id, "13", description="Gửi nhầm")
    elif kind == 3:
        reference = Reference(thread.recipient, f"{number}/DRILL", None, thread.document_id)
        told = letter(me, f"{number}r", operation=Operation.RECALL, answers=(reference,), reason="Sai nội dung")
        services.send_document(told, [signed(f"{number}r")])
    else:
        told = letter(
            me, number, operation=Operation.UPDATE, target=thread.document_id, document_id=thread.document_id,
            data_changed=True, reason="Bổ sung",
        )  # fmt: skip
        services.send_document(told, [signed(f"{number}u")])


def _handle() -> int:
    did = 0
    for thread in Thread.objects.filter(outgoing=False, message__isnull=False, withdrawn=False).exclude(state="02"):
        code = _next(thread)
        if not code:
            continue
        try:
            with transaction.atomic():
                services.send_status(thread.message_id, code, description="Diễn tập")
                did += 1
        except Refusal as refusal:
            tell(refused=refusal.message, document=thread.document_id, code=code)
    return did


def _next(thread: Thread) -> str:
    if thread.request:
        return ANSWERS[thread.request]
    kind = kind_of(number_of(thread.document_id))
    following = next((code for code in STEPS[kind] if code > thread.state), "")
    waits = WAITS.get(kind)
    if waits and following == waits[0] and not thread.log.filter(code=waits[1], ours=True).exists():
        return ""
    return following


def _ended(total: int) -> bool:
    """Every document of ours stands where it should with its recipient, and nothing is on its way."""
    if Delivery.objects.filter(state="queued").exists() or Message.objects.filter(state="waiting").exists():
        return False
    threads = list(Thread.objects.filter(outgoing=True))
    sent = [thread for thread in threads if number_of(thread.document_id).isdecimal()]
    ends = all((t.state, t.withdrawn) == ENDS[kind_of(number_of(t.document_id))] and not t.request for t in threads)
    return len(sent) == total and len(threads) == total + total // 5 and ends


def truth() -> None:
    """Everything that can be compared with the other house."""
    messages, threads = Message.objects.order_by("id"), Thread.objects.all()
    tell(
        out=sorted(messages.filter(outgoing=True).values_list("raw_id", flat=True)),
        came=sorted(messages.filter(outgoing=False).values_list("raw_id", flat=True)),
        states=dict(Counter(messages.values_list("state", flat=True))),
        repeats=sum(messages.values_list("repeats", flat=True)),
        flagged=messages.exclude(duplicate_of=None).count(),
        deliveries=dict(Counter(Delivery.objects.values_list("state", flat=True))),
        attempts=sum(Delivery.objects.values_list("attempts", flat=True)),
        events=dict(Counter(Event.objects.filter(name__startswith="exchange.").values_list("name", flat=True))),
        threads={
            ("o" if t.outgoing else "i") + t.document_id: [t.state, t.request, t.withdrawn] for t in threads
        },
        twice=[
            [str(thread), code]
            for (thread, code), n in Counter(
                StatusEntry.objects.filter(verdict="applied", code__lt="07").values_list("thread", "code")
            ).items()
            if n > 1
        ],
        early=StatusEntry.objects.filter(verdict="early").count(),
        unsigned=[row.code for row in messages.filter(kind="document") if not _signed(row)],
    )  # fmt: skip


def _signed(row: Message) -> bool:
    """Whether the message has a file, and each of its files carries both signatures."""
    files = range(len(selectors.letter(row.id).attachments))
    return bool(files) and all(both_hold(selectors.content(row.id, number)[1]) for number in files)


def rate(count: str) -> None:
    """Messages of about 60 KB accepted one after the other by one process: how many a second."""
    from congvu.engines.exchange.edxml.writer import write_letter

    base = write_letter(letter("b", "1"), [b"%PDF-" + os.urandom(45_000)])
    raws = [base.replace("diễn tập số 1".encode(), f"đo tốc độ {n}".encode()) for n in range(int(count))]
    began = time.perf_counter()
    for raw in raws:
        services.accept(raw, via="ban")
    took = time.perf_counter() - began
    tell(messages=len(raws), bytes=len(base), seconds=round(took, 2), per_second=round(len(raws) / took))


VERBS: dict[str, Callable[..., None]] = {"setup": setup, "work": work, "truth": truth, "rate": rate}

if __name__ == "__main__":
    VERBS[sys.argv[1]](*sys.argv[2:])
