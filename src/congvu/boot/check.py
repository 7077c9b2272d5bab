"""``congvu check``: what is wrong with this installation, in words; with ``--deploy`` what must not be in service.

An *error* blocks (exit 1); a *warning* is something to know. Nothing is changed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from congvu.boot.config import Config, load, loopback

BACKUP_AGE = timedelta(days=2)
SHORT_KEY = 50
_SECRETS = (
    "CONGVU_SECRET_KEY", "CONGVU_IDENTITY_CLIENT_SECRET", "DATABASE_URL", "CONGVU_OWNER_DATABASE_URL",
    "CONGVU_EMAIL_URL",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """``level`` is ``error`` or ``warning``; ``code`` stays the same when the words change."""

    level: str
    code: str
    message: str


def error(code: str, message: str) -> Problem:
    return Problem("error", code, message)


def warning(code: str, message: str) -> Problem:
    return Problem("warning", code, message)


def check(*, deploy: bool, as_json: bool) -> int:
    """Print what was found. Returns 1 if anything blocks."""
    from congvu.boot.cli import emit

    found = list(problems(deploy=deploy))
    blocking = [problem for problem in found if problem.level == "error"]
    answer = {"ok": not blocking, "problems": [asdict(problem) for problem in found]}
    text = "\n".join(f"{problem.level:<8}{problem.code:<20} {problem.message}" for problem in found)
    emit(answer, as_json=as_json, text=text or "nothing found")
    return 1 if blocking else 0


def problems(*, deploy: bool) -> Iterator[Problem]:
    """All that is found: first the settings, then the database, if it answers."""
    config = load()
    if deploy:
        yield from settings_problems(config)
        yield from home_problems(config)
    reached = list(_unreachable())
    yield from reached
    if not reached:
        yield from database_problems(deploy=deploy)


def settings_problems(config: Config) -> Iterator[Problem]:
    """What the environment says and must not say in service."""
    if config.demo:
        yield error("demo", "CONGVU_DEMO is on: anybody at this machine can sign in as an invented person. Unset it.")
    if config.debug:
        yield error("debug", "CONGVU_DEBUG is on: error pages show the inside of the program. Unset it.")
    address = urlsplit(config.base_url)
    if address.scheme != "https":
        yield error("base-url", f"CONGVU_BASE_URL is {config.base_url}: passwords travel unprotected. Use https.")
    elif not config.proxies:
        yield error("proxies", "CONGVU_PROXIES is not set: behind the TLS proxy all callers would share one address.")
    public = [host for host in config.allowed_hosts if not loopback(host)]
    if not public:
        yield error("hosts", "CONGVU_HOSTS names only this machine: nobody else can reach the program. Name its host.")
    if "*" in public:
        yield error("hosts-any", "CONGVU_HOSTS contains *: a forged address would be believed. Name the hosts.")
    if len(config.secret_key) < SHORT_KEY:
        yield error("secret-short", f"the secret key has fewer than {SHORT_KEY} characters: make a longer one.")
    if config.pkcs12:
        yield error("signing-keys", "CONGVU_SIGNING_PKCS12 is on: keys in files could sign. Unset it.")
    if not config.email_url:
        yield warning("email", "CONGVU_EMAIL_URL is not set: messages stay inside the program.")
    yield from _identity_problems(config)


def _identity_problems(config: Config) -> Iterator[Problem]:
    identity = config.identity
    if identity is None:
        yield warning("identity", "CONGVU_IDENTITY_URL is not set: citizens cannot sign in.")
    elif not config.demo and urlsplit(identity.url).scheme != "https":
        yield error("identity-http", f"the identity service is {identity.url}: who is who could be forged. Use https.")


def home_problems(config: Config, *, now: datetime | None = None) -> Iterator[Problem]:
    """Secrets that others on the machine could read, and a database nobody backs up."""
    named = (os.environ.get(f"{name}_FILE") for name in _SECRETS)
    for path in (config.home / "secret-key", *(Path(name) for name in named if name)):
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield error("secret-readable", f"{path} can be read by other users of this machine: chmod 600 it.")
    yield from _backup_problems(config, now or datetime.now(UTC))


def _backup_problems(config: Config, now: datetime) -> Iterator[Problem]:
    from congvu.boot.backup import LAST

    say = error if config.local_database else warning
    path = config.home / LAST
    if not path.exists():
        yield say("backup", "no backup has been made: run `congvu backup FILE` every day and keep it elsewhere.")
        return
    made = datetime.fromisoformat(path.read_text(encoding="ascii").strip())
    if now - made > BACKUP_AGE:
        yield warning("backup-old", f"the last backup is of {made:%Y-%m-%d %H:%M} UTC: is the daily one still running?")


def _unreachable() -> Iterator[Problem]:
    """Start and ask the database; yields why it does not answer."""
    from django.db import Error, connection

    from congvu.boot.cli import prepare

    try:
        prepare()
        connection.ensure_connection()
    except (RuntimeError, Error) as reason:
        yield error("database", f"the database does not answer: {reason}")


def database_problems(*, deploy: bool) -> Iterator[Problem]:
    """Migrations and trail always; roles, demo data and the catalogue for service."""
    waiting = _unapplied()
    if waiting:
        yield error("migrations", f"{waiting} migrations are not applied: run `congvu migrate`.")
        return
    yield from _trail_problems()
    if deploy:
        yield from _role_problems()
        yield from _content_problems()
        yield from _scanner_problems()


def _unapplied() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _trail_problems() -> Iterator[Problem]:
    from congvu.ground.audit import services as audit

    verdict = audit.verify()
    if not verdict.intact:
        yield error("trail", f"the audit trail does not hold (`congvu audit verify`): {'; '.join(verdict.broken[:3])}")


def _role_problems() -> Iterator[Problem]:
    from django.db import connection
    from psycopg.conninfo import conninfo_to_dict

    from congvu.boot.migrations import APPEND_ONLY
    from congvu.boot.settings import APPLICATION_URL, OWNER_URL

    role = str(conninfo_to_dict(APPLICATION_URL).get("user") or "")
    if role == conninfo_to_dict(OWNER_URL).get("user"):
        yield error("roles", "the program connects as the owner of the tables: set CONGVU_OWNER_DATABASE_URL apart.")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name"
            " WHERE has_table_privilege(%s, name, 'UPDATE, DELETE, TRUNCATE')",
            [list(APPEND_ONLY), role],
        )
        open_tables = [name for (name,) in cursor.fetchall()]
    if open_tables:
        yield error("trail-rights", f"{role} may rewrite {', '.join(open_tables)}: run `congvu migrate`.")


def _content_problems() -> Iterator[Problem]:
    from congvu.boot.demo.organisation import PROVINCE_KEY
    from congvu.domains.procedures import selectors as procedures
    from congvu.domains.procedures.steps import NO_TIME
    from congvu.ground.orgs import selectors as orgs

    roots = [unit.key for unit in orgs.authorities()]
    if PROVINCE_KEY in roots:
        yield error("demo-data", "the invented province is loaded, with logins whose password is public: start anew.")
    if not roots:
        yield error("units", "there is no unit yet: nobody can work.")
    report = procedures.runnable_report()
    count = sum(len(codes) for reason, codes in report.blocked.items() if reason == NO_TIME)
    if count:
        yield warning("time", f"{count} of {report.total} procedures have no time limit and cannot be used: set them.")


def _scanner_problems() -> Iterator[Problem]:
    from congvu.ground.files import scanner

    at = scanner.address()
    if at is None:
        yield warning("clamd", "no clamd on this machine: uploaded files are not scanned, and pages say so.")
    elif not Path(at).is_socket():
        yield warning("clamd", f"CONGVU_CLAMD is {at}, and no scanner listens there: uploaded files wait unscanned.")
