"""Persons found or opened by number, their contact data, and the logins of staff."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.common.actor import SYSTEM, Actor, ActorKind
from congvu.common.errors import Forbidden, Invalid
from congvu.ground.accounts import selectors, services
from congvu.ground.accounts.errors import IdentityTaken, SubjectNotFound, UserNotFound
from congvu.ground.accounts.models import Subject, User
from congvu.ground.audit.models import Entry
from tests.marks import refuses

VINH = {"personal_id": "099093000102", "full_name": "Lê Quang Vinh"}


def citizen(subject_id):
    return Actor(kind=ActorKind.CITIZEN, name="Lê Quang Vinh", user_id=1, subject_id=subject_id)


def staff(*roles):
    return Actor(kind=ActorKind.STAFF, name="Phạm Thị Hoa", user_id=2, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("number", "place", "sex", "year"),
    [
        ("001099000001", "001", "nam", 1999), ("001 199 000 001", "001", "nữ", 1999),
        ("079.203.012345", "079", "nam", 2003), ("079304012345", "079", "nữ", 2004),
    ],
)  # fmt: skip
def test_digits_of_a_personal_number(number, place, sex, year):
    found = selectors.parse_personal_id(number)
    assert (found.birth_place, found.sex, found.birth_year, len(found.number)) == (place, sex, year, 12)


@pytest.mark.parametrize("number", ["", "12345", "0990930001021", "09909300010a", "٠٩٩٠٩٣٠٠٠١٠٢", "000093000102"])
def test_what_is_no_personal_number(number):
    with pytest.raises(Invalid) as refusal:
        selectors.parse_personal_id(number, field="so")
    assert [p.field for p in refusal.value.problems] == ["so"]


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    for parse in (selectors.parse_personal_id, selectors.parse_tax_code):
        with contextlib.suppress(Invalid):
            assert parse(text)


@pytest.mark.parametrize(
    ("written", "code"),
    [("0101243150", "0101243150"), ("0101243150001", "0101243150-001"), ("0101243150-001", "0101243150-001")],
)
def test_tax_codes(written, code):
    assert selectors.parse_tax_code(written) == code


@pytest.mark.django_db
def test_a_person_is_opened_once_and_blanks_are_filled():
    first = services.person(**VINH)
    again = services.person(
        personal_id="099 093 000 102", full_name="LÊ QUANG VINH", born_on=date(1993, 8, 2), phone="0912 345 678",
        email="vinh@nguoidan.example",
    )  # fmt: skip
    assert again.id == first.id
    assert (again.full_name, again.born_on, again.phone) == ("Lê Quang Vinh", date(1993, 8, 2), "0912345678")
    assert services.person(**VINH, phone="0900000000").phone == "0912345678"
    assert selectors.subject_by_personal_id("099093000102") == selectors.subject(first.id)


@pytest.mark.django_db
def test_a_known_number_under_another_name_stops_the_counter():
    services.person(**VINH)
    with pytest.raises(IdentityTaken) as refusal:
        services.person(personal_id=VINH["personal_id"], full_name="Trần Văn Tuấn")
    assert refusal.value.problems[0].field == "personal_id"
    assert Subject.objects.count() == 1


@pytest.mark.django_db
def test_without_a_number_everybody_is_new():
    assert services.person(personal_id="", full_name="Lê A").id != services.person(personal_id="", full_name="Lê A").id


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"personal_id": "1"}, "personal_id"), ({"full_name": "\u0000"}, "full_name"),
     ({"full_name": "a" * 10_000}, "full_name"), ({"phone": "gọi tôi"}, "phone"), ({"email": "không"}, "email")],
)  # fmt: skip
def test_a_person_is_refused_by_field(wrong, field):
    with pytest.raises(Invalid) as refusal:
        services.person(**{**VINH, **wrong})
    assert [p.field for p in refusal.value.problems] == [field]
    assert not Subject.objects.exists()


@pytest.mark.django_db
def test_an_organisation_by_tax_code():
    firm = services.organisation(tax_code="9900000107", full_name="Hợp tác xã Yên Khê")
    assert (firm.kind, selectors.subject_by_tax_code("9900000107").id) == ("enterprise", firm.id)


@pytest.mark.django_db
def test_contact_data_by_the_person_or_the_counter():
    vinh = services.person(**VINH).id
    services.update_contact(citizen(vinh), vinh, phone="0912345678")
    services.update_contact(staff("clerk"), vinh, email="vinh@nguoidan.example", address={"text": "Thôn Đông"})
    view = selectors.subject(vinh)
    assert (view.phone, view.email, view.address) == ("0912345678", "vinh@nguoidan.example", {"text": "Thôn Đông"})
    assert [e.detail["by_staff"] for e in Entry.objects.order_by("at", "id")] == [False, True]
    assert all("0912345678" not in str(e.detail) for e in Entry.objects.all())


@pytest.mark.django_db
@refuses("accounts.update_contact")
def test_contact_data_of_others_is_refused():
    vinh = services.person(**VINH).id
    for who in (citizen(vinh + 1), staff("registrar"), citizen(None)):
        with pytest.raises(Forbidden):
            services.update_contact(who, vinh, phone="0912345678")
    with pytest.raises(Invalid):
        services.update_contact(citizen(vinh), vinh, phone="x")
    with pytest.raises(SubjectNotFound):
        services.update_contact(SYSTEM, 10**9, phone="0912345678")
    assert (selectors.subject(vinh).phone, Entry.objects.count()) == ("", 0)


@pytest.mark.django_db
def test_a_staff_login_opens_and_closes():
    made = services.open_staff_login(staff("admin"), " Hoa.PT ", full_name="Phạm Thị Hoa", password="đường-xa-2026")
    assert (selectors.user(made).username, selectors.user_by_username("hoa.pt").kind) == ("hoa.pt", "staff")
    assert User.objects.get(id=made).check_password("đường-xa-2026")
    services.close_login(staff("admin"), made)
    assert selectors.user(made).is_active is False
    with pytest.raises(UserNotFound):
        services.close_login(staff("admin"), 10**9)


@pytest.mark.django_db
@refuses("accounts.open_staff_login", "accounts.close_login")
def test_logins_are_the_administrators():
    user = User.objects.create(username="lan", kind="staff")
    with pytest.raises(Forbidden):
        services.open_staff_login(staff("clerk"), "hoa", full_name="Hoa", password="đường-xa-2026")
    with pytest.raises(Forbidden):
        services.close_login(staff("chair"), user.id)
    for wrong, field in (
        ({"username": "có dấu"}, "username"), ({"username": "lan"}, "username"), ({"password": "ngắn"}, "password"),
    ):  # fmt: skip
        given = {"username": "hoa", "full_name": "Hoa", "password": "đường-xa-2026", **wrong}
        username = given.pop("username")
        with pytest.raises(Invalid) as refusal:
            services.open_staff_login(staff("admin"), username, **given)
        assert [p.field for p in refusal.value.problems] == [field]
    user.refresh_from_db()
    assert (User.objects.count(), user.is_active, Entry.objects.count()) == (1, True, 0)


@pytest.mark.django_db
def test_citizen_actor_is_for_open_logins_of_citizens():
    vinh = services.person(**VINH)
    user = User.objects.create(username="subject:1", kind="citizen", subject_id=vinh.id)
    actor = selectors.citizen_actor(user.id)
    assert (actor.kind, actor.name, actor.subject_id) == (ActorKind.CITIZEN, "Lê Quang Vinh", vinh.id)
    assert selectors.user_of_subject(vinh.id).id == user.id
    assert selectors.subject(vinh.id).has_login
    User.objects.update(is_active=False)
    with pytest.raises(Forbidden):
        selectors.citizen_actor(user.id)
    assert selectors.user_of_subject(vinh.id) is None
