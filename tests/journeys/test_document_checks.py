"""Signatures of what arrives: judged by the job, kept with their evidence, told to the clerk, proposed for return."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Forbidden
from congvu.common.zones import at
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Incoming
from congvu.domains.documents.services import reason_to_return
from congvu.engines.signing import services as signing
from congvu.engines.signing.models import Evidence
from congvu.engines.signing.trust import evidence
from congvu.ground.events.services import deliver_pending
from congvu.ground.files import services as files
from tests.domains.documents.office import Office
from tests.engines.signing.papers import paper, prepared
from tests.engines.signing.pki import credential
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def signed(office: Office, *names: str) -> bytes:
    pdf = prepared()
    for name in names or ("person", "agency"):
        maker = office.pki.chair if name == "person" else office.pki.agency
        pdf = signing.sign(pdf, field=name, credential=credential(maker)).pdf
    return pdf


def arrive(office: Office, *contents: bytes, **values):
    ids = tuple(files.store(SYSTEM, name=f"tep-{n}.pdf", content=pdf).id for n, pdf in enumerate(contents))
    return services.receive(SYSTEM, "xa-yen-khe", office.letter(channel="exchange", files=ids, **values))


def changed(office: Office) -> bytes:
    """Signed, and one digit of the page's content is another one since."""
    pdf = signed(office)
    place = pdf.index(b"/MediaBox")
    place = next(n for n in range(place, place + 40) if pdf[n : n + 1].isdigit() and pdf[n : n + 1] != b"0")
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def judged(office: Office, *contents: bytes, **values):
    record = arrive(office, *contents, **values)
    assert selectors.incoming(office.clerk, record).row.checking
    while deliver_pending():
        pass
    return selectors.incoming(office.clerk, record)


def test_two_valid_signatures_are_no_matter_for_the_clerk_and_their_evidence_is_kept(signing_office: Office):
    view = judged(signing_office, signed(signing_office))
    (check,) = view.checks
    assert (check.name, check.standing, check.valid) == ("tep-0.pdf", "valid", 2)
    assert [one["standing"] for one in check.signatures] == ["valid", "valid"]
    assert check.reason.startswith("Chữ ký hợp lệ tại thời điểm ký.")
    assert (view.row.warnings, view.row.checking, reason_to_return(view.checks)) == ((), False, "")
    assert Evidence.objects.filter(record_id=view.id).count() == 2


def test_one_byte_changed_is_found_and_proposed_for_return(signing_office: Office):
    view = judged(signing_office, changed(signing_office))
    assert [check.standing for check in view.checks] == ["tampered"]
    assert view.row.warnings == ("Tệp “tep-0.pdf”: Nội dung văn bản đã bị thay đổi sau khi ký.",)
    assert reason_to_return(view.checks) == view.row.warnings[0]


def test_each_file_has_its_own_verdict(signing_office: Office):
    office = signing_office
    view = judged(office, signed(office), paper(), changed(office))
    found = {check.name: check for check in view.checks}
    assert {name: check.standing for name, check in found.items()} == {
        "tep-0.pdf": "valid", "tep-1.pdf": "unsigned", "tep-2.pdf": "tampered",
    }  # fmt: skip
    assert found["tep-1.pdf"].reason == "Không có chữ ký số."
    assert len(view.row.warnings) == 1, "what has no signature may be an annex; the message's own warning names it"


def test_a_revoked_certificate_is_told_apart(signing_office: Office, desk):
    office = signing_office
    pdf = signed(office)
    desk.revoked[office.pki.agency.certificate.serial_number] = at(date(2026, 11, 18))
    evidence.forget()
    view = judged(office, pdf)
    assert [one["standing"] for one in view.checks[0].signatures] == ["valid", "revoked"]
    assert view.checks[0].standing == "revoked"
    assert "thu hồi" in reason_to_return(view.checks)


def test_judged_again_nothing_is_said_twice(signing_office: Office):
    view = judged(signing_office, changed(signing_office), warnings=("Thông điệp không ghi ngày văn bản.",))
    services.keep_checks(SYSTEM, view.id, view.checks)
    again = selectors.incoming(signing_office.clerk, view.id)
    assert again.row.warnings == view.row.warnings
    assert len(again.row.warnings) == 2


@refuses("document.check_files")
def test_only_the_program_writes_what_was_found(signing_office: Office):
    record = arrive(signing_office, paper())
    with pytest.raises(Forbidden):
        services.keep_checks(signing_office.clerk, record, [])
    assert Incoming.objects.get(record_id=record).checking


def test_what_came_without_files_is_judged_at_once(signing_office: Office):
    record = arrive(signing_office)
    assert not selectors.incoming(signing_office.clerk, record).row.checking
