"""A program outside as tests use it: a machine login in a post, a token, and a client that carries it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from congvu.common.actor import SYSTEM, Actor
from congvu.ground.accounts import services as accounts
from congvu.ground.accounts.types import SCOPES
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs import services
from congvu.ground.orgs.types import UnitView

BASE = "/api/v1/"


@dataclass
class Caller:
    """One token in use; ``get`` and ``post`` speak JSON."""

    user: int
    position: int
    token: int
    secret: str
    client: Client = field(default_factory=Client)

    @property
    def actor(self) -> Actor:
        return orgs.machine_actor(self.user, self.position)

    def get(self, path: str, query: dict[str, Any] | None = None):
        return self.client.get(BASE + path, query or {}, headers=self._headers())

    def post(self, path: str, body: Any = None, **headers: str):
        sent = "" if body is None else body
        return self.client.post(BASE + path, sent, content_type="application/json", headers=self._headers(**headers))

    def upload(self, content: bytes, name: str = "to-khai.pdf", **more: Any):
        from django.core.files.uploadedfile import SimpleUploadedFile

        return self.client.post(
            BASE + "files", {"file": SimpleUploadedFile(name, content), **more}, headers=self._headers()
        )

    def _headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in more.items()
        }


def machine(unit: UnitView, *roles: str) -> tuple[int, int]:
    """A machine login in a post of its own: user and position."""
    user = accounts.open_machine_login(SYSTEM, f"may-{uuid4().hex[:8]}", full_name="Phần mềm hộ tịch Yên Khê")
    position = services.create_position(SYSTEM, unit.id, "Kết nối phần mềm", roles, valid_from=date(2025, 7, 1))
    services.assign(SYSTEM, position, user, valid_from=date(2026, 1, 1))
    return user, position


def caller(unit_key: str, *roles: str, scopes: tuple[str, ...] = tuple(SCOPES), per_minute: int = 100_000) -> Caller:
    user, position = machine(orgs.unit_by_key(unit_key), *roles)
    made = services.issue_token(
        SYSTEM, position, user, name="Kết nối thử", scopes=scopes, per_minute=per_minute,
        expires_at=timezone.now() + timedelta(days=30),
    )  # fmt: skip
    return Caller(user, position, made.id, made.secret)


def filing(code: str = "1.004873", **values: Any) -> dict[str, Any]:
    """The body of a filing that is taken."""
    applicant = {"full_name": "Trần Thị Lan", "personal_id": "099188000123", "phone": "0900 000 147"}
    body = {"procedure": code, "applicant": applicant, "papers": [{"name": "Tờ khai", "originals": 1}]}
    return body | values


def fields(response) -> dict[str, str]:
    """Field to code of a problem document."""
    assert response["Content-Type"] == "application/problem+json; charset=utf-8"
    return {line["field"]: line["code"] for line in response.json()["problems"]}
