"""Who may read a document beside its way, what a leader says to that, and printed copies that say what they are."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.db import DatabaseError, transaction

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.models import AccessChange
from congvu.domains.documents.types import Forwarding
from congvu.ground.audit import selectors as trail
from congvu.ground.audit.models import Viewing
from congvu.ground.audit.services import viewed
from congvu.ground.files import selectors as files
from tests.domains.documents.office import Office
from tests.marks import refuses


@pytest.fixture
def letter(office: Office):
    return office.register(Forwarding(unit=office.unit("kt"))).record_id


def test_a_reader_added_by_hand_is_an_alert_until_a_leader_confirms(office: Office, letter):
    other = office.world.staff("vanhoa")
    with pytest.raises(NotFound):
        selectors.incoming(other, letter)
    services.share(office.clerk, letter, unit=office.unit("vh"), reason="Cùng chuẩn bị cuộc họp")
    assert selectors.incoming(other, letter).id == letter
    (change,) = selectors.access_waiting(office.chair)
    assert (change.reader, change.reason, change.by, change.kept) == (
        "Phòng Văn hóa - Xã hội xã Yên Khê", "Cùng chuẩn bị cuộc họp", office.clerk.name, None,
    )  # fmt: skip
    assert selectors.access_waiting(office.clerk) == ()
    services.settle_access(office.chair, change.id, keep=True)
    assert selectors.access_waiting(office.chair) == ()
    assert [(c.kept, c.settled_by) for c in selectors.access_of(other, letter)] == [(True, office.chair.name)]
    assert selectors.incoming(other, letter).id == letter


def test_taken_back_it_is_read_no_more_and_may_be_given_again(office: Office, letter):
    post = office.position("-vh:head:1")
    services.share(office.clerk, letter, position=post, reason="Góp ý")
    (change,) = selectors.access_waiting(office.chair)
    services.settle_access(office.chair, change.id, keep=False)
    with pytest.raises(NotFound):
        selectors.incoming(office.world.staff("vanhoa"), letter)
    services.share(office.clerk, letter, position=post, reason="Góp ý lần hai")
    assert [c.kept for c in selectors.access_of(office.clerk, letter)] == [None, False]


def test_taken_back_from_who_was_directed_since_they_read_on(office: Office):
    record = office.register().record_id
    services.share(office.clerk, record, unit=office.unit("vh"), reason="Chuẩn bị trước")
    services.direct(office.chair, record, [office.lead(), office.support("vh")])
    (change,) = selectors.access_waiting(office.chair)
    services.settle_access(office.chair, change.id, keep=False)
    assert selectors.incoming(office.world.staff("vanhoa"), record).id == record


def test_a_leaders_own_decision_needs_no_confirming(office: Office, letter):
    services.share(office.chair, letter, unit=office.unit("vh"), reason="Biết để phối hợp")
    assert (selectors.access_waiting(office.chair), AccessChange.objects.get().kept) == ((), True)


@refuses("document.share", "document.settle_access", "document.print")
def test_who_may_not(office: Office, letter):
    with pytest.raises(Forbidden):
        services.share(office.official, letter, unit=office.unit("vh"), reason="x")
    with pytest.raises(NotFound):
        services.share(office.world.staff("vanhoa"), letter, unit=office.unit("vh"), reason="x")
    for given in (
        {"unit": office.unit("vh"), "reason": " "}, {"reason": "x"},
        {"unit": office.world.made.units["xa-dong-lam"], "reason": "x"},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            services.share(office.clerk, letter, **given)
    with pytest.raises(Conflict):
        services.share(office.clerk, letter, unit=office.unit("kt"), reason="x")
    assert AccessChange.objects.count() == 0
    services.share(office.clerk, letter, unit=office.unit("vh"), reason="x")
    change = AccessChange.objects.get()
    with pytest.raises(Forbidden):
        services.settle_access(office.clerk, change.id, keep=True)
    services.settle_access(office.chair, change.id, keep=True)
    with pytest.raises(WrongState):
        services.settle_access(office.chair, change.id, keep=False)
    with pytest.raises(NotFound):
        services.print_copy(office.world.staff("hotich"), letter, letter)
    assert Viewing.objects.count() == 0


def test_printed_copies_are_numbered_and_say_so(signing_office: Office):
    office = signing_office
    record = office.draft()
    office.to_signature(record)
    office.sign(record)
    office.issue(record)
    view = selectors.outgoing(office.clerk, record)
    before = files.info(office.clerk, view.original)
    for n in (1, 2):
        copy = services.print_copy(office.clerk, record, view.original)
        with pikepdf.open(io.BytesIO(copy)) as pdf:
            assert "/AcroForm" not in pdf.Root
        said = words_of(copy)
        assert f"Bản in số {n} từ hệ thống quản lý văn bản; {office.clerk.name} in lúc" in said
    assert trail.view_counts(record).printed == 2
    assert files.info(office.clerk, view.original) == before
    with pytest.raises(NotFound):
        services.print_copy(office.clerk, record, record)


def words_of(pdf: bytes) -> str:
    import subprocess

    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


def test_looks_are_counted_and_cannot_be_taken_back(office: Office, letter, django_assert_num_queries):
    viewed(office.clerk, letter)
    viewed(office.clerk, letter, what="file")
    viewed(office.chair, letter)
    with django_assert_num_queries(1):
        counts = trail.view_counts(letter)
    assert (counts.times, counts.people, counts.printed) == (3, 2, 0)
    with django_assert_num_queries(1):
        lines = trail.viewings(letter)
    assert {(line.name, line.label) for line in lines} == {
        (office.clerk.name, "Xem trang"), (office.clerk.name, "Mở tệp"), (office.chair.name, "Xem trang"),
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Viewing.objects.all().delete()
    assert Viewing.objects.count() == 3
