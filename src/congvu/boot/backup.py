"""Backup and restore: database and files in one archive that proves itself.

The archive is a tar of ``manifest.json`` (version, time, checksums), ``database.dump`` (custom format of
pg_dump) and ``files/``. The dump is made first: a file uploaded meanwhile is one too many, never one missing.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from congvu.boot.postgres import find_binaries

MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
FORMAT = 1
LAST = "last-backup"


class BackupError(RuntimeError):
    """The archive cannot be written or taken; the text says why. On restore nothing was changed."""


def backup(target: Path) -> dict[str, Any]:
    """Write the archive. The target appears only when it is complete. Raises BackupError."""
    from congvu.boot.settings import FILES_ROOT, OWNER_URL

    if target.is_dir() or not target.parent.is_dir():
        raise BackupError(f"{target}: name a file in a directory that exists")
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    with _removed_on_failure(partial), tempfile.TemporaryDirectory(prefix="congvu-backup-") as scratch:
        dump = Path(scratch) / DUMP
        _run(
            "pg_dump",
            "--format=custom",
            "--schema=public",
            "--no-owner",
            "--no-privileges",
            f"--file={dump}",
            database=OWNER_URL,
        )
        entries = {DUMP: dump, **{f"{FILES}/{path.relative_to(FILES_ROOT)}": path for path in _files(FILES_ROOT)}}
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "sha256": {name: _digest(path) for name, path in entries.items()},
        }
        with tarfile.open(partial, "w") as archive:
            partial.chmod(0o600)
            _add_bytes(archive, MANIFEST, json.dumps(manifest).encode())
            for name, path in entries.items():
                archive.add(path, arcname=name, recursive=False)
        with partial.open("rb") as handle:
            os.fsync(handle.fileno())
        partial.replace(target)
    return {"file": str(target), "bytes": target.stat().st_size, "files": len(entries) - 1}


@contextlib.contextmanager
def _removed_on_failure(partial: Path) -> Iterator[None]:
    """A backup that fails or is interrupted leaves no half archive. Raises BackupError for a disk that refuses."""
    try:
        yield
    except OSError as error:
        raise BackupError(f"the backup cannot be written: {error}") from error
    finally:
        partial.unlink(missing_ok=True)


def note_backup() -> None:
    """Leave the time of the last complete backup where ``congvu check --deploy`` looks for it."""
    from congvu.boot.settings import CONFIG

    CONFIG.home.joinpath(LAST).write_text(datetime.now(UTC).isoformat(timespec="seconds"), encoding="ascii")


def restore(source: Path) -> dict[str, Any]:
    """Fill an empty database and an empty file store from an archive. Raises BackupError; then nothing is changed."""
    from congvu.boot.settings import FILES_ROOT, OWNER_URL

    _require_empty(OWNER_URL, FILES_ROOT)
    with tempfile.TemporaryDirectory(prefix="congvu-restore-") as scratch:
        root = Path(scratch)
        _unpack(source, root)
        manifest = _manifest(root)
        _check(manifest, root)
        contents = root / "contents.txt"
        listed = _run("pg_restore", "--list", str(root / DUMP)).splitlines()
        contents.write_text("\n".join(line for line in listed if " SCHEMA - public " not in line), encoding="utf-8")
        with _files_in_place(root / FILES, FILES_ROOT):
            _run(
                "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                f"--use-list={contents}", str(root / DUMP), database=OWNER_URL,
            )  # fmt: skip
    return {"made_at": manifest["made_at"], "files": len(manifest["sha256"]) - 1, **_came_back(OWNER_URL)}


def _came_back(url: str) -> dict[str, int]:
    """How many records and entries of the trail the database has after a restore: what the report says."""
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT (SELECT count(*) FROM records_record), (SELECT count(*) FROM audit_entry)")
        records, trail = row.fetchone() or (0, 0)
    return {"records": records, "trail": trail}


@contextlib.contextmanager
def _files_in_place(source: Path, target: Path) -> Iterator[None]:
    """The files first, the rows that speak of them last; when that fails the store is as empty as before."""
    try:
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        yield
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise BackupError(f"the files cannot be written: {error}") from error
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _require_empty(url: str, files: Path) -> None:
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if row is None or row[0]:
        raise BackupError(
            "the database is not empty; restore goes into an empty one (set CONGVU_HOME to a new directory)"
        )
    if any(_files(files)):
        raise BackupError(f"{files} is not empty; restore goes into an empty one")


def _unpack(source: Path, root: Path) -> None:
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                _take_out(archive, member, root)
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{source} is not a readable backup: {error}") from error
    if not (root / MANIFEST).is_file() or not (root / DUMP).is_file():
        raise BackupError(f"{source} is not a backup of this program")


def _take_out(archive: tarfile.TarFile, member: tarfile.TarInfo, root: Path) -> None:
    """One entry, with plain rights. (The ``filter`` of ``extractall`` is not in every Python 3.11.)

    Raises BackupError for a link, a device or a path that leads outside.
    """
    content = archive.extractfile(member) if member.isreg() else None
    path = PurePosixPath(member.name)
    if content is None or path.is_absolute() or ".." in path.parts:
        raise BackupError(f"{member.name!r} does not belong into a backup of this program")
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("xb") as out:
        shutil.copyfileobj(content, out)


def _manifest(root: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    except ValueError as error:
        raise BackupError(f"the backup is damaged: {MANIFEST} cannot be read") from error
    if not isinstance(manifest, dict):
        raise BackupError(f"the backup is damaged: {MANIFEST} cannot be read")
    return manifest


def _check(manifest: dict[str, Any], root: Path) -> None:
    """Every entry is as it was written, and there is no other."""
    if manifest.get("format") != FORMAT:
        raise BackupError(f"the backup has format {manifest.get('format')}, this version reads {FORMAT}")
    entries = manifest.get("sha256")
    if not isinstance(entries, dict) or "made_at" not in manifest:
        raise BackupError(f"the backup is damaged: {MANIFEST} is not complete")
    found = {str(path.relative_to(root)) for path in _files(root)} - {MANIFEST}
    if strangers := sorted(found - set(entries)):
        raise BackupError(f"the backup holds what it does not list: {strangers[0]}")
    for name, digest in entries.items():
        if not (root / name).is_file() or _digest(root / name) != digest:
            raise BackupError(f"the backup is damaged: {name} is missing or changed")


def _files(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from sorted(path for path in root.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def _run(program: str, *arguments: str, database: str = "") -> str:
    """What the program prints. The database's password goes by the environment: arguments are seen by everybody."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    environment, address = dict(os.environ), []
    if database:
        parts = conninfo_to_dict(database)
        environment["PGPASSWORD"] = str(parts.pop("password", None) or "")
        address = [f"--dbname={make_conninfo(**{key: str(value) for key, value in parts.items()})}"]
    command = [str(find_binaries() / program), *address, *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if result.returncode != 0:
        raise BackupError(f"{program} failed: {result.stderr.strip()}")
    return result.stdout
