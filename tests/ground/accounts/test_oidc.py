"""Claims of the identity services, read strictly."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.common.actor import SYSTEM, Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.ground.accounts import signin
from congvu.ground.accounts.errors import ClaimsRefused, IdentityTaken
from congvu.ground.accounts.models import Subject, User
from congvu.ground.accounts.oidc import Identity, merged, read_claims
from congvu.ground.accounts.signin import accept_identity, record_sign_in
from congvu.ground.audit.models import Entry
from tests.marks import refuses

PERSON = {
    "sub": "a", "LoaiTaiKhoan": "1", "TechID": "t-1", "SoDinhDanh": "099195000101", "HoVaTen": "Nguyễn Thị Thu Hường",
    "NgayThangNamSinh": "14/03/1995", "loAs": "2",
}  # fmt: skip
FIRM = {**PERSON, "LoaiTaiKhoan": "2", "MaSoThue": "9900000107", "TenDoanhNghiep": "Hợp tác xã Yên Khê"}


def without(claims, *names, **values):
    return {key: value for key, value in claims.items() if key not in names} | values


def test_a_person_and_a_firm():
    person = read_claims(PERSON)
    assert (person.kind, person.personal_id, person.tax_code, person.born_on) == (
        "person", "099195000101", "", date(1995, 3, 14),
    )  # fmt: skip
    firm = read_claims(FIRM)
    assert (firm.kind, firm.personal_id, firm.tax_code, firm.full_name, firm.representative) == (
        "enterprise", "", "9900000107", "Hợp tác xã Yên Khê", "Nguyễn Thị Thu Hường",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        (without(PERSON, "TechID"), "TechID"),
        (without(PERSON, "HoVaTen"), "tên"),
        (without(PERSON, HoVaTen=" \u0000"), "tên"),
        (without(PERSON, "SoDinhDanh"), "12 chữ số"),
        (without(PERSON, SoDinhDanh="09919500010"), "12 chữ số"),
        (without(PERSON, SoDinhDanh="０99195000101"), "12 chữ số"),
        (without(FIRM, "MaSoThue"), "mã số thuế"),
        (without(FIRM, "TenDoanhNghiep"), "tên"),
        (without(PERSON, LoaiTaiKhoan="9"), "Loại tài khoản"),
        ({}, "TechID"),
    ],
)
def test_missing_or_malformed_claims_are_refused_in_words(claims, words):
    with pytest.raises(ClaimsRefused, match=words):
        read_claims(claims)


@pytest.mark.parametrize(("said", "level"), [("1", 1), ("2", 2), ("loa3", 3), ("", 1)])
def test_level_of_assurance(said, level):
    assert read_claims(without(PERSON, loAs=said)).level == level
    if level < 2:
        with pytest.raises(ClaimsRefused, match="mức"):
            read_claims(without(PERSON, loAs=said), least_level=2)


@pytest.mark.parametrize(
    ("said", "born"), [("1995-03-14", date(1995, 3, 14)), ("19950314", date(1995, 3, 14)), ("1995", None), ("", None)]
)
def test_birth_is_a_full_date_or_unknown(said, born):
    assert read_claims(without(PERSON, NgayThangNamSinh=said)).born_on == born


def test_two_sources_must_speak_of_one_person():
    assert merged({"sub": "a", "x": 1}, {"sub": "a", "x": 2, "y": 3}) == {"sub": "a", "x": 1, "y": 3}
    with pytest.raises(ClaimsRefused):
        merged({"sub": "a"}, {"sub": "b"})


@pytest.mark.django_db
def test_the_service_is_believed_about_the_name_but_contact_data_stays():
    row = Subject.objects.create(full_name="Nguyễn Thu Hường", personal_id="099195000101", phone="0912345678")
    user_id = accept_identity(SYSTEM, Identity("person", "t-1", "Nguyễn Thị Thu Hường", "099195000101", phone="09"))
    row.refresh_from_db()
    assert (row.full_name, row.phone, row.tech_id) == ("Nguyễn Thị Thu Hường", "0912345678", "t-1")
    assert User.objects.get(id=user_id).subject_id == row.id


@pytest.mark.django_db
@pytest.mark.parametrize(("tech_id", "number"), [("t-2", "099195000101"), ("t-1", "099093000102")])
def test_number_and_tech_id_of_two_people_are_refused(tech_id, number):
    Subject.objects.create(full_name="Nguyễn Thị Thu Hường", personal_id="099195000101", tech_id="t-1")
    with pytest.raises(IdentityTaken):
        accept_identity(SYSTEM, Identity("person", tech_id, "Lê Quang Vinh", number))
    assert (User.objects.count(), Subject.objects.count(), Entry.objects.count()) == (0, 1, 0)


@pytest.mark.django_db
@refuses(
    "accounts.accept_identity", "accounts.record_sign_in", "accounts.record_sign_out", "accounts.record_security",
    "accounts.record_failed_sign_in", "accounts.record_post",
)  # fmt: skip
def test_nobody_but_the_program_accepts_an_identity_and_nobody_signs_in_as_another():
    clerk = Actor(kind=ActorKind.STAFF, name="Phạm Thị Hoa", user_id=1, roles=frozenset({"clerk", "admin"}))
    with pytest.raises(Forbidden):
        accept_identity(clerk, Identity("person", "t-1", "Lê Quang Vinh", "099093000102"))
    with pytest.raises(Forbidden):
        record_sign_in(clerk, method="password")
    with pytest.raises(Forbidden):
        signin.record_sign_out(clerk)
    with pytest.raises(Forbidden):
        signin.record_security(clerk, change="totp_off")
    with pytest.raises(Forbidden):
        signin.record_post(clerk, position=1)
    with pytest.raises(Forbidden):
        signin.record_failed_sign_in(clerk, typed="hoa")
    assert (Subject.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_tech_id_is_the_persons_and_a_firm_is_its_tax_code():
    """One person signs in for herself and for a firm; another signs in for the same firm (onestop, fact 23)."""
    person = accept_identity(SYSTEM, Identity("person", "t-1", "Nguyễn Thị Thu Hường", "099195000101"))
    firm = {"kind": "enterprise", "full_name": "Hợp tác xã Yên Khê", "tax_code": "9900000107"}
    first = accept_identity(SYSTEM, Identity(tech_id="t-1", representative="Nguyễn Thị Thu Hường", **firm))
    second = accept_identity(SYSTEM, Identity(tech_id="t-2", representative="Lê Quang Vinh", **firm))
    again = accept_identity(SYSTEM, Identity("person", "t-1", "Nguyễn Thị Thu Hường", "099195000101"))
    assert (second, again) == (first, person)
    assert first != person
    rows = Subject.objects.order_by("id").values_list("kind", "personal_id", "tax_code", "tech_id")
    assert list(rows) == [("person", "099195000101", "", "t-1"), ("enterprise", "", "9900000107", "")]
    entries = Entry.objects.filter(verb="accounts.accept_identity").order_by("id")
    assert [e.detail["representative"] for e in entries] == ["", "Nguyễn Thị Thu Hường", "Lê Quang Vinh", ""]
