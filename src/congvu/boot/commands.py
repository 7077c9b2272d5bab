"""Commands of the launcher: the database, migrations and, for developers, Django's own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from congvu.boot import postgres
from congvu.boot.config import load


def register(commands: Any) -> None:
    database = commands.add_parser("db", help="start, stop or ask the local database")
    database.add_argument("verb", choices=["start", "stop", "status"])
    database.add_argument("--json", action="store_true")
    database.set_defaults(run=_db, needs_django=False)
    migrate = commands.add_parser("migrate", help="bring the database to this version and set the roles' rights")
    migrate.set_defaults(run=_migrate, needs_owner=True)
    up = commands.add_parser("up", help="run everything on this machine: database, web, worker")
    up.add_argument("--demo", action="store_true", help="with the invented province Bình Lam and its demo accounts")
    up.add_argument("--port", type=_port, default=8000)
    up.add_argument("--json", action="store_true", help="once it answers, one line with address and demo accounts")
    up.set_defaults(run=_up, needs_django=False)
    prepare = commands.add_parser("prepare", help="migrate and load what every installation needs")
    prepare.add_argument("--demo", action="store_true")
    prepare.set_defaults(run=_prepare, needs_owner=True)
    web = commands.add_parser("web", help="serve HTTP")
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=_port, default=8000)
    web.add_argument("--workers", type=_count, default=1)
    web.add_argument("--json", action="store_true", help="one line with the address, before serving")
    web.set_defaults(run=_web, needs_django=False)
    worker = commands.add_parser("worker", help="run background jobs")
    worker.add_argument("--concurrency", type=_count, default=4)
    worker.add_argument("--json", action="store_true", help="one line when it begins")
    worker.set_defaults(run=_worker)
    idp = commands.add_parser("idp", help="serve the demo's identity provider (only in a demo on this machine)")
    idp.add_argument("--port", type=_port, default=8001)
    idp.set_defaults(run=_idp, needs_django=False)
    for verb, words in (
        ("backup", "database and files into one archive"),
        ("restore", "an archive into an empty database"),
    ):
        command = commands.add_parser(verb, help=words)
        command.add_argument("file", type=Path)
        command.add_argument("--json", action="store_true")
        command.set_defaults(run=_backup if verb == "backup" else _restore, needs_owner=True)
    demo = commands.add_parser("demo", help="the invented province, for trying out and for measuring")
    demo.add_argument("verb", choices=["load"])
    demo.add_argument("--size", type=_count, default=240, help="how many dossiers there shall be")
    demo.add_argument("--json", action="store_true")
    demo.set_defaults(run=_demo, needs_django=False)
    check = commands.add_parser("check", help="say what is wrong with this installation")
    check.add_argument("--deploy", action="store_true", help="also what must not be so where real people are served")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check, needs_django=False)
    messages = commands.add_parser("messages", help="for developers: bring locale/en of every room up to the source")
    messages.add_argument("--check", action="store_true", help="write nothing; only say what is out of date or open")
    messages.set_defaults(run=_messages, needs_django=False)
    django = commands.add_parser("django", help="run a Django management command as the owner of the tables")
    django.add_argument("arguments", nargs=argparse.REMAINDER)
    django.set_defaults(run=_django, needs_owner=True)


def _db(options: argparse.Namespace) -> int:
    from congvu.boot.cli import emit

    config = load()
    if not config.local_database:
        raise RuntimeError("this installation uses DATABASE_URL; there is no local database to manage")
    cluster = postgres.Cluster(config.home)
    if options.verb == "start":
        postgres.start(cluster)
    if options.verb == "stop":
        postgres.stop(cluster)
    running = postgres.is_running(cluster)
    state = {"running": running, "pid": postgres.server_pid(cluster), "socket": str(cluster.socket)}
    emit(state, as_json=options.json, text=f"{'running' if running else 'stopped'} {cluster.socket}")
    return 0 if running or options.verb != "status" else 3


def _up(options: argparse.Namespace) -> int:
    from congvu.boot.up import up

    return up(demo=options.demo, port=options.port, as_json=options.json)


def _prepare(options: argparse.Namespace) -> int:
    from congvu.boot.prepare import prepare

    prepare(demo=options.demo)
    return 0


def _web(options: argparse.Namespace) -> int:
    from congvu.boot.cli import emit
    from congvu.boot.serve import web

    if options.json:
        emit({"url": f"http://{options.host}:{options.port}", "workers": options.workers}, as_json=True)
    web(host=options.host, port=options.port, workers=options.workers)
    return 0


def _idp(options: argparse.Namespace) -> int:
    from congvu.boot.idp.server import serve

    serve(options.port)
    return 0


def _worker(options: argparse.Namespace) -> int:
    from congvu.boot.cli import emit
    from congvu.boot.serve import worker

    if options.json:
        emit({"concurrency": options.concurrency}, as_json=True)
    worker(concurrency=options.concurrency)
    return 0


def _backup(options: argparse.Namespace) -> int:
    from congvu.boot.backup import backup, note_backup
    from congvu.boot.cli import emit

    done = backup(options.file)
    note_backup()
    emit(done, as_json=options.json, text=f"{done['file']}: {done['bytes']} bytes, {done['files']} files")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from congvu.boot.backup import restore
    from congvu.boot.cli import emit
    from congvu.boot.migrations import migrate

    done = restore(options.file)
    migrate()
    what = f"{done['files']} files, {done['records']} records, {done['trail']} entries of the trail"
    emit(done, as_json=options.json, text=f"restored the backup of {done['made_at']}: {what}")
    return 0


def _count(text: str) -> int:
    """A whole number from 1 up, or the error argparse turns into usage."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 up")
    return number


def _port(text: str) -> int:
    """A port a program may ask for; the next one must exist too, for the demo's identity provider."""
    number = int(text)
    if not 1 <= number < 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port (1 to 65534)")
    return number


def _demo(options: argparse.Namespace) -> int:
    from congvu.boot.demo.command import load

    return load(size=options.size, as_json=options.json)


def _check(options: argparse.Namespace) -> int:
    from congvu.boot.check import check

    return check(deploy=options.deploy, as_json=options.json)


def _messages(options: argparse.Namespace) -> int:
    from congvu.boot import messages

    stale = messages.stale() if options.check else messages.refresh()
    for path in stale:
        print(f"{'out of date' if options.check else 'written'}: {path.relative_to(messages.ROOT)}")
    ends = messages.open_ends()
    print(*ends, f"{len(ends)} open", sep="\n")
    return 1 if ends or (options.check and stale) else 0


def _migrate(_options: argparse.Namespace) -> int:
    from congvu.boot.migrations import migrate

    migrate()
    return 0


def _django(options: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["congvu django", *options.arguments])
    return 0
