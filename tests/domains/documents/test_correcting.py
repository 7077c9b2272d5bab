"""An issued document is never edited: wrong content is replaced or amended, wrong form corrected (NĐ 30 Điều 18.3)."""

from __future__ import annotations

import pytest

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Link, Outgoing
from congvu.ground.records.models import Record
from tests.domains.documents.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(signing_office: Office):
    """An issued công văn 01/UBND-KT."""
    record = signing_office.draft()
    signing_office.to_signature(record)
    signing_office.sign(record)
    signing_office.issue(record)
    return record


def seen(office: Office, record) -> list[tuple[str, str]]:
    return [(link.label, link.code) for link in selectors.outgoing(office.clerk, record).links]


def test_a_replacement_is_said_on_both_pages_once_it_is_issued(signing_office: Office, issued):
    office = signing_office
    newer = office.draft(replaces=issued, subject="báo cáo biên chế năm 2026 (thay thế)")
    assert seen(office, issued) == [("Đang soạn văn bản thay thế", "")]
    assert seen(office, newer) == [("Thay thế", "01/UBND-KT")]
    office.to_signature(newer)
    office.sign(newer)
    office.issue(newer)
    assert seen(office, issued) == [("Được thay thế bởi", "02/UBND-KT")]
    assert selectors.outgoing(office.clerk, issued).row.state_label == "Đã phát hành"
    with pytest.raises(Invalid, match="đã được thay thế bởi 02/UBND-KT"):
        office.draft(replaces=issued)


def test_a_dropped_replacement_is_said_no_more(signing_office: Office, issued):
    office = signing_office
    newer = office.draft(replaces=issued)
    services.drop(office.official, newer, reason="Không cần nữa")
    assert seen(office, issued) == []


def test_a_correction_is_a_cong_van_and_says_so(signing_office: Office, issued):
    office = signing_office
    letter = office.draft(corrects=issued, subject="đính chính Công văn số 01/UBND-KT")
    amending = office.draft(amends=issued, subject="sửa đổi Công văn số 01/UBND-KT")
    assert seen(office, letter) == [("Đính chính", "01/UBND-KT")]
    assert seen(office, amending) == [("Sửa đổi, bổ sung", "01/UBND-KT")]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "QD", "name": "corrects"}, "kind"),
        ({"kind": "QD", "name": "replaces"}, "kind"),
        ({"kind": "QD", "name": "amends"}, "kind"),
    ],
)
def test_the_form_must_fit(signing_office: Office, issued, values, field):
    before = (Record.objects.count(), Link.objects.count())
    with pytest.raises(Invalid) as refused:
        signing_office.draft(values["kind"], **{values["name"]: issued})
    assert [problem.field for problem in refused.value.problems] == [field]
    assert (Record.objects.count(), Link.objects.count()) == before


def test_one_at_most_and_only_what_was_issued(signing_office: Office, issued):
    office = signing_office
    with pytest.raises(Invalid, match="chỉ thay thế, hoặc sửa đổi, hoặc đính chính"):
        office.draft(replaces=issued, corrects=issued)
    waiting = office.draft()
    with pytest.raises(Invalid, match="không còn ở trạng thái đã phát hành"):
        office.draft(replaces=waiting)
    incoming = office.register().record_id
    with pytest.raises(NotFound):
        office.draft(replaces=incoming)


def test_an_issued_document_cannot_be_edited(signing_office: Office, issued):
    office, before = signing_office, Outgoing.objects.get(record=issued).version
    for actor in (office.official, office.clerk, office.chair):
        with pytest.raises(Forbidden):
            services.save_draft(actor, issued, subject="khác", content=office.content())
    assert Outgoing.objects.get(record=issued).version == before
