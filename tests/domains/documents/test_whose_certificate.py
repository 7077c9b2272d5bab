"""Whose certificate signs: the acting person's own, or the issuer's by its records clerk (NĐ 30/2020 Điều 32–33)."""

from __future__ import annotations

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import NotFound
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Outgoing, Recipient
from congvu.domains.documents.types import RecipientInput, ToIssue, ToSign
from congvu.engines.signing import services as signing
from congvu.engines.signing.errors import CertificateRefused, CredentialRefused
from congvu.engines.signing.models import Certificate
from congvu.engines.signing.types import Form, Offer
from congvu.ground.audit.models import Entry
from congvu.ground.files.models import File
from tests.domains.documents.office import Office
from tests.engines.signing.pki import credential
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def moved() -> tuple[int, ...]:
    return Entry.objects.count(), File.objects.count(), Recipient.objects.count()


@refuses("signing.open_batch")
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("agency", "không dùng cho loại chữ ký"),
        ("ending", "không phải của tài khoản"),
        ("citizen", "Không có chứng thư này"),
    ],
)
def test_a_person_signs_with_the_own_certificate_alone(signing_office: Office, key: str, words: str):
    office = signing_office
    record = office.draft()
    office.to_signature(record)
    services.mark_read(office.chair, record, n=1)
    numbers = dict(Certificate.objects.values_list("provider_ref", "id"))
    actor = office.clerk if key == "agency" else office.chair
    before = moved()
    offer = Offer(record, record, "person", "0" * 64, read=True)
    with pytest.raises((CertificateRefused, NotFound), match=words):
        signing.open_batch(actor, certificate_id=numbers.get(f"{key}.p12", 0), kind="document", offers=[offer])
    assert (moved(), Outgoing.objects.get(record=record).original) == (before, None)
    assert selectors.outgoing(office.chair, record).row.state == "signing"
    office.sign(record)


def test_a_key_that_is_not_the_chosen_certificates_signs_nothing(signing_office: Office):
    office = signing_office
    record = office.draft()
    office.to_signature(record)
    services.mark_read(office.chair, record, n=1)
    batch = services.open_signing(office.chair, office.certificate("chair"), [ToSign(office.step(record).id, 1)])
    before = moved()
    with pytest.raises(CredentialRefused, match="của một chứng thư khác"):
        signing.hold_signatures(office.chair, batch, credential(office.pki.ending))
    assert (moved(), Outgoing.objects.get(record=record).original) == (before, None)


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


@refuses("document.number", "signing.open_batch")
def test_a_document_is_issued_with_the_issuers_certificate_by_who_keeps_it(signing_office: Office):
    office = signing_office
    record = office.draft("QD")
    office.to_signature(record)
    office.sign(record)
    row = Certificate.objects.get(content=office.pki.agency.der)
    chosen = [ToIssue(office.step(record).id, [RecipientInput("paper", "Sở Nội vụ")])]
    before = moved()
    chairs = office.certificate("chair")
    Certificate.objects.filter(id=chairs).update(user=office.clerk.user_id)
    with pytest.raises(CertificateRefused, match="không dùng cho loại chữ ký"):
        services.open_issuing(office.clerk, chairs, chosen)
    Certificate.objects.filter(id=row.id).update(unit=office.world.made.units["xa-dong-lam"])
    with pytest.raises(CertificateRefused, match="không phải của cơ quan ban hành"):
        services.open_issuing(office.clerk, row.id, chosen)
    Certificate.objects.filter(id=row.id).update(unit=office.unit(), device="held")
    assert moved() == before
    other = office.world.made.users["chanhvp"]
    signing.record_device(SYSTEM, row.id, Form.HANDED_OVER, reason="Bàn giao khi nghỉ phép", to_user=other)
    before = moved()
    with pytest.raises(CertificateRefused, match="do người khác giữ"):
        services.open_issuing(office.clerk, row.id, chosen)
    view = selectors.outgoing(office.clerk, record)
    assert (moved(), view.row.state, view.row.issued_on) == (before, "issuing", None)
    signing.record_device(
        SYSTEM, row.id, Form.HANDED_OVER, reason="Bàn giao lại", to_user=office.world.made.users["vanthu"]
    )
    office.issue(record)
    assert selectors.outgoing(office.clerk, record).row.state == "issued"
