"""Work from home: the same desk under a second factor, files shown and not handed out, a shorter session."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.core.cache import cache

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid
from congvu.ground.accounts import selectors as logins
from congvu.ground.accounts import services as accounts
from congvu.ground.accounts.errors import UserNotFound
from congvu.ground.audit.models import Entry
from congvu.ground.events.services import deliver_pending
from congvu.ground.notifications.models import Message
from congvu.ground.orgs import services as units
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults
from tests.marks import refuses

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
HOME = {"REMOTE_ADDR": "203.0.113.9"}
DESK, CODE, LIST = "/lam-viec/", "/can-bo/nhap-lai-ma", "/lam-viec/van-ban-den/"


@pytest.fixture
def networks(world):
    cache.clear()
    unit = world.made.units["tinh-binh-lam"]
    units.set_settings(SYSTEM, unit, {"office_networks": ["127.0.0.0/8", "10.20.0.0/16"]}, valid_from=world.today)


def enrolled(login: str) -> Authenticator:
    user = get_user_model().objects.get(username=login)
    RecoveryCodes.activate(user)
    return TOTP.activate(user, SECRET).instance


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def test_at_the_office_nothing_changes_and_nobody_is_outside_where_no_network_is_named(world, desk):
    assert desk("vanthu").get(DESK, **HOME).status_code == 200


def test_from_outside_a_code_opens_the_desk(networks, desk):
    enrolled("vanthu")
    client = desk("vanthu")
    assert client.get(DESK).status_code == 200
    asked = client.get(LIST, **HOME)
    assert (asked.status_code, asked["Location"]) == (302, f"{CODE}?next=%2Flam-viec%2Fvan-ban-den%2F")
    page = client.get(asked["Location"], **HOME)
    assert (page.status_code, faults(page)) == (200, [])
    wrong = client.post(asked["Location"], {"code": "000000"}, **HOME)
    assert "Mã không đúng" in wrong.content.decode()
    assert client.get(DESK, **HOME).status_code == 302
    given = code()
    right = client.post(asked["Location"], {"code": given}, **HOME)
    assert (right.status_code, right["Location"]) == (302, LIST)
    page = client.get(LIST, **HOME)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert client.session.get_expiry_age() == 900
    client.get(DESK)
    assert client.session.get_expiry_age() == 1800
    # The same code opens no second session, whoever read it over the shoulder.
    other = desk("vanthu")
    again = other.post(f"{CODE}?next={LIST}", {"code": given}, **HOME)
    assert "Mã không đúng" in again.content.decode()
    assert other.get(DESK, **HOME).status_code == 302


def test_a_recovery_code_opens_once(networks, desk):
    enrolled("vanthu")
    user = get_user_model().objects.get(username="vanthu")
    (first, *_rest) = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()
    client, other = desk("vanthu"), desk("vanthu")
    assert client.post(CODE, {"code": first}, **HOME).status_code == 302
    assert client.get(DESK, **HOME).status_code == 200
    other.post(CODE, {"code": first}, **HOME)
    assert other.get(DESK, **HOME).status_code == 302


def test_codes_are_not_for_guessing(networks, desk):
    enrolled("vanthu")
    client = desk("vanthu")
    told = [client.post(CODE, {"code": "000000"}, **HOME).content.decode() for _try in range(7)]
    assert "Mã không đúng" in told[0]
    assert "Sai quá nhiều lần" in told[-1]
    client.post(CODE, {"code": code()}, **HOME)
    assert client.get(DESK, **HOME).status_code == 302


def test_without_a_second_factor_nothing_opens_and_the_page_says_whom_to_ask(networks, desk):
    client = desk("vanthu")
    page = client.get(DESK, **HOME)
    assert (page.status_code, "Đang ở ngoài mạng cơ quan" in text(page), faults(page)) == (403, True, [])
    assert "hãy liên hệ người quản trị" in text(page)
    for path in ("bao-mat", "bao-mat/bat", "doi-mat-khau", "bao-mat/ma-du-phong"):
        assert client.get(f"/can-bo/{path}", **HOME).status_code == 403, path
    changed = client.post("/can-bo/doi-mat-khau", {"oldpassword": "x"}, **HOME)
    assert (changed.status_code, Authenticator.objects.count()) == (403, 0)
    assert client.get("/can-bo/bao-mat").status_code == 200


def test_files_are_shown_and_not_handed_out_and_the_trail_does_not_say_they_were(networks, desk):
    enrolled("vanthu")
    client = desk("vanthu")
    client.post(CODE, {"code": code()}, **HOME)
    before = Entry.objects.count()
    for kind in ("csv", "xlsx"):
        assert "attachment" in desk("vanthu").get(f"{LIST}tai-ve.{kind}")["Content-Disposition"]
        assert Entry.objects.count() == before + 1
        refused = client.get(f"{LIST}tai-ve.{kind}", **HOME)
        assert (refused.status_code, "không tải tệp về máy" in text(refused)) == (403, True)
        assert Entry.objects.count() == before + 1
        before += 1


@refuses("accounts.reset_second_factor")
def test_an_administrator_resets_a_lost_phone_and_the_person_is_told(networks, world, desk):
    enrolled("vanthu")
    user = get_user_model().objects.get(username="vanthu")
    outside = desk("vanthu")
    outside.post(CODE, {"code": code()}, **HOME)
    assert outside.get(DESK, **HOME).status_code == 200
    for actor, login, why in (
        (world.staff("vanthu"), user.id, Forbidden),
        (SYSTEM, 0, UserNotFound),
        (SYSTEM, world.staff("chutich").user_id, Conflict),
    ):
        with pytest.raises(why):
            accounts.reset_second_factor(actor, login)
    assert set(logins.second_factors([user.id])) == {user.id}
    unit = world.staff("vanthu").unit_id
    admin = desk("quantri")
    page = admin.get(f"/quan-tri/don-vi/{unit}")
    assert ("Ứng dụng xác thực của cán bộ" in text(page), faults(page)) == (True, [])
    assert admin.post(f"/quan-tri/don-vi/{unit}/xac-thuc/{user.id}").status_code == 302
    while deliver_pending():
        pass
    assert (logins.second_factors([user.id]), outside.get(DESK, **HOME).status_code) == ({}, 403)
    told = Message.objects.filter(kind="second_factor_reset").values_list("recipient", flat=True)
    assert list(told) == [f"u:{user.id}"]
    assert Entry.objects.filter(verb="accounts.reset_second_factor").count() == 1
    assert admin.post(f"/quan-tri/don-vi/{unit}/xac-thuc/{user.id}").status_code == 409
    assert admin.post(f"/quan-tri/don-vi/{unit}/xac-thuc/{world.staff('motcua').user_id}").status_code == 404


def test_the_administrator_names_networks_and_shuts_nobody_out_by_mistake(world, desk):
    unit, admin = world.made.units["tinh-binh-lam"], desk("quantri")
    day = {"valid_from_day": "19", "valid_from_month": "11", "valid_from_year": "2026"}
    for typed, words in (("10.20.0.1/16", "Mỗi dòng một mạng"), ("10.20.0.0/16", "(127.0.0.1) không nằm trong đó")):
        refused = admin.post(f"/quan-tri/don-vi/{unit}", {"office_networks": typed, **day})
        assert (refused.status_code, errors(refused)[0][0]) == (422, "u-office_networks")
        assert words in text(refused)
        assert typed in refused.content.decode()
    sent = {"office_networks": "127.0.0.1\n10.20.0.0/16", **day}
    assert admin.post(f"/quan-tri/don-vi/{unit}", sent).status_code == 302
    page = admin.get(f"/quan-tri/don-vi/{unit}")
    assert "127.0.0.1/32\n10.20.0.0/16" in page.content.decode()
    assert desk("vanthu").get(DESK, **HOME).status_code == 403
    with pytest.raises(Invalid):
        units.set_settings(SYSTEM, unit, {"office_networks": []}, valid_from=world.today)
