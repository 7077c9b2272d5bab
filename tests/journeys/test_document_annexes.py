"""Annexes travel with their document: signed files in the message, and in the book of the agency that gets it."""

from __future__ import annotations

import pytest

from congvu.domains.documents import selectors, services
from congvu.domains.documents.types import AnnexInput
from congvu.engines.exchange import selectors as exchange_selectors
from congvu.engines.exchange.models import Message
from congvu.engines.signing import services as signing
from congvu.ground.files import selectors as files
from congvu.ground.files import services as stored
from tests.domains.documents.office import Office
from tests.domains.documents.papers import pdf, uploaded, xlsx
from tests.journeys.houses import NEIGHBOUR, houses_of

pytestmark = pytest.mark.django_db


def test_annexes_go_out_in_the_message_and_arrive_whole(signing_office: Office):
    office, houses = signing_office, houses_of(signing_office)
    record = office.draft()
    official = office.official
    services.attach_annex(official, record, AnnexInput(uploaded(official, pdf("một")), "Danh sách"))
    sheet = uploaded(official, xlsx(), "Bảng tính.xlsx")
    services.attach_annex(official, record, AnnexInput(sheet, "Bảng tính", along=True))
    office.to_signature(record)
    office.sign(record, 3)
    signing.finish_batch(office.clerk, office.hold_seal(record, NEIGHBOUR))
    houses.carry()
    message = Message.objects.filter(outgoing=True, kind="document").latest("at")
    sent = exchange_selectors.letter(message.id).attachments
    original = files.info(office.clerk, selectors.outgoing(office.clerk, record).original)
    assert [one.name for one in sent] == [original.name, "phu-luc-1.pdf", "tep-kem-theo-2.xlsx"]
    arrived = sorted(files.files_of(houses.arrived()), key=lambda info: info.name)
    assert [one.name for one in arrived] == [original.name, "phu-luc-1.pdf", "tep-kem-theo-2.xlsx"]
    issued = selectors.issued_files(record)
    assert [one.sha256 for one in arrived] == [
        original.sha256, *[files.info(office.clerk, one.file).sha256 for one in issued],
    ]  # fmt: skip
    content = stored.open_file(houses.there, arrived[1].id, accept_unscanned=True).path.read_bytes()
    (report,) = signing.validate(content, online=False).signatures
    assert (report.integrity, report.covers_whole_file) == (True, True)
