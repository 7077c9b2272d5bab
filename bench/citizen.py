"""A citizen who files over the portal with the general form, page by page, as a browser without script does."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import uuid4

import lxml.html
from django.db import transaction
from django.test import Client

from bench.api import pdf
from bench.web import CSRF, Web
from congvu.ground.accounts import services as accounts
from congvu.ground.accounts.models import User

MOST_PAGES = 20


def signed_in() -> str:
    """The session of a citizen."""
    number = "099188000998"
    with transaction.atomic():
        subject = accounts.person(personal_id=number, full_name="Trần Thị Đo Lường", phone="0900000998")
    user, _new = User.objects.get_or_create(
        username=f"cd-{number}", defaults={"kind": "citizen", "subject_id": subject.id, "full_name": subject.full_name}
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client.cookies["sessionid"].value


@dataclass
class Journey:
    """One filing; ``requests`` counts what went over the wire."""

    web: Web
    session: str
    content: bytes
    requests: int = 0
    address: str = ""

    def go(self, procedure: str, authority: int) -> float:
        """Milliseconds from opening the form to the tracking page. Raises AssertionError where the way ends."""
        start = time.perf_counter()
        page = self._get(f"/thu-tuc/{procedure}/nop")
        page = self._post(page, {"authority": str(authority)})
        for _turn in range(MOST_PAGES):
            if self.address.endswith("/da-gui"):
                self._get(self.address.removesuffix("/da-gui"))
                return (time.perf_counter() - start) * 1000
            page = self._post(page, {})
        raise AssertionError(f"the journey does not end: {self.address}")

    def _get(self, address: str) -> str:
        return self._follow(*self._call("GET", address, b"", ""))

    def _post(self, page: str, fixed: dict[str, str]) -> str:
        form = [f for f in lxml.html.fromstring(page).xpath("//main//form") if f.method == "POST"][-1]
        boundary = uuid4().hex
        body = b"".join(self._part(boundary, name, value) for name, value in (_answers(form) | fixed).items())
        return self._follow(
            *self._call("POST", form.action or self.address, body + f"--{boundary}--\r\n".encode(), boundary)
        )

    def _part(self, boundary: str, name: str, value: str | None) -> bytes:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if value is None:
            kind = '; filename="giay.pdf"\r\nContent-Type: application/pdf'
            return f"{head}{kind}\r\n\r\n".encode() + self.content + b"\r\n"
        return f"{head}\r\n\r\n{value}\r\n".encode()

    def _call(self, method: str, address: str, body: bytes, boundary: str) -> tuple[int, bytes, str]:
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
        if boundary:
            headers["Content-Type"] = f"multipart/form-data; boundary={boundary}"
        self.requests += 1
        self.address = address
        status, answer = self.web.call(method, address, body, headers)
        return status, answer, self.web.location

    def _follow(self, status: int, answer: bytes, location: str) -> str:
        while status == 302:
            status, answer, location = self._call("GET", location.partition("#")[0], b"", "")
        if status != 200:
            said = lxml.html.fromstring(answer).xpath("//*[@class='cv-errsum']//li")
            raise AssertionError(f"{self.address} answered {status}: {[line.text_content() for line in said]}")
        return answer.decode()


def _answers(form: lxml.html.FormElement) -> dict[str, str | None]:
    """Something for every box; None stands for the file, which is sent once."""
    found: dict[str, str | None] = {}
    for box in form.xpath(".//input|.//select|.//textarea"):
        name, kind = box.get("name"), box.get("type", "")
        if not name or name in found:
            continue
        if kind == "file":
            if None not in found.values():
                found[name] = None
        elif box.tag == "select":
            found[name] = next((o.get("value") for o in box.xpath(".//option") if o.get("value")), "")
        elif box.tag == "textarea":
            found[name] = box.text or "Đề nghị giải quyết theo quy định"
        else:
            found[name] = box.get("value") or "Thôn Đông"
    return found


def journeys(web: Web, procedure: str, authority: int, count: int) -> tuple[list[float], int]:
    """The times of several filings, and how many requests one takes."""
    session = signed_in()
    times, requests = [], 0
    for _ in range(count):
        journey = Journey(web, session, pdf())
        times.append(journey.go(procedure, authority))
        requests = journey.requests
    return times, requests
