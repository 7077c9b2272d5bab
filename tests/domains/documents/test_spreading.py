"""Documents made known: who is asked, until when, who has confirmed; worked out by hand, 24/11/2026 is a day off."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from congvu.common.actor import SYSTEM, Actor
from congvu.common.errors import Conflict, Forbidden, Invalid, KeyReused, NotFound
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import NotOpened, WrongState
from congvu.domains.documents.models import Confirmation, Dissemination
from congvu.domains.documents.types import SpreadInput
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.services import viewed
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs import services as staffing
from congvu.ground.orgs.models import Assignment
from congvu.ground.records.models import Record
from tests.domains.documents.office import Office
from tests.marks import refuses


def at(*parts: int) -> datetime:
    return datetime(2026, *parts, tzinfo=VN)


@pytest.fixture
def letter(office: Office) -> UUID:
    return office.register(subject="Quy tắc ứng xử của cán bộ, công chức").record_id


def spread(office: Office, document: UUID | None, *, by: Actor | None = None, key: str = "", **values) -> UUID:
    values = {"units": (office.unit("vh"),), "note": "Chú ý Điều 5", **values}
    given = SpreadInput(document=document, **values)
    return services.disseminate(by or office.chair, given, key=key or uuid4().hex)


def read(actor: Actor, record: UUID, document: UUID) -> None:
    viewed(actor, document)
    services.confirm_reading(actor, record)


def test_everybody_of_a_unit_is_asked_may_read_and_confirms_for_himself(office: Office, letter):
    culture = office.world.staff("vanhoa")
    with pytest.raises(NotFound):
        selectors.incoming(culture, letter)
    record = spread(office, letter)
    people = {(m.user_id, m.position_id) for m in orgs.members(units=[office.unit("vh")])}
    asked = Confirmation.objects.filter(dissemination=record)
    assert {(one.user, one.position_id) for one in asked} == people
    # Thursday 19/11: Friday 20 is the first day, Monday 23 the second, the 24th is off, Wednesday 25 the third.
    assert {one.due_at for one in asked} == {at(11, 25, 17, 0)}
    assert selectors.incoming(culture, letter).id == letter
    assert selectors.access_waiting(office.chair) == ()
    assert selectors.count_to_confirm(culture).now() == 1
    (mine,) = selectors.to_confirm(culture)
    assert (mine.title, mine.code, mine.due_at) == (
        "Quy tắc ứng xử của cán bộ, công chức", "1284/SNV-TCBC", at(11, 25, 17, 0),
    )  # fmt: skip
    (item,) = [item for item in work.inbox(culture).rows if item.record_id == record]
    assert (item.kind, item.record_kind, item.due_at) == ("confirm", "doc_spread", at(11, 25, 17, 0))
    read(culture, record, letter)
    assert (selectors.count_to_confirm(culture).now(), selectors.to_confirm(culture)) == (0, ())
    assert [one.id for one in selectors.confirmed(culture)[0]] == [record]
    assert work.inbox(culture).rows == ()
    view = selectors.dissemination(office.chair, record)
    assert (view.row.tally.confirmed, view.row.tally.total) == (1, len(people))


def test_reading_is_measured_and_confirmed_once(office: Office, letter):
    culture = office.world.staff("vanhoa")
    viewed(culture, letter)
    office.world.clock.shift(timedelta(minutes=5))
    record = spread(office, letter)
    with pytest.raises(NotOpened):
        services.confirm_reading(culture, record)
    assert Confirmation.objects.exclude(confirmed_at=None).count() == 0
    office.world.clock.shift(timedelta(minutes=5))
    read(culture, record, letter)
    (row,) = [one for one in selectors.dissemination(office.chair, record).readers if one.user_id == culture.user_id]
    assert (row.opened_at, row.confirmed_at, row.state) == (at(11, 19, 9, 40), at(11, 19, 9, 40), "confirmed")
    with pytest.raises(Conflict) as refused:
        services.confirm_reading(culture, record)
    assert refused.value.message == "Đã xác nhận lúc 09:40 ngày 19/11/2026."


@refuses("document.disseminate")
def test_who_may_make_known_what_to_whom(office: Office, letter):
    with pytest.raises(Forbidden):
        spread(office, letter, by=office.official)
    with pytest.raises(NotFound):
        spread(office, letter, by=office.world.staff("truongphong"))
    for values, field in (
        ({"units": ()}, "people"), ({"days": 0}, "days"), ({"days": 61}, "days"), ({"note": "x" * 2001}, "note"),
        ({"units": (office.world.made.units["xa-dong-lam"],)}, "people"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            spread(office, letter, **values)
        assert [problem.field for problem in refused.value.problems] == [field]
    with pytest.raises(Invalid) as refused:
        spread(office, None, by=office.world.staff("truongphong"), title="Cảnh báo", text="x")
    assert [problem.field for problem in refused.value.problems] == ["people"]
    with pytest.raises(Invalid) as refused:
        spread(office, None)
    assert [problem.field for problem in refused.value.problems] == ["title", "text"]
    with pytest.raises(WrongState):
        spread(office, services.receive(SYSTEM, "xa-yen-khe", office.letter(number="9", channel="exchange")))
    assert (Dissemination.objects.count(), Record.objects.filter(kind="doc_spread").count()) == (0, 0)


def test_a_head_of_a_unit_makes_known_in_the_own_unit_an_own_notice(office: Office):
    head = office.world.staff("truongphong")
    record = spread(
        office, None, by=head, units=(office.unit("kt"),), title="Cảnh báo lừa đảo qua điện thoại",
        text="Không cung cấp mật khẩu, mã xác thực cho ai.", days=1,
    )  # fmt: skip
    asked = {one.user for one in Confirmation.objects.filter(dissemination=record)}
    assert head.user_id not in asked
    assert asked == {m.user_id for m in orgs.members(units=[office.unit("kt")])} - {head.user_id}
    official = office.official
    with pytest.raises(NotOpened):
        services.confirm_reading(official, record)
    read(official, record, record)
    assert selectors.dissemination(head, record).row.tally.confirmed == 1
    with pytest.raises(NotFound):
        selectors.dissemination(office.world.staff("vanhoa"), record)


def test_the_same_sending_twice_is_one(office: Office, letter):
    first, second = (spread(office, letter, key="k1") for _n in range(2))
    assert (first, Dissemination.objects.count()) == (second, 1)
    with pytest.raises(KeyReused):
        spread(office, letter, key="k1", days=5)


@refuses("document.confirm_reading")
def test_nobody_confirms_for_another(office: Office, letter):
    """A stand-in sees the work in the absent person's inbox and confirms nothing in that person's name."""
    culture = office.world.staff("vanhoa")
    record = spread(office, letter, units=(), positions=(culture.position_id,))
    other = office.world.staff("hotich")
    staffing.substitute(
        SYSTEM, culture.position_id, other.user_id, first=date(2026, 11, 19), last=date(2026, 11, 30), basis="QĐ 1"
    )
    stand_in = orgs.staff_actor(other.user_id, culture.position_id)
    viewed(stand_in, letter)
    for actor in (stand_in, office.clerk):
        with pytest.raises(Forbidden):
            services.confirm_reading(actor, record)
    with pytest.raises(NotFound):
        services.confirm_reading(office.official, record)
    assert (selectors.count_to_confirm(stand_in).now(), selectors.count_to_confirm(culture).now()) == (0, 1)
    assert Confirmation.objects.get().confirmed_at is None
    assert len(work.open_items(record)) == 1


def test_figures_are_counted_from_the_rows(office: Office, letter, django_assert_max_num_queries):
    record = spread(office, letter, units=(office.unit("vh"), office.unit("kt")))
    total = Confirmation.objects.count()
    read(office.official, record, letter)
    chair = office.chair
    with django_assert_max_num_queries(9):
        view = selectors.dissemination(chair, record)
    assert (view.row.tally.total, view.row.tally.confirmed, view.row.tally.lacking) == (total, 1, total - 1)
    assert view.row.tally.percent == 100 // total
    by_unit = {share.unit_id: share.tally for share in view.shares}
    assert (by_unit[office.unit("kt")].confirmed, by_unit[office.unit("vh")].confirmed) == (1, 0)
    Confirmation.objects.filter(user=office.official.user_id).delete()
    view = selectors.dissemination(office.chair, record)
    assert (view.row.tally.total, view.row.tally.confirmed) == (total - 1, 0)


def test_lists_take_few_statements(office: Office, letter, django_assert_max_num_queries, django_assert_num_queries):
    records = [spread(office, letter, units=(office.unit("vh"),)) for _n in range(3)]
    culture, chair, head = office.world.staff("vanhoa"), office.chair, office.world.staff("truongphong")
    with django_assert_num_queries(1):
        assert {one.id for one in selectors.to_confirm(culture)} == set(records)
    with django_assert_num_queries(1):
        assert selectors.count_to_confirm(culture).now() == 3
    with django_assert_num_queries(1):
        assert len(selectors.asked_to_read(culture, letter)) == 3
    with django_assert_max_num_queries(4):
        listed, following = selectors.disseminations(chair, limit=2)
    rest, end = selectors.disseminations(chair, after=following, limit=2)
    assert ([row.id for row in (*listed, *rest)], end) == (sorted(records, reverse=True), "")
    assert selectors.disseminations(culture)[0] == ()
    with django_assert_max_num_queries(2):
        assert [unit.id for unit, _people in selectors.addressable(head)] == [office.unit("kt")]


def test_who_left_is_shown_and_not_counted(office: Office, letter):
    record = spread(office, letter)
    culture = office.world.staff("vanhoa")
    before = selectors.dissemination(office.chair, record).row.tally
    held = Assignment.objects.get(user=culture.user_id, position=culture.position_id)
    staffing.end_assignment(SYSTEM, held.pk, last_day=date(2026, 11, 20))
    office.world.clock.move_to(at(11, 23, 9, 0))
    view = selectors.dissemination(office.chair, record)
    (gone,) = [one for one in view.readers if one.state == "left"]
    assert (gone.user_id, gone.why) == (culture.user_id, "left_post")
    assert (view.row.tally.total, view.row.tally.left) == (before.total - 1, 1)


@refuses("document.add_readers")
def test_who_joined_since_is_proposed_and_added_with_the_full_term(office: Office, letter):
    record = spread(office, letter)
    culture, chair = office.world.staff("vanhoa"), office.chair
    newcomer = office.world.staff("hotich")
    staffing.assign(
        SYSTEM, culture.position_id, newcomer.user_id, valid_from=date(2026, 11, 23), kind="concurrent"
    )  # fmt: skip
    office.world.clock.move_to(at(11, 23, 9, 0))
    (joined,) = selectors.dissemination(chair, record).joined
    assert (joined.user_id, joined.position_id) == (newcomer.user_id, culture.position_id)
    people = Confirmation.objects.count()
    with pytest.raises(Forbidden):
        services.add_readers(culture, record, positions=[culture.position_id])
    with pytest.raises(Invalid):
        services.add_readers(chair, record)
    with pytest.raises(Conflict):
        services.add_readers(chair, record, positions=[office.position("-vh:head:1")])
    assert Confirmation.objects.count() == people
    assert services.add_readers(chair, record, positions=[culture.position_id]) == 1
    # Monday 23/11: the 24th is off, so the three working days are the 25th, 26th and 27th.
    assert Confirmation.objects.get(user=newcomer.user_id).due_at == at(11, 27, 17, 0)
    assert selectors.dissemination(chair, record).joined == ()
    # One item for the post: done when both have confirmed.
    read(culture, record, letter)
    assert [item.assignee_id for item in work.open_items(record)].count(culture.position_id) == 1
    read(orgs.staff_actor(newcomer.user_id, culture.position_id), record, letter)
    assert [item.assignee_id for item in work.open_items(record)].count(culture.position_id) == 0
