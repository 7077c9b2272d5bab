"""A demonstration as it is started: loaded by the command, opened in a browser, entered by its doors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.boot.lists import walk
from tests.boot.test_backup import congvu
from tests.browser import axe, chromium, opened, sideways
from tests.faces.identity_server import free_port
from tests.faces.whole.house import CLOCK, set_clock
from tests.place import ROOT

pytestmark = [pytest.mark.browser]
PORT = free_port()
SHOTS = os.environ.get("CONGVU_SHOTS", "")
# A Wednesday morning, and when the load is surely over: what is in a list depends on the hour.
LOADED, OPENED = os.environ.get("CONGVU_DEMO_HOURS", "2026-11-25T10:20:00+07:00 2026-11-25T10:40:00+07:00").split()
HERE = {"CONGVU_DEMO": "1", "CONGVU_BASE_URL": f"http://127.0.0.1:{PORT}"}
# What puts a process on the clock of the test, filled by ``site``.
CLOCKED: dict[str, str] = {}
# Lists that may stand empty in a demonstration, and why.
EMPTY = {
    "/lam-viec/?loc=today": "what ends today has ended by the evening",
    "/quan-tri/lien-thong?loc=failed": "errors",
    "/quan-tri/lien-thong?loc=faulty": "errors",
    "/quan-tri/lien-thong?loc=queued": "a job sends what waits",
    "/quan-tri/lien-thong?loc=waiting": "a job reads what came",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Twelve dossiers in a home of their own, and the program serving them as ``congvu up --demo`` would."""
    from congvu.boot.up import wait_for

    home, clock = tmp_path_factory.mktemp("demo"), tmp_path_factory.mktemp("clock")
    path = os.pathsep.join([str(CLOCK), str(ROOT / "src")])
    CLOCKED.update({"CONGVU_TEST_CLOCK": str(clock), "PYTHONPATH": path})
    set_clock(clock, LOADED)
    loaded = congvu(home, "demo", "load", "--size", "12", "--json", **CLOCKED)
    assert json.loads(loaded.stdout) == {"dossiers": 12}, loaded.stderr
    set_clock(clock, OPENED)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CONGVU_") and k != "DATABASE_URL"}
    environment |= {"CONGVU_HOME": str(home), **CLOCKED, **HERE}
    server = subprocess.Popen([sys.executable, "-m", "congvu.boot.cli", "web", "--port", str(PORT)], env=environment)
    try:
        assert wait_for(f"http://127.0.0.1:{PORT}/suc-khoe", alive=lambda: server.poll() is None)
        yield home
    finally:
        server.terminate()
        server.wait(20)
        congvu(home, "db", "stop")


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


def address(path: str = "/trinh-dien") -> str:
    return f"http://127.0.0.1:{PORT}{path}"


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_on_the_front(browser, site, width, theme):
    for path in ("/trinh-dien", "/trinh-dien/muc/1-04"):
        with opened(browser, address(path), width=width, reader=f"theme:{theme}") as page:
            assert axe(page) == []
            assert sideways(page) == []
            if SHOTS:
                page.screenshot(path=str(Path(SHOTS) / f"demo{path.replace('/', '-')}-{width}-{theme}.png"))


def test_nothing_is_wider_than_the_smallest_phone(browser, site):
    with opened(browser, address(), width=320) as page:
        assert sideways(page) == []


@pytest.mark.parametrize(
    ("key", "title"), [("van-thu", "Văn bản đến"), ("mot-cua", "Trực tuyến mới"), ("chu-tich", "Chờ ký"),
                       ("nguoi-dan", "Chờ bổ sung")],
)  # fmt: skip
def test_a_door_opens_with_one_press(browser, site, key, title):
    with opened(browser, address(), width=390) as page:
        page.locator(f"form[action$='/{key}'] button").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "trinh-dien" not in url)
        assert page.title().startswith(title)
        assert page.get_by_text("Bản trình diễn, dữ liệu hư cấu").first.is_visible()


def test_the_doors_work_without_script(browser, site):
    with opened(browser, address(), script=False) as page:
        page.locator("form[action$='/van-thu'] button").click()
        assert page.title() == "Văn bản đến"


def test_loading_again_changes_nothing_and_the_check_refuses_it(site):
    assert json.loads(congvu(site, "demo", "load", "--size", "12", "--json", **CLOCKED).stdout) == {"dossiers": 12}
    refused = congvu(site, "check", "--deploy", "--json", **HERE)
    said = {problem["code"] for problem in json.loads(refused.stdout)["problems"] if problem["level"] == "error"}
    assert (refused.returncode, {"demo", "demo-data", "base-url", "backup"} <= said) == (1, True)


def test_no_list_of_the_desk_is_empty(site):
    """As the official who works with it sees it; one who has nothing to do somewhere may see nothing there."""
    logins = ("vanthu", "chutich", "truongphong", "chuyenmon", "chanhvp", "motcua", "quantri")
    empty, lists = walk(f"http://127.0.0.1:{PORT}", logins)
    assert sorted(address for address in empty if address not in EMPTY) == []
    assert lists > 60
