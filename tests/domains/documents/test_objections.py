"""Somebody is against a draft that waits for a signature: a batch leaves it out until the signer has seen that."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest

from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Outgoing
from congvu.domains.documents.types import ConsultInput, OpenOpinion, SigningRow
from congvu.engines.signing import services as signing
from congvu.ground.orgs import services as units
from tests.domains.documents.office import Office
from tests.domains.documents.test_signing_batch import finish, open_all, own, read, states, waiting
from tests.engines.signing.pki import credential

pytestmark = pytest.mark.django_db
AGAINST = "Có ý kiến không nhất trí chưa được tiếp thu, giải trình. Hãy mở xem rồi mới ký."


def ask(office: Office, record: UUID, *suffixes: str) -> dict[str, int]:
    """Sections are asked; by suffix who answers."""
    to = tuple((office.unit(suffix), None) for suffix in suffixes)
    services.ask_opinion(office.official, record, ConsultInput(to, date(2026, 11, 25)))
    (asked, *_earlier) = selectors.consultations(office.official, record)
    return dict(zip(suffixes, (one.id for one in asked.consulted), strict=True))


def say(office: Office, one: int, suffix: str, stance: str, text: str = "") -> int:
    return services.give_opinion(head_of(office, suffix), one, stance=stance, text=text, version=1)


def head_of(office: Office, suffix: str):
    from congvu.ground.orgs import selectors as orgs

    (post,) = orgs.positions(office.unit(suffix), "head")
    return orgs.staff_actor(orgs.holders_of(post.id)[0].user_id, post.id)


def row_of(office: Office, record: UUID) -> SigningRow:
    return next(row for row in selectors.to_sign(office.chair) if row.id == record)


def allow_unread(office: Office) -> None:
    admin = office.world.staff("quantri")
    units.set_settings(admin, office.unit(), {"sign_unread": True}, valid_from=datetime(2026, 11, 1).date())


def test_the_list_tells_who_answered_and_what_is_unsettled(signing_office: Office):
    office = signing_office
    (record,) = waiting(office, 1)
    assert row_of(office, record).opinions.asked == 0
    asked = ask(office, record, "vh", "kt")
    say(office, asked["vh"], "vh", "remarks", "Bổ sung số liệu.")
    told = row_of(office, record).opinions
    assert (told.asked, told.answered, told.objected_at) == (2, 1, None)
    assert told.unsettled == (
        OpenOpinion("Phòng Văn hóa - Xã hội", "remarks", "Nhất trí, có ý kiến", "Bổ sung số liệu."),
    )
    again = say(office, asked["vh"], "vh", "disagree", "Trái quy định.")
    assert row_of(office, record).opinions.unsettled[0].text == "Trái quy định."
    services.settle_opinion(office.official, again, taken="explained", words="Đã dẫn căn cứ.")
    told = row_of(office, record).opinions
    assert (told.answered, told.unsettled, told.objected_at) == (1, (), None)


def test_an_objection_after_reading_keeps_it_out_until_it_is_opened_again(signing_office: Office, clock):
    office = signing_office
    first, second = made = waiting(office, 2)
    read(office, *made)
    clock.shift(60)
    asked = ask(office, first, "vh")
    say(office, asked["vh"], "vh", "disagree", "Trái quy định.")
    assert (row_of(office, first).read, row_of(office, second).read) == (False, True)
    batch = open_all(office)
    assert sorted(states(office, batch)) == ["unread", "waiting"]
    signing.hold_signatures(office.chair, batch, credential(office.pki.chair))
    finish(batch)
    found = {item.record: (str(item.state), item.reason) for item in services_items(office, batch)}
    assert found == {first: ("unread", AGAINST), second: ("signed", "")}
    clock.shift(60)
    read(office, first)
    assert row_of(office, first).read
    batch = open_all(office)
    assert signing.hold_signatures(office.chair, batch, credential(office.pki.chair)).held == 1


def services_items(office: Office, batch: UUID):
    from congvu.engines.signing import services as signing

    return signing.batch_items(office.chair, batch)


def test_it_is_kept_out_where_unread_ones_may_be_signed_too(signing_office: Office):
    office = signing_office
    first, second = waiting(office, 2)
    allow_unread(office)
    say(office, ask(office, first, "vh")["vh"], "vh", "disagree", "Trái quy định.")
    say(office, ask(office, second, "vh")["vh"], "vh", "remarks", "Sửa câu hai.")
    assert sorted(states(office, open_all(office))) == ["unread", "waiting"]


def test_an_objection_between_choosing_and_the_key_sets_it_aside(signing_office: Office, clock):
    office = signing_office
    (record,) = waiting(office, 1)
    asked = ask(office, record, "vh")
    read(office, record)
    batch = open_all(office)
    clock.shift(60)
    say(office, asked["vh"], "vh", "disagree", "Trái quy định.")
    signing.hold_signatures(office.chair, batch, credential(office.pki.chair))
    (item,) = services_items(office, batch)
    assert (str(item.state), item.reason) == ("failed", AGAINST)
    assert Outgoing.objects.get(record=record).original is None
    assert own(office)


def test_a_later_round_counts_instead_of_the_earlier_one(signing_office: Office, clock):
    office = signing_office
    (record,) = waiting(office, 1)
    say(office, ask(office, record, "vh")["vh"], "vh", "disagree", "Trái quy định.")
    services.close_consultation(office.official, selectors.consultations(office.official, record)[0].id)
    clock.shift(60)
    asked = ask(office, record, "vh")
    assert row_of(office, record).opinions.objected_at is not None
    clock.shift(60)
    say(office, asked["vh"], "vh", "agree")
    told = row_of(office, record).opinions
    assert (told.asked, told.answered, told.unsettled, told.objected_at) == (1, 1, (), None)
