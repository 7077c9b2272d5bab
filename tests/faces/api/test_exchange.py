"""Another installation delivers: its own agencies' messages alone, acknowledged with the digest, repeats harmless."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.common.actor import SYSTEM
from congvu.engines.exchange import services
from congvu.engines.exchange.edxml.writer import write_letter
from congvu.engines.exchange.models import Message, Thread
from congvu.engines.exchange.types import Party
from tests.engines.exchange.office import set_up
from tests.engines.exchange.samples import THEIRS, letter, pdf
from tests.faces.api.caller import BASE, caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(world):
    """A program of the installation that Sở Xây dựng uses."""
    made = set_up(world)
    program = caller("xa-yen-khe-tt", "clerk", scopes=("exchange:write",))
    services.set_partner(
        SYSTEM, "tinh-ban", name="Tỉnh bạn", transport="direct", address="https://ban.example",
        machine_user=program.user,
    )  # fmt: skip
    services.name_agency(
        SYSTEM, "H98.17", name="", valid_from=world.today, partner="tinh-ban", agency_id=made.elsewhere
    )
    return program


def deliver(program, raw: bytes, **more):
    file = SimpleUploadedFile("a.edxml", raw)
    return program.client.post(
        BASE + "exchange/messages", {"message": file, **more}, headers={"Authorization": f"Bearer {program.secret}"}
    )


def written(**values) -> bytes:
    return write_letter(letter(**values), [pdf(2)])


def test_a_message_is_kept_and_acknowledged(other):
    raw = written()
    first, second = deliver(other, raw), deliver(other, raw)
    message = Message.objects.get()
    told = {"id": str(message.id), "sha256": hashlib.sha256(raw).hexdigest()}
    assert (first.status_code, first.json()) == (201, told | {"repeated": False})
    assert (second.status_code, second.json()) == (201, told | {"repeated": True})
    assert (message.state, message.via, message.repeats) == ("waiting", "tinh-ban", 1)
    services.read_message(message.id)
    assert Thread.objects.get().state == "01"


def test_another_agency_cannot_be_spoken_for(other):
    services.name_agency(SYSTEM, "H97.1", name="Cơ quan khác", valid_from=letter().promulgated, partner="hub")
    for code in ("H97.1", "H90.9"):
        answer = deliver(other, written(sender=Party(code, "Cơ quan khác")))
        assert (answer.status_code, answer.json()["code"]) == (403, "not_the_sender")
    assert not Message.objects.exists()


def test_the_senders_name_in_the_message_is_checked_once_more_when_read(other):
    """Two senders in one message: the first page says one, the reading decides."""
    accepted = services.accept(written(sender=Party("H99.24.2", "UBND xã Đông Lâm")), via="tinh-ban")
    services.read_message(accepted.message_id)
    assert Message.objects.get().state == "faulty"


@pytest.mark.parametrize("raw", [b"", b"xin chao", b"<!DOCTYPE a><edXML/>"])
def test_what_names_no_sender_is_refused(other, raw):
    answer = deliver(other, raw)
    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_programs_that_are_no_partners_are_refused(other, counter):
    answer = deliver(counter, written())
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    narrow = caller("xa-yen-khe-tt", "clerk", scopes=("dossiers:write",))
    assert deliver(narrow, written()).json()["code"] == "scope"
    services.set_partner(
        SYSTEM, "tinh-ban", name="Tỉnh bạn", transport="direct", address="https://ban.example",
        machine_user=other.user, active=False,
    )  # fmt: skip
    assert deliver(other, written()).status_code == 403
    assert not Message.objects.exists()


def test_the_form_has_one_file(other):
    assert deliver(other, written(), more="x").status_code == 422
    wrong = other.client.post(
        BASE + "exchange/messages", b"<edXML/>", content_type="application/xml",
        headers={"Authorization": f"Bearer {other.secret}"},
    )  # fmt: skip
    assert wrong.status_code == 415
    assert not Message.objects.exists()


def test_samples_are_elsewhere():
    assert THEIRS.id.endswith("H98")
