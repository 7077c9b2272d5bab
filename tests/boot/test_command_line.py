"""The command as a process of its own: new homes, two at once, one JSON value whatever happens, no half work."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import psycopg
import pytest

from congvu.boot import cli
from congvu.boot.postgres import Cluster


def begin(home, *arguments, **environment):
    env = {k: v for k, v in os.environ.items() if not k.startswith("CONGVU_") and k != "DATABASE_URL"}
    command = [sys.executable, "-c", "from congvu.boot.cli import main; raise SystemExit(main())", *arguments]
    # A suite that was started in the background hands down that Ctrl-C is ignored; who sits at a terminal is not.
    return subprocess.Popen(
        command, env=env | {"CONGVU_HOME": str(home), **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def congvu(home, *arguments, **environment):
    """Exit code, the JSON value on stdout, the words on stderr."""
    process = begin(home, *arguments, **environment)
    out, err = process.communicate(timeout=120)
    return process.returncode, json.loads(out), err.decode()


def stop(home):
    begin(home, "db", "stop").communicate()


@pytest.fixture
def new(tmp_path):
    yield tmp_path / "new"
    stop(tmp_path / "new")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A database with all its tables, and nothing else."""
    place = tmp_path_factory.mktemp("home") / "one"
    assert congvu(place, "audit", "verify", "--json")[0] == 0
    yield place
    stop(place)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A database without tables, as a backup is restored into."""
    place = tmp_path_factory.mktemp("bare") / "one"
    assert congvu(place, "db", "start", "--json")[0] == 0
    yield place
    stop(place)


def test_two_commands_at_once_on_a_new_home_share_one_database_and_one_key(new):
    one, two = (begin(new, "audit", "verify", "--json") for _ in range(2))
    answers = [json.loads(process.communicate(timeout=120)[0]) for process in (one, two)]
    assert (one.returncode, two.returncode) == (0, 0)
    assert [answer["intact"] for answer in answers] == [True, True]
    assert [path.name for path in new.glob("*secret-key*")] == ["secret-key"]
    assert (new / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_database_of_an_older_program_is_migrated_by_the_next_command(home):
    url = Cluster(home).url("congvu_owner")
    with psycopg.connect(url) as connection:
        connection.execute("DROP TABLE django_cache")
    assert congvu(home, "audit", "verify", "--json")[0] == 0
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regclass('django_cache') IS NOT NULL").fetchone() == (True,)


@pytest.mark.parametrize(
    ("arguments", "code", "kind"),
    [
        (("--json",), 2, "usage"),
        (("worktime", "due", "--json"), 2, "usage"),
        (("up", "--port", "0", "--json"), 2, "usage"),
        (("demo", "load", "--size", "0", "--json"), 2, "usage"),
        (("audit", "verify", "--json"), 1, "failed"),
    ],
)
def test_refusals_are_one_json_value_too(tmp_path, arguments, code, kind):
    """A database that does not answer is a failure in words, not a traceback."""
    nowhere = "postgresql://nobody@/nothing?host=/nonexistent"
    found, answer, err = congvu(tmp_path, *arguments, DATABASE_URL=nowhere, CONGVU_OWNER_DATABASE_URL=nowhere)
    assert (found, answer["code"], answer["problems"]) == (code, kind, [])
    assert answer["error"] in err
    assert "Traceback" not in err


def test_bytes_that_are_no_text_are_refused_in_words(home):
    code, answer, _ = congvu(home, "worktime", "due", b"\xff", "3wd", "--json")
    assert (code, [problem["field"] for problem in answer["problems"]]) == (1, ["start"])


def test_a_home_that_cannot_be_written_is_said_in_words(tmp_path):
    (tmp_path / "file").write_text("")
    code, answer, err = congvu(tmp_path / "file" / "home", "db", "start", "--json")
    assert (code, answer["code"]) == (1, "failed")
    assert "Traceback" not in err


def test_a_backup_that_cannot_be_written_leaves_nothing(home, tmp_path):
    for target in (tmp_path / "none" / "a.cvb", tmp_path):
        code, answer, _ = congvu(home, "backup", str(target), "--json")
        assert (code, answer["error"]) == (1, f"{target}: name a file in a directory that exists")
    assert list(tmp_path.iterdir()) == []


def _archive(path, **entries):
    source = path.with_suffix(".source")
    source.mkdir()
    with tarfile.open(path, "w") as archive:
        for name, content in entries.items():
            (source / name).write_text(content)
            archive.add(source / name, arcname=name.replace("_", "."))
    return path


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"manifest_json": "{", "database_dump": ""},
        {"manifest_json": "[]", "database_dump": ""},
        {"manifest_json": '{"format": 1}', "database_dump": ""},
        {"manifest_json": '{"format": 1, "made_at": "", "sha256": {}}', "database_dump": ""},
    ],
)
def test_a_foreign_archive_is_refused_and_changes_nothing(bare, tmp_path, entries):
    code, answer, err = congvu(bare, "restore", str(_archive(tmp_path / "a.tar", **entries)), "--json")
    assert (code, answer["code"], "Traceback" in err) == (1, "failed", False)
    assert not (bare / "files").exists()
    with psycopg.connect(Cluster(bare).url("congvu_owner")) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


@pytest.mark.parametrize("kind", ["outside", "link"])
def test_an_archive_that_reaches_outside_is_refused(bare, tmp_path, kind):
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        entry = tarfile.TarInfo("../../outside" if kind == "outside" else "files")
        if kind == "link":
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc"
        archive.addfile(entry)
    code, answer, _ = congvu(bare, "restore", str(tmp_path / "a.tar"), "--json")
    assert code == 1
    assert "does not belong" in answer["error"]


def test_rows_that_cannot_be_restored_take_the_files_away_again(home, new, tmp_path):
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "abc").write_bytes(b"noi dung")
    archive = tmp_path / "a.cvb"
    assert congvu(home, "backup", str(archive), "--json")[1]["files"] == 1
    assert congvu(new, "db", "start", "--json")[0] == 0
    with psycopg.connect(Cluster(new).url("congvu_owner")) as connection:
        connection.execute("CREATE VIEW audit_entry AS SELECT 1")  # no table, yet in the way
    code, answer, _ = congvu(new, "restore", str(archive), "--json")
    assert code == 1
    assert "audit_entry" in answer["error"]
    assert not (new / "files").exists()


def _ready_to_be_ended(process):
    """The command has taken over what happens when it is ended: before, the system ends it."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        caught = int(re.search(r"^SigCgt:\s*(\w+)", status.read_text(), re.M)[1], 16)
        if caught >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_ends_in_words_and_writes_nothing(home, number):
    process = begin(home, "procedures", "import", "-", "--json")
    _ready_to_be_ended(process)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[number]
    assert b"Traceback" not in err
    assert number == signal.SIGTERM or json.loads(out)["code"] == "interrupted"
    assert congvu(home, "procedures", "report", "--json")[1]["total"] == 0


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for command in ("up", "web", "worker", "db", "demo", "procedures", "worktime", "bpmn", "audit", "backup", "check"):
        assert f"\n    {command} " in text or f"\n    {command}\n" in text
