"""Several documents numbered and sealed with one authentication: numbers in order, each with its own result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Outgoing, Recipient
from congvu.domains.documents.types import RecipientInput, ToIssue
from congvu.engines.signing import jobs
from congvu.engines.signing import services as signing
from congvu.ground.files import services as files
from congvu.ground.numbering.models import Number
from tests.domains.documents.office import Office
from tests.engines.signing.pki import credential
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def signed(office: Office, count: int, clock: Any = None) -> list[UUID]:
    content = office.content(recipients=["Phòng Kinh tế (để thực hiện)", "Sở Nội vụ", "Lưu: VT, KT"])
    made = [office.draft("QD", subject=f"Về việc số {n + 1}", content=content) for n in range(count)]
    for record in made:
        office.to_signature(record)
        office.sign(record)
        if clock is not None:
            clock.shift(60)
    return made


def open_all(office: Office) -> UUID:
    rows = selectors.to_issue(office.clerk)
    return services.open_issuing(office.clerk, office.certificate("agency"), [ToIssue(r.item, r.to) for r in rows])


def results(office: Office, batch: UUID) -> list[tuple[str, str]]:
    codes = {row.record_id: row for row in Outgoing.objects.all()}
    items = signing.batch_items(office.clerk, batch)
    return [
        (str(item.state), selectors.outgoing(office.clerk, codes[item.record].record_id).row.code) for item in items
    ]


def test_numbers_follow_the_list_and_one_that_fails_leaves_the_rest_alone(signing_office: Office, clock):
    office = signing_office
    first, second, third = signed(office, 3, clock)
    assert [row.id for row in selectors.to_issue(office.clerk)] == [first, second, third]
    batch = open_all(office)
    office.issue(second)
    outcome = signing.hold_signatures(office.clerk, batch, credential(office.pki.agency))
    assert outcome.held == 2
    assert results(office, batch) == [("held", "02/QĐ-UBND"), ("failed", "01/QĐ-UBND"), ("held", "03/QĐ-UBND")]
    assert selectors.to_issue(office.clerk) == ()
    jobs.run_batch(str(batch))
    jobs.run_batch(str(batch))
    assert [state for state, _code in results(office, batch)] == ["signed", "failed", "signed"]
    assert sorted(Number.objects.values_list("record", flat=True)) == sorted([first, second, third])
    for record in (first, second, third):
        view = selectors.outgoing(office.clerk, record)
        report = signing.validate(files.open_file(office.clerk, view.original).path.read_bytes(), online=False)
        assert (view.row.state, [found.integrity for found in report.signatures]) == ("issued", [True, True])


def test_one_whose_seal_cannot_be_drawn_is_set_aside_in_words(signing_office: Office, monkeypatch):
    from congvu.domains.documents.services import batches

    office = signing_office
    signed(office, 2)
    # Both were signed in the same moment: the list says which is first.
    first, _second = (row.id for row in selectors.to_issue(office.clerk))
    real = batches.paper_to_seal

    def broken(actor, row):
        if row.record_id == first:
            raise Invalid("Tệp đã ký không đọc được.")
        return real(actor, row)

    monkeypatch.setattr(batches, "paper_to_seal", broken)
    batch = open_all(office)
    signing.hold_signatures(office.clerk, batch, credential(office.pki.agency))
    jobs.run_batch(str(batch))
    items = signing.batch_items(office.clerk, batch)
    assert [(str(item.state), item.reason) for item in items] == [
        ("failed", "Tệp đã ký không đọc được."),
        ("signed", ""),
    ]
    view = selectors.outgoing(office.clerk, first)
    assert (view.row.code, view.latest.reason, "issue" in view.abilities) == (
        "01/QĐ-UBND", "Tệp đã ký không đọc được.", True,
    )  # fmt: skip
    monkeypatch.setattr(batches, "paper_to_seal", real)
    office.issue(first)
    assert (selectors.outgoing(office.clerk, first).row.code, Number.objects.count()) == ("01/QĐ-UBND", 2)


@refuses("signing.open_batch")
def test_who_may_not_issue_and_what_without_recipients_is_refused(signing_office: Office):
    office = signing_office
    (record,) = signed(office, 1)
    (row,) = selectors.to_issue(office.clerk)
    seal = office.certificate("agency")
    with pytest.raises((Forbidden, NotFound)):
        services.open_issuing(office.chair, seal, [ToIssue(row.item, row.to)])
    with pytest.raises(Invalid):
        services.open_issuing(office.clerk, seal, [ToIssue(row.item, ())])
    assert (Outgoing.objects.get(record=record).number, Recipient.objects.count(), Number.objects.count()) == (
        None,
        0,
        0,
    )
    assert selectors.to_issue(office.chair) == ()


def test_the_list_names_recipients_and_reads_the_same_statements_whatever_waits(
    signing_office: Office, django_assert_num_queries
):
    office = signing_office
    clerk = office.clerk
    for count in (1, 2):
        signed(office, 1)
        selectors.to_issue(clerk)
        with django_assert_num_queries(6):
            rows = selectors.to_issue(clerk)
        assert len(rows) == count
    assert [to.name for to in rows[0].to] == ["Phòng Kinh tế xã Yên Khê", "Sở Nội vụ"]
    assert rows[0].to[1] == RecipientInput("paper", "Sở Nội vụ")
