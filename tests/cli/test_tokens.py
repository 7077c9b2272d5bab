"""``congvu tokens``: a program outside gets its login, post and token in one go, and loses it in one."""

from __future__ import annotations

import json

import pytest

from congvu.boot import cli
from congvu.ground.accounts.models import ApiToken, User
from congvu.ground.orgs.models import Position

ISSUE = ("issue", "hotich-phanmem", "--name", "Phần mềm hộ tịch", "--unit", "xa-yen-khe-tt", "--role", "clerk")


@pytest.fixture
def run(monkeypatch, capsys, world):
    monkeypatch.setattr(cli, "prepare", lambda **_: None)

    def call(*arguments):
        code = cli.main(["tokens", *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return call


def test_issued_used_listed_and_revoked(run, client):
    code, first = run(*ISSUE, "--scope", "work:read")
    _, second = run(*ISSUE, "--scope", "work:read", "--scope", "dossiers:read")
    assert (code, first["position"], second["expires_at"]) == (0, second["position"], "2027-02-17T09:30:00+07:00")
    headers = {"Authorization": f"Bearer {first['secret']}"}
    assert client.get("/api/v1/work", headers=headers).status_code == 200
    _, listed = run("list", "--unit", "xa-yen-khe-tt")
    assert [(t["id"], t["last_used_at"]) for t in listed["tokens"]] == [
        (second["id"], None), (first["id"], "2026-11-19T09:30:00+07:00"),
    ]  # fmt: skip
    assert run("revoke", str(first["id"]))[0] == 0
    assert client.get("/api/v1/work", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "arguments",
    [
        (*ISSUE, "--scope", "root"),
        (*ISSUE, "--scope", "work:read", "--days", "999"),
        ("issue", "motcua", *ISSUE[2:], "--scope", "work:read"),
        (*ISSUE[:5], "khong-co", *ISSUE[6:], "--scope", "work:read"),
        ("revoke", "1"),
    ],
)
def test_a_refusal_leaves_nothing_behind(run, arguments):
    before = User.objects.count(), Position.objects.count()
    code, answer = run(*arguments)
    assert (code, bool(answer["error"])) == (1, True)
    assert (User.objects.count(), Position.objects.count(), ApiToken.objects.count()) == (*before, 0)
