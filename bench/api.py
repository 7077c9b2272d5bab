"""A program outside that files over the API: the file first, then the dossier that names it."""

from __future__ import annotations

import io
import os
import time
from datetime import timedelta
from uuid import uuid4

import orjson
import pikepdf
from django.utils import timezone

from bench.web import Web
from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import local_date
from congvu.ground.accounts import services as accounts
from congvu.ground.accounts.types import SCOPES
from congvu.ground.orgs import services as orgs

FILE_BYTES = 100 * 1024


def token(unit: int) -> str:
    """The secret of a program that works at the counter of the unit."""
    today = local_date(timezone.now())
    user = accounts.open_machine_login(SYSTEM, f"do-luong-{uuid4().hex[:8]}", full_name="Phần mềm đo lường")
    position = orgs.create_position(SYSTEM, unit, "Kết nối đo lường", ("clerk",), valid_from=today)
    orgs.assign(SYSTEM, position, user, valid_from=today)
    expires = timezone.now() + timedelta(days=1)
    made = orgs.issue_token(
        SYSTEM, position, user, name="Đo lường", scopes=tuple(SCOPES), per_minute=100_000, expires_at=expires
    )
    return made.secret


def file_dossiers(web: Web, clerk: Actor, procedure: str, count: int) -> list[float]:
    """Milliseconds of each filing, both requests together. Raises AssertionError for one that is refused."""
    if clerk.unit_id is None:
        raise AssertionError("the clerk has no unit")
    secret = {"Authorization": f"Bearer {token(clerk.unit_id)}"}
    applicant = {"full_name": "Trần Thị Đo Lường", "personal_id": "099188000999", "phone": "0900000999"}
    times = []
    for _ in range(count):
        content, key = pdf(), uuid4().hex
        start = time.perf_counter()
        file = _ask(web, "files", _multipart(content, key), secret | _kind(f"multipart/form-data; boundary={key}"))
        papers = [{"name": "Tờ khai", "originals": 1, "file": file["id"]}]
        body = orjson.dumps({"procedure": procedure, "applicant": applicant, "papers": papers})
        _ask(web, "dossiers", body, secret | _kind("application/json") | {"Idempotency-Key": key})
        times.append((time.perf_counter() - start) * 1000)
    return times


def _kind(media: str) -> dict[str, str]:
    return {"Content-Type": media}


def _ask(web: Web, path: str, body: bytes, headers: dict[str, str]) -> dict[str, str]:
    status, answer = web.call("POST", f"/api/v1/{path}", body, headers)
    if status != 201:
        raise AssertionError(f"{path} answered {status}: {answer[:400]!r}")
    told: dict[str, str] = orjson.loads(answer)
    return told


def _multipart(content: bytes, boundary: str) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="to-khai.pdf"\r\n'
    return f"{head}Content-Type: application/pdf\r\n\r\n".encode() + content + f"\r\n--{boundary}--\r\n".encode()


def pdf() -> bytes:
    """A file nobody has seen yet."""
    out, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    document.pages[0].Contents = document.make_stream(b"% " + os.urandom(FILE_BYTES // 2).hex().encode())
    document.save(out, compress_streams=False)
    return out.getvalue()
