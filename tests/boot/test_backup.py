"""Backup and restore on real clusters of their own, by the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg
import pytest

from congvu.boot.postgres import Cluster


def congvu(home, *arguments, **environment):
    env = {k: v for k, v in os.environ.items() if not k.startswith("CONGVU_") and k != "DATABASE_URL"}
    env |= {"CONGVU_HOME": str(home), **environment}
    return subprocess.run(
        [sys.executable, "-m", "congvu.boot.cli", *arguments], env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An installation with a unit and a file."""
    place = tmp_path_factory.mktemp("home") / "one"
    assert congvu(place, "migrate").returncode == 0
    with psycopg.connect(Cluster(place).url("congvu_owner")) as connection:
        connection.execute("INSERT INTO orgs_unit (key, family) VALUES ('xa-thu', 'administrative')")
    (place / "files" / "ab").mkdir(parents=True)
    (place / "files" / "ab" / "abc").write_bytes(b"noi dung")
    yield place
    congvu(place, "db", "stop")


@pytest.fixture
def other(tmp_path):
    yield tmp_path / "two"
    congvu(tmp_path / "two", "db", "stop")


def test_backup_and_restore_give_back_rows_files_and_a_verifying_trail(home, other, tmp_path):
    archive = tmp_path / "backup.cvb"
    made = json.loads(congvu(home, "backup", str(archive), "--json").stdout)
    assert made["files"] == 1
    report = json.loads(congvu(other, "restore", str(archive), "--json").stdout)
    with psycopg.connect(Cluster(home).url("congvu_owner")) as connection:
        before = [
            connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("records_record", "audit_entry")
        ]
    assert (report["files"], [report["records"], report["trail"]]) == (1, before)
    with psycopg.connect(Cluster(other).url()) as connection:
        assert connection.execute("SELECT key FROM orgs_unit WHERE key = 'xa-thu'").fetchall() == [("xa-thu",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM audit_entry")
    assert (other / "files" / "ab" / "abc").read_bytes() == b"noi dung"
    assert json.loads(congvu(other, "audit", "verify", "--json").stdout)["intact"] is True

    again = congvu(other, "restore", str(archive))
    assert again.returncode == 1
    assert "not empty" in again.stderr


def test_a_damaged_backup_changes_nothing(home, other, tmp_path):
    archive = tmp_path / "backup.cvb"
    congvu(home, "backup", str(archive))
    content = bytearray(archive.read_bytes())
    content[-30_000] ^= 0xFF
    archive.write_bytes(bytes(content))
    refused = congvu(other, "restore", str(archive))
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    with psycopg.connect(Cluster(other).url("congvu_owner")) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_a_password_never_stands_among_the_arguments(monkeypatch):
    from congvu.boot import backup

    asked = []

    def run(command, **given):
        asked.append((command, given["env"]["PGPASSWORD"]))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(backup.subprocess, "run", run)
    backup._run("pg_dump", database="postgresql://chu:mat-khau@127.0.0.1:5433/congvu")
    ((command, password),) = asked
    assert password == "mat-khau"
    assert not any("mat-khau" in word for word in command)
    assert any("host=127.0.0.1" in word and "port=5433" in word for word in command)
