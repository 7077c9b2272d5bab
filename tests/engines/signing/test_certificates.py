"""The register of certificates: who asks, what comes of it, and when nobody signs with it any more."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from congvu.common.zones import VN
from congvu.engines.signing import selectors, services
from congvu.engines.signing.errors import CertificateRefused, CredentialRefused, WrongState
from congvu.engines.signing.models import Certificate, Paper
from congvu.engines.signing.types import Device, Form, HolderKind, Issued, Provider, Wish
from congvu.ground.orgs.models import Assignment, Substitution
from tests.engines.signing.pki import NOW, PIN
from tests.marks import refuses


@pytest.fixture
def house(world, pki, clock, settings, tmp_path):
    """The province with the test infrastructure; key files lie in a directory of the test."""
    settings.SIGNING_KEYS = tmp_path
    world.pki, world.keys, world.clock = pki, tmp_path, clock
    world.unit = world.made.units["xa-yen-khe"]
    return world


def wish(world, login="phochutich", kind=HolderKind.PERSON, **values):
    user = world.made.users[login] if kind is HolderKind.PERSON else None
    return Wish(kind, values.pop("unit_id", world.unit), user, reason=values.pop("reason", "Ký văn bản"), **values)


def given(world, made, login="phochutich", kind=HolderKind.PERSON, *, device="T-01", custodian=None):
    """A certificate in the register, its key in a file."""
    (world.keys / f"{login}.p12").write_bytes(made.pkcs12(PIN))
    paper = services.ask(world.staff("vanthu"), wish(world, login, kind))
    issued = Issued(made.der, Provider.PKCS12, f"{login}.p12", device, custodian)
    return services.issue(world.staff("vanthu"), paper, issued)


def agency(world, **values):
    return given(world, world.pki.agency, "vanthu", HolderKind.ORGANISATION, **values)


def test_asked_and_issued(house):
    key = given(house, house.pki.chair)
    (row,) = selectors.certificates(house.staff("vanthu"))
    assert (row.id, row.name, row.user_id, row.unit_id) == (
        key, "Lương Trọng Hùng", house.made.users["phochutich"], house.unit,
    )  # fmt: skip
    assert (row.state, row.device, row.device_serial) == ("active", Device.HELD, "T-01")
    assert (row.valid_from, row.valid_to) == (datetime(2026, 1, 5, tzinfo=VN), datetime(2029, 1, 5, tzinfo=VN))
    (paper,) = selectors.papers(house.staff("vanthu"))
    assert (paper.form, paper.state, paper.certificate_id) == (Form.NEW_PERSON, "done", key)


@refuses("certificate.ask")
def test_who_may_not_ask(house):
    for login in ("phochutich", "chuyenmon", "motcua"):
        if login == "phochutich":
            continue
        with pytest.raises(Forbidden):
            services.ask(house.staff(login), wish(house))
    with pytest.raises(Forbidden):
        services.ask(house.staff("vanthu"), wish(house, unit_id=house.made.units["xa-dong-lam"]))
    with pytest.raises(Invalid) as refused:
        services.ask(SYSTEM, wish(house, unit_id=house.made.units["xa-yen-khe-kt"], reason=" "))
    assert [problem.field for problem in refused.value.problems] == ["unit_id", "reason"]
    assert Paper.objects.count() == 0


@refuses("certificate.issue", "certificate.decline")
def test_what_cannot_be_recorded(house):
    paper = services.ask(house.staff("vanthu"), wish(house))
    for attempt in (
        lambda: services.issue(house.staff("motcua"), paper, Issued(house.pki.chair.der, Provider.PKCS12)),
        lambda: services.decline(house.staff("motcua"), paper, outcome="Không đủ điều kiện"),
    ):
        with pytest.raises(Forbidden):
            attempt()
    with pytest.raises(NotFound):
        services.decline(SYSTEM, paper + 1, outcome="Không có")
    for content, words in (
        (b"x", "Không đọc được"),
        (house.pki.expired.der, "hết hạn ngày 01/06/2026"),
        (house.pki.duty.der, "dài hơn 5 năm"),
    ):
        with pytest.raises(Invalid) as refused:
            services.issue(SYSTEM, paper, Issued(content, Provider.PKCS12))
        assert words in refused.value.problems[0].message
    assert Certificate.objects.count() == 0
    services.decline(SYSTEM, paper, outcome="Không đủ điều kiện")
    with pytest.raises(WrongState):
        services.issue(SYSTEM, paper, Issued(house.pki.chair.der, Provider.PKCS12))


def test_one_certificate_is_registered_once(house):
    given(house, house.pki.chair)
    paper = services.ask(SYSTEM, wish(house, "vanthu"))
    with pytest.raises(Conflict):
        services.issue(SYSTEM, paper, Issued(house.pki.chair.der, Provider.PKCS12))


def test_renewed(house):
    first = given(house, house.pki.ending)
    paper = services.ask_about(house.staff("vanthu"), first, "04", reason="Sắp hết hạn", letter="12/UBND-VP")
    with pytest.raises(WrongState):
        services.ask_about(SYSTEM, first, "04", reason="Lần nữa")
    second = services.issue(SYSTEM, paper, Issued(house.pki.chair.der, Provider.PKCS12, "phochutich.p12"))
    newest, oldest = selectors.certificates(SYSTEM)
    assert (newest.id, newest.state, oldest.id, oldest.state) == (second, "active", first, "replaced")
    with pytest.raises(CertificateRefused) as refused:
        services.open_session(house.staff("phochutich"), first, secret=PIN)
    assert refused.value.code == "replaced"


@refuses("certificate.ask_about", "certificate.change", "certificate.suspend", "certificate.resume",
         "certificate.revoke", "certificate.device")  # fmt: skip
def test_strangers_keep_nothing(house):
    key = given(house, house.pki.chair)
    stranger = house.staff("motcua")
    for attempt in (
        lambda: services.ask_about(stranger, key, "05", reason="x"),
        lambda: services.change(stranger, key, wish(house)),
        lambda: services.suspend(stranger, key, reason="x"),
        lambda: services.resume(stranger, key, reason="x"),
        lambda: services.revoke(stranger, key, reason="x"),
        lambda: services.record_device(stranger, key, "08", reason="x"),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert Certificate.objects.get().state == "active"
    with pytest.raises(NotFound):
        services.suspend(SYSTEM, key + 1, reason="x")
    with pytest.raises(Invalid):
        services.suspend(SYSTEM, key, reason=" ")
    with pytest.raises(WrongState):
        services.resume(SYSTEM, key, reason="x")


def test_revoked_and_the_device_returned(house):
    key = given(house, house.pki.chair)
    services.ask_about(SYSTEM, key, "05", reason="Nghỉ hưu")
    services.revoke(house.staff("vanthu"), key, reason="Nghỉ hưu")
    (row,) = selectors.certificates(SYSTEM, state="revoked")
    # Thursday 19/11; Friday 20, Monday 23, (Tuesday 24 is a holiday), Wednesday 25, Thursday 26, Friday 27.
    assert (row.device, row.device_due) == (Device.DUE, date(2026, 11, 27))
    assert {paper.state for paper in selectors.papers(SYSTEM, certificate=key)} == {"done"}
    services.record_device(SYSTEM, key, "08", reason="Đã giao lại cho Cục Chứng thực số")
    (row,) = selectors.certificates(SYSTEM)
    assert (row.device, row.device_due) == (Device.RETURNED, None)
    with pytest.raises(WrongState):
        services.record_device(SYSTEM, key, "08", reason="Lần nữa")


def test_a_lost_device_signs_no_more(house):
    key = given(house, house.pki.chair)
    services.record_device(SYSTEM, key, "09", reason="Mất khi đi công tác")
    with pytest.raises(CertificateRefused) as refused:
        services.open_session(house.staff("phochutich"), key, secret=PIN)
    assert refused.value.code == "suspended"


def test_the_right_person_opens_it(house):
    key = given(house, house.pki.chair)
    session = services.open_session(house.staff("phochutich"), key, secret=PIN)
    assert session.certificate == house.pki.chair.der
    assert [view.id for view in selectors.usable(house.staff("phochutich"))] == [key]
    with pytest.raises(CertificateRefused) as refused:
        services.open_session(house.staff("vanthu"), key, secret=PIN)
    assert refused.value.code == "not_yours"


def test_a_stand_in_signs_with_the_own_certificate(house):
    key = given(house, house.pki.chair)
    stand_in = next(
        actor for actor in (house.staff("phochutich"),) if Substitution.objects.filter(user=actor.user_id).exists()
    )
    from congvu.ground.orgs import selectors as units

    acting = units.staff_actor(stand_in.user_id, house.made.positions["xa-yen-khe:chair:1"])
    assert acting.on_behalf_of
    assert services.open_session(acting, key, secret=PIN).certificate == house.pki.chair.der


def test_wrong_pins(house):
    key = given(house, house.pki.chair)
    with pytest.raises(CredentialRefused) as refused:
        services.open_session(house.staff("phochutich"), key, secret="0000")
    assert refused.value.code == "wrong_pin"
    for _try in range(29):
        with pytest.raises(CredentialRefused):
            services.open_session(house.staff("phochutich"), key, secret="0000")
    with pytest.raises(TooMany):
        services.open_session(house.staff("phochutich"), key, secret=PIN)


def test_a_key_of_another_certificate(house):
    key = given(house, house.pki.chair)
    (house.keys / "phochutich.p12").write_bytes(house.pki.agency.pkcs12(PIN))
    with pytest.raises(CredentialRefused, match="chứng thư khác"):
        services.open_session(house.staff("phochutich"), key, secret=PIN)
    Certificate.objects.update(provider_ref="../../etc/passwd")
    with pytest.raises(CredentialRefused, match="Không tìm thấy khóa"):
        services.open_session(house.staff("phochutich"), key, secret=PIN)


def test_production_refuses_keys_in_files(house, settings):
    key = given(house, house.pki.chair)
    settings.SIGNING_PKCS12 = False
    with pytest.raises(CertificateRefused) as refused:
        services.open_session(house.staff("phochutich"), key, secret=PIN)
    assert refused.value.code == "test_only"


def test_who_left_the_post_signs_no_more(house):
    key = given(house, house.pki.chair)
    person = house.staff("phochutich")
    Assignment.objects.filter(user=person.user_id).update(valid_to=date(2026, 11, 18))
    with pytest.raises(CertificateRefused) as refused:
        services.open_session(person, key, secret=PIN)
    assert refused.value.code == "post_ended"


def test_who_moved_to_another_agency_needs_a_change(house):
    key = given(house, house.pki.chair)
    person = house.staff("phochutich")
    other = house.made.units["xa-dong-lam"]
    Assignment.objects.filter(user=person.user_id).update(position=house.made.positions["xa-dong-lam:chair:3"])
    with pytest.raises(CertificateRefused):
        services.open_session(person, key, secret=PIN)
    services.change(SYSTEM, key, wish(house, unit_id=other, reason="Chuyển công tác"))
    assert services.open_session(person, key, secret=PIN).certificate == house.pki.chair.der


def test_only_the_records_clerk_uses_the_agency_key(house):
    key = agency(house)
    assert services.open_session(house.staff("vanthu"), key, secret=PIN).certificate == house.pki.agency.der
    for login in ("phochutich", "motcua"):
        with pytest.raises(CertificateRefused) as refused:
            services.open_session(house.staff(login), key, secret=PIN)
        assert refused.value.code == "not_yours"
    services.record_device(SYSTEM, key, "07", reason="Đi học", to_user=house.made.users["chanhvp"])
    with pytest.raises(CertificateRefused, match="biên bản"):
        services.open_session(house.staff("vanthu"), key, secret=PIN)


def test_over_and_not_yet(house, clock):
    key = given(house, house.pki.ending)
    house.clock.move_to(datetime(2026, 12, 2, tzinfo=VN))
    with pytest.raises(CertificateRefused) as refused:
        services.open_session(house.staff("phochutich"), key, secret=PIN)
    assert str(refused.value) == (
        "Chưa ký được vì chứng thư chữ ký số hết hạn ngày 01/12/2026. Gia hạn chứng thư chữ ký số."
    )
    assert selectors.usable(house.staff("phochutich")) == ()
    assert [view.state for view in selectors.certificates(SYSTEM, state="expired")] == ["expired"]


def test_counts_by_unit(house):
    given(house, house.pki.chair)
    agency(house)
    house.clock.move_to(NOW + timedelta(days=40))
    given(house, house.pki.citizen, "chutich")
    services.revoke(SYSTEM, Certificate.objects.get(name="Lương Trọng Hùng").id, reason="Nghỉ hưu")
    (november,) = selectors.counts(date(2026, 11, 1), date(2026, 11, 30))
    assert (november.unit_id, november.persons_issued, november.organisations_issued) == (house.unit, 1, 1)
    assert (november.persons, november.organisations) == (1, 1)
    (december,) = selectors.counts(date(2026, 12, 1), date(2026, 12, 31), units=[house.unit])
    assert (december.persons_issued, december.organisations_issued, december.persons, december.organisations) == (
        1,
        0,
        1,
        1,
    )


def test_what_reading_costs(house, django_assert_num_queries):
    given(house, house.pki.chair)
    agency(house)
    reader = house.staff("vanthu")
    with django_assert_num_queries(2):
        assert len(selectors.certificates(reader)) == 2
    with django_assert_num_queries(2):
        assert len(selectors.papers(reader)) == 2
    with django_assert_num_queries(2):
        assert len(selectors.usable(reader)) == 1
    with django_assert_num_queries(1):
        assert len(selectors.ending(timedelta(days=900), now=NOW)) == 2
    with django_assert_num_queries(1):
        selectors.counts(date(2026, 1, 1), date(2026, 12, 31))
    assert selectors.certificates(house.citizen()) == ()
    assert selectors.certificates(house.staff("chutichtinh")) != ()
