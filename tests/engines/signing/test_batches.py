"""One authentication for many documents: each has its own result, and nothing is signed twice."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Invalid, NotFound
from congvu.engines.signing import jobs, outside, selectors, services
from congvu.engines.signing.errors import CertificateRefused, CredentialRefused, TimestampUnavailable
from congvu.engines.signing.models import BatchItem, Evidence, HeldSignature
from congvu.engines.signing.types import Content, HolderKind, ItemState, Offer
from congvu.ground.records import services as records
from tests.engines.signing import papers
from tests.engines.signing.pki import PIN, TSA
from tests.engines.signing.test_certificates import given, house  # noqa: F401 - a fixture
from tests.marks import refuses


class Desk:
    """Owns the documents of these tests."""

    holder = HolderKind.PERSON

    def __init__(self):
        self.files, self.done_with, self.refuse = {}, [], set()

    def digest(self, actor, item):
        return hashlib.sha256(self.files[item.file]).hexdigest()

    def load(self, actor, item):
        return Content(self.files[item.file])

    def done(self, actor, item, signed):
        if item.file in self.refuse:
            raise Conflict("Văn bản đã được rút.")
        self.files[item.file] = signed.pdf
        self.done_with.append(item.file)


@pytest.fixture
def desk_of(house):  # noqa: F811
    room = Desk()
    services.signs("test", room)
    house.room, house.key = room, given(house, house.pki.chair)
    yield house
    from congvu.engines.signing.services import batches

    del batches.KINDS["test"]


def offered(world, count=3, *, read=True):
    person, made = world.staff("phochutich"), []
    for number in range(count):
        record = records.open_record(
            kind="test", title=f"Văn bản {number}", unit=world.unit, state="open", opened_at=world.clock_now,
            readers=[f"p:{person.position_id}"],
        )  # fmt: skip
        file = uuid4()
        world.room.files[file] = papers.prepared()
        made.append(Offer(record.id, file, "person", hashlib.sha256(world.room.files[file]).hexdigest(), read))
    return made


@pytest.fixture
def signer(desk_of):
    from tests.engines.signing.pki import NOW

    desk_of.clock_now = NOW
    return desk_of.staff("phochutich")


def opened(world, actor, offers):
    return services.open_batch(actor, certificate_id=world.key, kind="test", offers=offers)


def session(world, actor):
    return services.open_session(actor, world.key, secret=PIN)


def states(outcome):
    return [str(item.state) for item in outcome.items]


def test_all_are_signed_with_one_pin(desk_of, signer):
    batch = opened(desk_of, signer, offered(desk_of))
    outcome = services.run_batch(signer, batch, session(desk_of, signer))
    assert (states(outcome), outcome.signed, outcome.stopped) == (["signed"] * 3, 3, "")
    assert len(desk_of.room.done_with) == 3
    assert all(services.validate(pdf).valid for pdf in desk_of.room.files.values())
    assert Evidence.objects.filter(standing="valid").count() == 3
    (kept,) = selectors.evidence_of(outcome.items[0].record)
    assert (kept["signer"], kept["standing"]) == ("Lương Trọng Hùng", "valid")


def test_unread_ones_are_kept_out(desk_of, signer):
    batch = opened(desk_of, signer, [*offered(desk_of, 1), *offered(desk_of, 1, read=False)])
    outcome = services.run_batch(signer, batch, session(desk_of, signer))
    assert states(outcome) == ["signed", "unread"]
    assert len(desk_of.room.done_with) == 1


def test_changed_ones_are_set_aside(desk_of, signer):
    offers = offered(desk_of)
    desk_of.room.files[offers[1].file] = papers.prepared(2)
    batch = opened(desk_of, signer, offers)
    outcome = services.run_batch(signer, batch, session(desk_of, signer))
    assert states(outcome) == ["signed", "changed", "signed"]
    assert outcome.items[1].reason == "Văn bản đã thay đổi sau khi trình ký. Hãy đọc lại rồi ký riêng."
    assert offers[1].file not in desk_of.room.done_with


def test_one_that_cannot_be_signed_hinders_no_other(desk_of, signer):
    offers = offered(desk_of)
    desk_of.room.refuse = {offers[0].file}
    broken = b"%PDF-1.7 broken"
    desk_of.room.files[offers[2].file] = broken
    offers[2] = Offer(offers[2].record, offers[2].file, "person", hashlib.sha256(broken).hexdigest(), True)
    outcome = services.run_batch(signer, opened(desk_of, signer, offers), session(desk_of, signer))
    assert states(outcome) == ["failed", "signed", "failed"]
    assert outcome.items[0].reason == "Văn bản đã được rút."
    assert "hỏng" in outcome.items[2].reason


class Token:
    """A credential whose device goes away after some signatures."""

    def __init__(self, real, good):
        self.certificate, self.chain, self._real, self._good = real.certificate, real.chain, real, good

    def sign(self, digests):
        for number, digest in enumerate(digests):
            if number == self._good:
                raise CredentialRefused("Thiết bị ký đã bị rút ra.", code="device_gone")
            yield from self._real.sign([digest])


def test_a_device_pulled_out_in_the_middle(desk_of, signer):
    batch = opened(desk_of, signer, offered(desk_of, 4))
    real = session(desk_of, signer)
    outcome = services.run_batch(signer, batch, Token(real, 2))
    assert (states(outcome), outcome.stopped) == (
        ["signed", "signed", "waiting", "waiting"], "Thiết bị ký đã bị rút ra.",
    )  # fmt: skip
    first = [item.result for item in outcome.items[:2]]
    again = services.run_batch(signer, batch, real)
    assert states(again) == ["signed"] * 4
    assert [item.result for item in again.items[:2]] == first
    assert len(desk_of.room.done_with) == len(set(desk_of.room.done_with)) == 4


def test_a_provider_that_signs_something_else(desk_of, signer):
    class Wrong(Token):
        def sign(self, digests):
            yield from self._real.sign([b"\0" * 32 for _ in digests])

    outcome = services.run_batch(
        signer, opened(desk_of, signer, offered(desk_of, 1)), Wrong(session(desk_of, signer), 9)
    )
    assert states(outcome) == ["failed"]
    assert "không khớp" in outcome.items[0].reason
    assert desk_of.room.done_with == []


def test_a_killed_worker_signs_nothing_twice(desk_of, signer, monkeypatch):
    """The process ends after the second document went on but before the third; the job comes again."""
    batch = opened(desk_of, signer, offered(desk_of))
    real, calls = desk_of.room.done, []

    def dying(actor, item, signed):
        calls.append(item.file)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(actor, item, signed)

    monkeypatch.setattr(desk_of.room, "done", dying)
    with pytest.raises(KeyboardInterrupt):
        services.run_batch(signer, batch, session(desk_of, signer))
    assert [row.state for row in BatchItem.objects.order_by("order")] == ["signed", "signed", "held"]
    monkeypatch.setattr(desk_of.room, "done", real)
    outcome = services.finish_batch(signer, batch)
    assert states(outcome) == ["signed"] * 3
    assert sorted(map(str, desk_of.room.done_with)) == sorted({str(item.file) for item in outcome.items})


def test_a_time_stamp_that_does_not_come_leaves_all_held_and_a_job_takes_them_up_again(desk_of, signer, settings):
    there, settings.SIGNING_TSA_URL = TSA, "http://nowhere.example/tsa"
    batch = opened(desk_of, signer, offered(desk_of))
    outcome = services.run_batch(signer, batch, session(desk_of, signer))
    assert (states(outcome), desk_of.room.done_with) == (["held"] * 3, [])
    assert outcome.stopped.startswith("Máy chủ dấu thời gian chưa trả lời.")
    with pytest.raises(RuntimeError, match=TimestampUnavailable.code):
        jobs.run_batch(str(batch))
    settings.SIGNING_TSA_URL = there
    jobs.finish_held(0)
    assert ProcrastinateJob.objects.filter(task_name="signing.run_batch", args={"batch": str(batch), "ask": False})
    jobs.run_batch(str(batch))
    assert {item.state for item in services.batch_items(signer, batch)} == {ItemState.SIGNED}
    assert HeldSignature.objects.count() == 0


def test_an_authority_that_takes_two_minutes_is_waited_for_by_the_job_alone(
    desk_of, signer, settings, monkeypatch, clock
):
    """Whoever presses the button waits for the key alone: the page is answered before a stamp is asked."""
    settings.SIGNING_TSA_URL = TSA
    asked = []

    def slow(url, *, body, media_type, timeout):
        if media_type == outside.REQUEST:
            asked.append(timeout)
            clock.shift(timedelta(minutes=2))
        return transport(url, body=body, media_type=media_type, timeout=timeout)

    transport = outside.transport()
    monkeypatch.setattr(outside, "transport", lambda: slow)
    batch = opened(desk_of, signer, offered(desk_of))
    key = session(desk_of, signer)
    assert states(services.hold_batch(signer, batch, key)) == ["held"] * 3
    key.close()
    assert asked == []
    services.queue_batch(signer, batch)
    (job,) = ProcrastinateJob.objects.filter(task_name="signing.run_batch")
    jobs.run_batch(**job.args)
    assert [timeout >= 131 for timeout in asked] == [True] * 3
    assert {item.state for item in services.batch_items(signer, batch)} == {ItemState.SIGNED}
    for pdf in desk_of.room.files.values():
        (found,) = services.validate(pdf).signatures
        assert (found.standing, found.timestamped, found.level) == ("valid", True, "B-LT")


def test_the_session_ends(desk_of, signer, clock):
    batch = opened(desk_of, signer, offered(desk_of, 1))
    old = session(desk_of, signer)
    old.close()
    outcome = services.run_batch(signer, batch, old)
    assert (states(outcome), outcome.stopped) == (
        ["waiting"], "Phiên ký đã hết. Hãy xác thực lại để ký tiếp các văn bản còn lại.",
    )  # fmt: skip


@refuses("signing.open_batch", "signing.sign_item")
def test_whose_batch_it_is(desk_of, signer):
    offers = offered(desk_of)
    other = desk_of.staff("vanthu")
    with pytest.raises(CertificateRefused):
        opened(desk_of, other, offers)
    with pytest.raises(NotFound):
        opened(desk_of, signer, [Offer(uuid4(), uuid4(), "person", "0" * 64, True)])
    with pytest.raises(Invalid):
        opened(desk_of, signer, [])
    batch = opened(desk_of, signer, offers)
    with pytest.raises(NotFound):
        services.run_batch(other, batch, session(desk_of, signer))
    (first, *_rest) = services.batch_items(signer, batch)
    with pytest.raises(NotFound):
        services.sign_item(other, first.id)
    assert services.batch_items(other, batch) == ()
    assert desk_of.room.done_with == []


def test_a_revoked_certificate_stops_the_batch(desk_of, signer):
    batch = opened(desk_of, signer, offered(desk_of))
    ready = session(desk_of, signer)
    services.revoke(SYSTEM, desk_of.key, reason="Nghỉ hưu")
    with pytest.raises(CertificateRefused):
        services.run_batch(signer, batch, ready)
    assert {item.state for item in services.batch_items(signer, batch)} == {ItemState.WAITING}
