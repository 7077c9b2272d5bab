"""The demo identity provider as its own process, and a browser that walks through its pages."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import requests
from django.conf import settings

from congvu.boot.config import demo_client_secret, load

PROGRAM = "http://127.0.0.1:8600"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running() -> Iterator[str]:
    """The address of a fresh provider that knows the program at ``PROGRAM``."""
    port = free_port()
    code = f"from congvu.boot.idp.server import serve; serve({port})"
    environment = {**os.environ, "CONGVU_DEMO": "1", "CONGVU_BASE_URL": PROGRAM, "CONGVU_IDP_CODE_SECONDS": "5"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    child = subprocess.Popen([sys.executable, "-c", code], env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, child)
        yield address
    finally:
        child.terminate()
        child.wait(10)


def _wait(address: str, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise RuntimeError(f"the identity provider ended with {child.returncode}")
        try:
            requests.get(address, timeout=2)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise RuntimeError("the identity provider does not answer")


def provider_settings(address: str) -> dict[str, object]:
    """``SOCIALACCOUNT_PROVIDERS`` for a provider at that address."""
    app = {
        "provider_id": "dinh-danh", "name": "VNeID", "client_id": "congvu-demo",
        "secret": demo_client_secret(load().secret_key),
        "settings": {"server_url": address, "token_auth_method": "client_secret_basic"},
    }  # fmt: skip
    own = {key: value for key, value in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"].items() if key != "APPS"}
    return {"openid_connect": {**own, "APPS": [app]}}


class Visitor:
    """A person with a browser at the provider."""

    def __init__(self, address: str) -> None:
        self.address, self.session = address, requests.Session()

    def ask(self, url: str) -> requests.Response:
        return self.session.get(url, allow_redirects=True, timeout=10)

    def choose(self, page: requests.Response, citizen: str) -> requests.Response:
        return self._post(page.url, page, {"citizen": citizen})

    def answer(self, page: requests.Response, action: str = "grant") -> str:
        """Press a button of the consent page; where it sends the browser."""
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        response = self._post(
            f"{self.address}/identity/o/authorize", page,
            {**{k: unescape(v) for k, v in hidden.items()}, "action": action}, follow=False,
        )  # fmt: skip
        return response.headers["Location"]

    def _post(
        self, url: str, page: requests.Response, data: dict[str, str], *, follow: bool = True
    ) -> requests.Response:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token is not None, page.text
        return self.session.post(
            url,
            {**data, "csrfmiddlewaretoken": token[1]},
            headers={"Referer": page.url},
            allow_redirects=follow,
            timeout=10,
        )
