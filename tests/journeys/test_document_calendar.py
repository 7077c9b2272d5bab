"""An invitation becomes an entry with one action; without a time that can be read a person fills it in."""

from __future__ import annotations

from datetime import datetime

import pytest

from congvu.common.errors import Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.calendars import selectors as calendars
from congvu.domains.calendars import services
from congvu.domains.calendars.models import Entry
from congvu.ground.files import selectors as files
from congvu.journeys import document_calendar
from tests.domains.documents.office import Office

pytestmark = pytest.mark.django_db
WORDS = """Thời gian: 14 giờ 00, ngày 26 tháng 11 năm 2026.
Địa điểm: Phòng họp tầng 2, Sở Nội vụ.
Chủ trì: Giám đốc Sở Nội vụ."""


@pytest.fixture
def office(world) -> Office:
    from congvu.boot.demo import issuers

    issuers.load(world.made, communes=1)
    return Office(world)


def invitation(office: Office):
    return office.register(kind_name="Giấy mời", symbol="GM-SNV", subject="Họp triển khai biên chế 2027").record_id


def test_time_place_and_host_are_read_and_it_is_put_in_once(office, monkeypatch):
    monkeypatch.setattr(files, "texts_of", lambda _record: [WORDS])
    document = invitation(office)
    record = document_calendar.put_into_calendar(office.chair, document)
    assert document_calendar.put_into_calendar(office.chair, document) == record
    view = calendars.entry(office.chair, record)
    assert (view.row.content, view.row.host, view.row.place) == (
        "Họp triển khai biên chế 2027", "Giám đốc Sở Nội vụ", "Phòng họp tầng 2, Sở Nội vụ",
    )  # fmt: skip
    assert (view.row.starts_at, view.row.open_end) == (datetime(2026, 11, 26, 14, tzinfo=VN), True)
    assert view.row.position_ids == {office.chair.position_id}
    assert view.source is not None
    assert view.source.id == document
    services.cancel(office.chair, record, reason="Hoãn")
    assert document_calendar.put_into_calendar(office.chair, document) != record


def test_without_a_time_nothing_is_put_in(office):
    document = invitation(office)
    with pytest.raises(Invalid) as caught:
        document_calendar.put_into_calendar(office.clerk, document)
    assert [problem.field for problem in caught.value.problems] == ["day"]
    assert Entry.objects.count() == 0
    given, known = document_calendar.read_entry(office.clerk, document)
    assert (given.host, given.attendees, known) == ("Sở Nội vụ", (office.chair.position_id,), False)


def test_who_may_not_read_the_document_learns_nothing(office, world):
    document = invitation(office)
    with pytest.raises(NotFound):
        document_calendar.put_into_calendar(world.staff("vanhoa"), document)


def test_the_slip_names_who_goes(office):
    from congvu.domains.documents import services as documents

    document = invitation(office)
    documents.direct(office.chair, document, [office.lead()], opinion="Dự họp")
    given, _known = document_calendar.read_entry(office.chair, document)
    assert (given.attendees, given.units) == ((), (office.unit("kt"),))
