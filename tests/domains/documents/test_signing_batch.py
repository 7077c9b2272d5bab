"""Twenty documents with one authentication: read ones only, in the version that was read, and none twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
import time_machine

from congvu.common.errors import Conflict, Forbidden, NotFound
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Outgoing, Reading
from congvu.domains.documents.types import ToSign
from congvu.engines.signing import jobs
from congvu.engines.signing import services as signing
from congvu.engines.signing.errors import CertificateRefused, CredentialRefused
from congvu.engines.signing.models import Certificate
from congvu.engines.signing.types import Offer
from congvu.engines.workflow.errors import AlreadyDone
from congvu.ground.audit.models import Entry
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs import services as units
from congvu.ground.orgs.models import Substitution
from tests.domains.documents.office import Office
from tests.engines.signing.pki import credential
from tests.engines.signing.test_batches import Token
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def waiting(office: Office, count: int, kind: str = "QD", **values) -> list[UUID]:
    made = [office.draft(kind, **values) for _number in range(count)]
    for record in made:
        office.to_signature(record)
    return made


def own(office: Office, name: str = "chair") -> int:
    return Certificate.objects.get(content=getattr(office.pki, name).der).id


def read(office: Office, *records: UUID, actor=None) -> None:
    for record in records:
        services.mark_read(actor or office.chair, record, n=1)


def open_all(office: Office, actor=None, name: str = "chair") -> UUID:
    rows = selectors.to_sign(actor or office.chair)
    return services.open_signing(actor or office.chair, own(office, name), [ToSign(r.item, r.version) for r in rows])


def states(office: Office, batch: UUID, actor=None) -> list[str]:
    return [str(item.state) for item in signing.batch_items(actor or office.chair, batch)]


def of_records(office: Office, batch: UUID) -> dict[UUID, str]:
    return {item.record: str(item.state) for item in signing.batch_items(office.chair, batch)}


def finish(batch: UUID) -> None:
    jobs.run_batch(str(batch))


def test_read_ones_are_signed_and_go_on_to_be_numbered(signing_office: Office):
    office = signing_office
    made = waiting(office, 3)
    read(office, *made[:2])
    batch = open_all(office)
    assert signing.hold_signatures(office.chair, batch, credential(office.pki.chair)).held == 2
    assert of_records(office, batch) == dict(zip(made, ("held", "held", "unread"), strict=True))
    finish(batch)
    assert of_records(office, batch) == dict(zip(made, ("signed", "signed", "unread"), strict=True))
    assert [selectors.outgoing(office.clerk, record).row.state for record in made] == ["issuing", "issuing", "signing"]
    assert [(row.id, row.read) for row in selectors.to_sign(office.chair)] == [(made[2], False)]
    for record in made[:2]:
        row = Outgoing.objects.get(record=record)
        report = signing.validate(files.open_file(office.clerk, row.original).path.read_bytes(), online=False)
        assert [(found.field, found.signer, found.integrity) for found in report.signatures] == [
            ("person", "Lương Trọng Hùng", True)
        ]
        assert (row.signer_name, row.pages, row.signed_at is not None) == ("Lương Trọng Hùng", 1, True)
    office.issue(made[0])
    assert selectors.outgoing(office.clerk, made[0]).row.code == "01/QĐ-UBND"


def test_a_unit_may_allow_unread_ones_and_that_is_written_down(signing_office: Office):
    office = signing_office
    waiting(office, 2)
    admin = office.world.staff("quantri")
    units.set_settings(admin, office.unit(), {"sign_unread": True}, valid_from=datetime(2026, 11, 1).date())
    batch = open_all(office)
    assert states(office, batch) == ["waiting", "waiting"]
    entry = Entry.objects.filter(verb="signing.open_batch").latest("id")
    assert (entry.detail["unread"], entry.detail["unread_allowed"]) == (2, True)


def test_changed_since_it_was_read_is_set_aside_with_the_reason(signing_office: Office):
    office = signing_office
    first, second, third = made = waiting(office, 3)
    read(office, *made)
    batch = open_all(office)
    services.save_draft(office.chair, first, subject="kiện toàn Tổ công tác", content=office.content("Sửa."))
    services.send_back_draft(office.chair, office.step(second).id, to="noi_dung", reason="Thiếu căn cứ")
    signing.hold_signatures(office.chair, batch, credential(office.pki.chair))
    finish(batch)
    by_record = {item.record: (str(item.state), item.reason) for item in signing.batch_items(office.chair, batch)}
    assert by_record[first] == ("changed", "Văn bản đã thay đổi sau khi trình ký. Hãy đọc lại rồi ký riêng.")
    assert by_record[second][0] == "failed"
    assert by_record[second][1]
    assert by_record[third][0] == "signed"
    assert Outgoing.objects.filter(original__isnull=False).count() == 1


def test_changed_between_the_key_and_the_job_is_set_aside_too(signing_office: Office):
    office = signing_office
    (record,) = waiting(office, 1)
    read(office, record)
    batch = open_all(office)
    signing.hold_signatures(office.chair, batch, credential(office.pki.chair))
    services.save_draft(office.chair, record, subject="kiện toàn", content=office.content("Sửa."))
    finish(batch)
    assert states(office, batch) == ["changed"]
    assert Outgoing.objects.get(record=record).original is None


def test_a_token_pulled_out_leaves_the_rest_waiting_and_nothing_is_signed_twice(signing_office: Office):
    office = signing_office
    made = waiting(office, 3)
    read(office, *made)
    batch = open_all(office)
    outcome = signing.hold_signatures(office.chair, batch, Token(credential(office.pki.chair), 2))
    assert (outcome.code, outcome.stopped) == ("device_gone", "Thiết bị ký đã bị rút ra.")
    finish(batch)
    finish(batch)
    assert states(office, batch) == ["signed", "signed", "waiting"]
    before = list(Outgoing.objects.filter(original__isnull=False).values_list("original", flat=True))
    again = open_all(office)
    for number in (batch, again):
        signing.hold_signatures(office.chair, number, credential(office.pki.chair))
        finish(number)
    assert (states(office, batch), states(office, again)) == (["signed"] * 3, ["failed"])
    assert Outgoing.objects.filter(original__in=before).count() == 2


def test_a_substitution_that_ended_in_between_was_good_when_the_key_signed(signing_office: Office):
    office = signing_office
    (record,) = waiting(office, 1)
    stand_in = orgs.staff_actor(office.world.made.users["phochutich"], office.position(":chair:1"))
    services.mark_read(stand_in, record, n=1)
    batch = open_all(office, stand_in, "ending")
    signing.hold_signatures(stand_in, batch, credential(office.pki.ending))
    Substitution.objects.update(valid_to=datetime(2026, 11, 19).date())
    with time_machine.travel(datetime(2026, 11, 20, 0, 5, tzinfo=VN), tick=False):
        with pytest.raises(Forbidden):
            orgs.staff_actor(office.world.made.users["phochutich"], office.position(":chair:1"))
        finish(batch)
    assert Outgoing.objects.get(record=record).signer_name == "Vũ Thị Lan"


@refuses("document.read")
def test_what_was_read_is_the_version_on_the_screen(signing_office: Office):
    office = signing_office
    (record,) = waiting(office, 1)
    with pytest.raises(NotFound):
        services.mark_read(office.world.staff("hotich"), record, n=1)
    services.save_draft(office.chair, record, subject="kiện toàn", content=office.content("Sửa."))
    with pytest.raises(Conflict, match="Đây là bản mới"):
        services.mark_read(office.chair, record, n=1)
    assert Reading.objects.count() == 0
    services.mark_read(office.chair, record, n=2)
    services.mark_read(office.chair, record, n=2)
    assert [row.read for row in selectors.to_sign(office.chair)] == [True]
    services.save_draft(office.chair, record, subject="kiện toàn", content=office.content("Sửa nữa."))
    assert [row.read for row in selectors.to_sign(office.chair)] == [False]


def test_who_may_not_open_a_batch(signing_office: Office):
    office = signing_office
    (record,) = waiting(office, 1)
    (row,) = selectors.to_sign(office.chair)
    chosen = [ToSign(row.item, row.version)]
    with pytest.raises((Forbidden, NotFound)):
        services.open_signing(office.world.staff("chanhvp"), own(office), chosen)
    with pytest.raises(CertificateRefused):
        services.open_signing(office.chair, own(office, "ending"), chosen)
    offer = Offer(record, record, "person", "0" * 64, True)
    with pytest.raises(CertificateRefused):
        signing.open_batch(office.clerk, certificate_id=own(office, "agency"), kind="document", offers=[offer])
    with pytest.raises(NotFound):
        services.open_signing(office.chair, own(office), [ToSign(row.item, 7)])
    batch = services.open_signing(office.chair, own(office), chosen)
    with pytest.raises(CredentialRefused):
        signing.hold_signatures(office.chair, batch, credential(office.pki.ending))
    office.sign(record)
    with pytest.raises(AlreadyDone):
        services.open_signing(office.chair, own(office), chosen)


def test_the_list_has_the_urgent_first_then_by_kind_and_reads_in_five_statements(
    signing_office: Office, django_assert_num_queries
):
    office = signing_office
    waiting(office, 1, "CV")
    chair = office.chair
    for count in (1, 2):
        waiting(office, 1, "QD")
        with django_assert_num_queries(5):
            assert len(selectors.to_sign(chair)) == 1 + count
    (express,) = waiting(office, 1, "CV", priority=3)
    rows = selectors.to_sign(office.chair)
    assert [row.kind for row in rows] == ["Công văn", "Quyết định", "Quyết định", "Công văn"]
    assert (rows[0].id, rows[0].priority, rows[0].unit) == (express, 3, "Phòng Kinh tế")
    assert selectors.count_to_sign(office.chair).now() == 4
    assert selectors.to_sign(office.clerk) == ()
