"""Tokens: issued once, kept as a digest, refused with the reason, narrowed by scopes, counted per minute."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.ground.accounts import selectors as account_selectors
from congvu.ground.accounts import services as accounts
from congvu.ground.accounts.models import ApiToken, User
from congvu.ground.audit.models import Entry
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs import services
from tests.faces.api.caller import BASE, caller, filing, machine
from tests.marks import refuses


def issue(actor, position, user, **values):
    given = {"name": "Kết nối", "scopes": ["work:read"], "expires_at": timezone.now() + timedelta(days=30)}
    return services.issue_token(actor, position, user, **(given | values))


def test_only_the_digest_is_kept_and_the_trail_has_no_secret(counter):
    row = ApiToken.objects.get(id=counter.token)
    assert row.digest == hashlib.sha256(counter.secret.encode()).hexdigest()
    assert len(counter.secret) == len("cvt_") + 43
    assert counter.secret not in str(list(Entry.objects.filter(verb="orgs.issue_token").values()))


def test_a_call_is_made_in_the_post_and_remembered(world, counter):
    assert counter.get("work").status_code == 200
    view = account_selectors.token(counter.token)
    assert (view.last_used_at, view.position_id) == (timezone.now(), counter.position)
    actor = counter.actor
    assert (actor.name, actor.roles, actor.unit_name) == (
        "Phần mềm hộ tịch Yên Khê", {"clerk"}, orgs.unit_by_key("xa-yen-khe-tt").name,
    )  # fmt: skip
    assert account_selectors.tokens_of([counter.position]) == [view]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "token_missing"),
        ("Basic YTpi", "token_missing"),
        ("Bearer ", "token_missing"),
        ("Bearer cvt_khong-co", "token_unknown"),
        ("Bearer " + "x" * 5000, "token_unknown"),
    ],
)
def test_without_a_right_token_nothing_opens(client, db, header, code):
    response = client.get(BASE + "work", headers={"Authorization": header} if header else {})
    assert (response.status_code, response.json()["code"]) == (401, code)
    assert response["WWW-Authenticate"].startswith('Bearer realm="congvu"')


def test_a_revoked_token_is_refused(world, counter):
    services.revoke_token(SYSTEM, counter.token)
    response = counter.get("work")
    assert (response.status_code, response.json()["code"]) == (401, "token_revoked")
    with pytest.raises(Conflict):
        services.revoke_token(SYSTEM, counter.token)


def test_an_expired_token_is_refused(world, counter):
    world.clock.shift(timedelta(days=30, seconds=1))
    response = counter.get("work")
    assert (response.status_code, response.json()["code"]) == (401, "token_expired")


def test_a_closed_login_takes_its_tokens_along(world, counter):
    accounts.close_login(SYSTEM, counter.user)
    response = counter.get("work")
    assert (response.status_code, response.json()["code"]) == (401, "login_closed")


def test_a_post_given_up_takes_its_tokens_along(world, counter):
    from congvu.ground.orgs.models import Assignment

    Assignment.objects.filter(user=counter.user).update(valid_to="2026-11-18")
    response = counter.get("work")
    assert (response.status_code, response.json()["code"]) == (403, "post_not_held")


def test_a_session_opens_nothing(client, world):
    client.force_login(
        User.objects.get(username="motcua"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get(BASE + "work").status_code == 401


def test_scopes_narrow(world):
    for scope, allowed in (("work:read", "work"), ("dossiers:read", "dossiers"), ("procedures:read", "procedures")):
        program = caller("xa-yen-khe-tt", "clerk", scopes=(scope,))
        answers = {path: program.get(path).status_code for path in ("work", "dossiers", "procedures")}
        assert answers == {path: 200 if path == allowed else 403 for path in answers}
        response = program.post("dossiers", filing(), Idempotency_Key="khoa-nop-1")
        assert (response.status_code, response.json()["code"]) == (403, "scope")


def test_calls_are_counted_by_the_minute(world):
    program = caller("xa-yen-khe-tt", "clerk", per_minute=3)
    assert [program.get("work").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert program.get("work")["Retry-After"] == "60"
    world.clock.shift(timedelta(minutes=1))
    assert program.get("work").status_code == 200


@refuses("orgs.issue_token", "orgs.revoke_token")
def test_only_an_administrator_of_the_agency_gives_and_takes_tokens(world, counter):
    from dataclasses import replace

    admin = world.staff("quantri")
    user, position = machine(orgs.unit_by_key("xa-yen-khe-tt"), "clerk")
    foreign = replace(admin, unit_id=orgs.unit_by_key("xa-dong-lam").id)
    before = ApiToken.objects.count()
    for actor in (world.clerk, world.citizen(), counter.actor, foreign):
        with pytest.raises(Forbidden):
            issue(actor, position, user)
        with pytest.raises(Forbidden):
            services.revoke_token(actor, counter.token)
    assert ApiToken.objects.count() == before
    assert counter.get("work").status_code == 200
    with pytest.raises(NotFound):
        services.revoke_token(admin, 10**9)
    assert ApiToken.objects.filter(id=issue(admin, position, user).id).exists()


def test_wrong_tokens_are_refused_field_by_field(world):
    user, position = machine(orgs.unit_by_key("xa-yen-khe-tt"), "clerk")
    before = ApiToken.objects.count()
    with pytest.raises(Invalid) as refusal:
        issue(
            SYSTEM,
            position,
            world.made.users["motcua"],
            name=" ",
            scopes=["root"],
            expires_at=timezone.now(),
            per_minute=0,
        )
    assert {p.field for p in refusal.value.problems} == {"name", "scopes", "expires_at", "per_minute", "user_id"}
    with pytest.raises(Invalid):
        issue(SYSTEM, world.made.positions["xa-yen-khe:chair:1"], user)
    assert ApiToken.objects.count() == before


@refuses("accounts.open_machine_login")
def test_only_administrators_open_machine_logins_and_no_password_opens_them(client, world):
    before = User.objects.count()
    with pytest.raises(Forbidden):
        accounts.open_machine_login(world.clerk, "may-1", full_name="Máy")
    with pytest.raises(Invalid):
        accounts.open_machine_login(SYSTEM, "motcua", full_name="Máy")
    assert User.objects.count() == before
    made = User.objects.get(id=accounts.open_machine_login(world.staff("quantri"), "may-1", full_name="Máy"))
    assert (made.kind, made.has_usable_password()) == ("machine", False)
