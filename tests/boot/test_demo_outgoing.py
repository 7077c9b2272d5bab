"""The demo's outgoing documents: twenty wait for the chair, every list has something, what is issued holds."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from congvu.boot.demo import committees, issuers, outgoing, pki
from congvu.boot.demo.arrivals import holder
from congvu.boot.demo.organisation import FRONT_KEY, PARTY_KEY
from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors as documents
from congvu.engines.signing import services as signing
from congvu.ground.audit.models import Entry
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from tests.kept import Kept


@Kept
def _played(made, now):
    with time_machine.travel(now - timedelta(days=60), tick=True):
        pki.load(made, now)
        issuers.load(made, communes=1)
    assert outgoing.play(made, now=now) == 31
    assert outgoing.play(made, now=now) == 0


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Keys and contents, which the rows of all tests here speak of."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def demo(world, settings, place):
    settings.SIGNING_KEYS, settings.FILES_ROOT = place / "keys", place / "files"
    settings.SIGNING_PKCS12 = True
    settings.SIGNING_TRANSPORT = "congvu.boot.demo.pki.answer"
    settings.SIGNING_TSA_URL = "http://pki.binhlam.example/tsa"
    _played(world.made, timezone.now())
    return world


def test_every_list_has_something_and_twenty_wait_for_the_chair(demo):
    clerk = demo.staff("vanthu")
    rows = documents.outgoing_list(clerk, documents.OutgoingQuery(), limit=60).rows
    assert Counter(row.state for row in rows) == {
        "signing": 20, "issued": 4, "issuing": 2, "reviewing": 2, "drafting": 2, "dropped": 1,
    }  # fmt: skip
    stand_in = orgs.staff_actor(demo.made.users["phochutich"], demo.made.positions["xa-yen-khe:chair:1"])
    waiting = documents.to_sign(stand_in)
    assert (len(waiting), len({row.kind for row in waiting}), waiting[0].priority) == (20, 7, 3)
    assert documents.count_to_sign(demo.staff("chutich")).now() == 20
    assert not Entry.objects.filter(at__gt=timezone.now()).exists()


def test_what_is_issued_has_both_signatures_and_its_recipients(demo):
    clerk = demo.staff("vanthu")
    rows = documents.outgoing_list(clerk, documents.OutgoingQuery(view="da-phat-hanh")).rows
    assert {row.code for row in rows} == {"01/QĐ-UBND", "01/KH-UBND", "01/UBND-VP", "01/TB-UBND"}
    for row in rows:
        view = documents.outgoing(SYSTEM, row.id)
        report = signing.validate(files.open_file(clerk, view.original).path.read_bytes(), online=False)
        assert ([found.signer for found in report.signatures], report.valid) == (
            ["Lương Trọng Hùng", "Ủy ban nhân dân xã Yên Khê"], True,
        )  # fmt: skip
        assert view.recipients


def test_party_and_front_write_in_books_of_their_own(demo):
    now = timezone.now()
    assert committees.play(demo.made, now=now) == 8
    assert committees.play(demo.made, now=now) == 0
    for key, issued, states in (
        (PARTY_KEY, "01-QĐ/ĐU", {"issued": 1, "signing": 1, "drafting": 1}),
        (FRONT_KEY, "01/KH-MTTQ-BTT", {"issued": 1, "signing": 1}),
    ):
        clerk = holder(demo.made, f"{key}-vp", "registrar")
        rows = documents.outgoing_list(clerk, documents.OutgoingQuery()).rows
        assert Counter(row.state for row in rows) == states
        (row,) = (row for row in rows if row.state == "issued")
        view = documents.outgoing(SYSTEM, row.id)
        paper = files.open_file(clerk, view.original).path.read_bytes()
        assert (row.code, signing.validate(paper, online=False).valid) == (issued, True)
        assert documents.incoming_list(clerk, documents.IncomingQuery()).rows
        assert not documents.outgoing_list(demo.staff("vanthu"), documents.OutgoingQuery(text=issued)).rows
