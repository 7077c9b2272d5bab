from __future__ import annotations

import dataclasses
import email
import email.policy
import socket

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """What a real SMTP server received; ``refuse`` and ``drop`` make it behave badly."""

    def __init__(self) -> None:
        self.mails: list[email.message.EmailMessage] = []
        self.refuse = ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def smtp(settings):
    """A real SMTP server on a free port, configured as the installation's."""

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.CONFIG = dataclasses.replace(
        settings.CONFIG, email_url=f"smtp://127.0.0.1:{port}?from=motcua@yenkhe.example"
    )
    settings.BASE_URL = "https://yenkhe.binhlam.example"
    yield box
    controller.stop()


@pytest.fixture(autouse=True)
def no_server(request, settings):
    """Without the fixture ``smtp`` there is no mail server, whatever the surroundings say."""
    if "smtp" not in request.fixturenames:
        settings.CONFIG = dataclasses.replace(settings.CONFIG, email_url=None)
        settings.BASE_URL = "https://yenkhe.binhlam.example"


@pytest.fixture
def lan():
    from congvu.ground.accounts.models import Subject

    return Subject.objects.create(
        full_name="Vũ Thị Lan", personal_id="099188000382", email="lan@example.com", phone="0900000382"
    )
