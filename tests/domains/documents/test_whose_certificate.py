"""Whose certificate signs: the acting person's own, or the issuer's by its records clerk (NĐ 30/2020 Điều 32–33)."""

from __future__ import annotations

import pytest

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Outgoing, Recipient
from congvu.domains.documents.types import RecipientInput
from congvu.engines.signing import services as signing
from congvu.engines.signing.errors import CertificateRefused
from congvu.engines.signing.models import Certificate
from congvu.engines.signing.types import Form
from congvu.ground.audit.models import Entry
from congvu.ground.files.models import File
from tests.domains.documents.office import Office
from tests.engines.signing.pki import credential
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def moved() -> tuple[int, ...]:
    return Entry.objects.count(), File.objects.count(), Recipient.objects.count()


@refuses("document.sign")
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("agency", "không ký bằng chứng thư của cơ quan"),
        ("ending", "không phải của bạn"),
        ("citizen", "chưa có trong sổ chứng thư"),
    ],
)
def test_a_person_signs_with_the_own_certificate_alone(signing_office: Office, key: str, words: str):
    office = signing_office
    record = office.draft()
    office.to_signature(record)
    before = moved()
    with pytest.raises(CertificateRefused, match=words):
        services.sign(office.chair, office.step(record).id, credential(getattr(office.pki, key)), read_version=1)
    assert (moved(), Outgoing.objects.get(record=record).original) == (before, None)
    assert selectors.outgoing(office.chair, record).row.state == "signing"
    office.sign(record)


def test_a_suspended_certificate_signs_nothing(signing_office: Office):
    office = signing_office
    record = office.draft()
    office.to_signature(record)
    row = Certificate.objects.get(content=office.pki.chair.der)
    signing.suspend(SYSTEM, row.id, reason="Mất điện thoại")
    with pytest.raises(CertificateRefused, match="đang tạm dừng: Mất điện thoại"):
        office.sign(record)
    signing.resume(SYSTEM, row.id, reason="Đã tìm thấy")
    office.sign(record)


@refuses("document.issue")
def test_a_document_is_issued_with_the_issuers_certificate_by_who_keeps_it(signing_office: Office):
    office = signing_office
    record = office.draft("QD")
    office.to_signature(record)
    office.sign(record)
    item = office.step(record).id
    services.number(office.clerk, item)
    to = [RecipientInput("paper", "Sở Nội vụ")]
    before = moved()
    for key, words in (("chair", "chứng thư của cơ quan ban hành"), ("unknown", "chưa có trong sổ")):
        with pytest.raises(CertificateRefused, match=words):
            services.issue(office.clerk, item, credential(getattr(office.pki, key)), to)
    row = Certificate.objects.get(content=office.pki.agency.der)
    Certificate.objects.filter(id=row.id).update(unit=office.world.made.units["xa-dong-lam"])
    with pytest.raises(CertificateRefused, match="không phải của cơ quan ban hành"):
        services.issue(office.clerk, item, credential(office.pki.agency), to)
    Certificate.objects.filter(id=row.id).update(unit=office.unit(), device="held")
    assert moved() == before
    other = office.world.made.users["chanhvp"]
    signing.record_device(SYSTEM, row.id, Form.HANDED_OVER, reason="Bàn giao khi nghỉ phép", to_user=other)
    before = moved()
    with pytest.raises(CertificateRefused, match="do người khác giữ"):
        services.issue(office.clerk, item, credential(office.pki.agency), to)
    assert (moved(), selectors.outgoing(office.clerk, record).row.state) == (before, "issuing")
    signing.record_device(
        SYSTEM, row.id, Form.HANDED_OVER, reason="Bàn giao lại", to_user=office.world.made.users["vanthu"]
    )
    services.issue(office.clerk, item, credential(office.pki.agency), to)
    assert selectors.outgoing(office.clerk, record).row.state == "issued"
