"""``congvu check``: each problem named, and what blocks gives exit 1."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta

import pytest

from congvu.boot import backup, check, cli
from congvu.boot.config import Identity, load
from congvu.boot.demo import organisation

GOOD = {
    "demo": False, "debug": False, "base_url": "https://congvu.xa.example", "allowed_hosts": ("congvu.xa.example",),
    "secret_key": "k" * 60, "proxies": 1, "email_url": "smtps://mail.example",
    "identity": Identity("VNeID", "https://id.example", "a", "b", "", 2),
}  # fmt: skip


def codes(found):
    return [(problem.level, problem.code) for problem in found]


def test_a_good_installation_has_nothing_to_say():
    assert codes(check.settings_problems(dataclasses.replace(load(), **GOOD))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"demo": True}, ("error", "demo")),
        ({"debug": True}, ("error", "debug")),
        ({"base_url": "http://congvu.xa.example"}, ("error", "base-url")),
        ({"allowed_hosts": ("127.0.0.1", "localhost", "[::1]")}, ("error", "hosts")),
        ({"allowed_hosts": ("*",)}, ("error", "hosts-any")),
        ({"secret_key": "short"}, ("error", "secret-short")),
        ({"proxies": 0}, ("error", "proxies")),
        ({"email_url": None}, ("warning", "email")),
        ({"identity": None}, ("warning", "identity")),
        ({"identity": Identity("VNeID", "http://id.example", "a", "b", "", 2)}, ("error", "identity-http")),
    ],
)
def test_each_setting_that_must_not_be_so(change, said):
    assert codes(check.settings_problems(dataclasses.replace(load(), **{**GOOD, **change}))) == [said]


def test_secrets_and_backups(tmp_path):
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    config = dataclasses.replace(load(), home=tmp_path, database_url=None)
    key = tmp_path / "secret-key"
    key.write_text("x")
    key.chmod(0o644)
    assert codes(check.home_problems(config, now=now)) == [("error", "secret-readable"), ("error", "backup")]
    key.chmod(0o600)
    tmp_path.joinpath(backup.LAST).write_text((now - timedelta(hours=20)).isoformat())
    assert codes(check.home_problems(config, now=now)) == []
    tmp_path.joinpath(backup.LAST).write_text((now - timedelta(days=3)).isoformat())
    assert codes(check.home_problems(config, now=now)) == [("warning", "backup-old")]
    tmp_path.joinpath(backup.LAST).unlink()
    outside = dataclasses.replace(config, database_url="postgresql://db.example/congvu")
    assert codes(check.home_problems(outside, now=now)) == [("warning", "backup")]


def test_the_database_of_a_demonstration_does_not_pass(world):
    found = dict(reversed(line) for line in codes(check.database_problems(deploy=True)))
    assert found["demo-data"] == "error"
    assert {"migrations", "trail", "roles", "trail-rights", "units"}.isdisjoint(found)
    assert codes(check.database_problems(deploy=False)) == []


def test_one_role_for_both_and_no_units(db, monkeypatch):
    from congvu.boot import settings

    monkeypatch.setattr(settings, "APPLICATION_URL", settings.OWNER_URL)
    assert {("error", "roles"), ("error", "units")} <= set(codes(check.database_problems(deploy=True)))


def test_a_broken_trail_is_said(db, monkeypatch):
    from congvu.ground.audit import services

    verdict = dataclasses.replace(services.verify(), broken=("entry 7 was changed",))
    monkeypatch.setattr(services, "verify", lambda: verdict)
    assert codes(check.database_problems(deploy=False)) == [("error", "trail")]


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 0)])
def test_exit_code_and_one_json_value(monkeypatch, capsys, level, code):
    monkeypatch.setattr(check, "problems", lambda *, deploy: iter([check.Problem(level, "x", str(deploy))]))
    assert cli.main(["check", "--deploy", "--json"]) == code
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"ok": code == 0, "problems": [{"level": level, "code": "x", "message": "True"}]}


def test_the_demo_stays_out_of_an_installation_of_others(world):
    from congvu.boot.demo import command

    command._require_own()
    organisation.Unit.objects.filter(key=organisation.PROVINCE_KEY).update(key="tinh-that")
    with pytest.raises(command.ForeignInstallation, match="Bình Lam"):
        command._require_own()
