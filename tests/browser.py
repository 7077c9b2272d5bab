"""A real browser on real pages: Chromium of the machine, axe's rules, sideways scroll.

``CONGVU_REQUIRE=browser`` turns a missing Chromium from a skip into a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
}


def chromium_path() -> str:
    """The browser's program. Skips the test when there is none, unless the run requires browsers."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CONGVU_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        if "browser" in os.environ.get("CONGVU_REQUIRE", ""):
            pytest.fail("CONGVU_REQUIRE names browser, and there is no Chromium")
        pytest.skip("no Chromium")
    return found


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser. Django's guard against async is lifted: Playwright keeps an event loop in this thread.

    While that loop runs Django keeps another set of connections for the same thread. Each set is closed before the
    other one is used: a connection left behind would be found cut off by the first test after the browser's.
    """
    from django.db import connections
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            connections.close_all()
            browser.close()


@contextmanager
def opened(browser: Any, address: str, *, width: int = 1440, reader: str = "", script: bool = True) -> Iterator[Any]:
    """The page at this width, with a reader's choices (``theme:dark|fs:xl``). Fails on errors in its console."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    if reader:
        context.add_cookies([{"name": "congvu_reader", "value": reader, "url": address}])
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    try:
        page.goto(address)
        yield page
    finally:
        context.close()
    if wrong:
        pytest.fail("; ".join(wrong))


def axe(page: Any) -> list[str]:
    """Findings of WCAG 2.0-2.2 A and AA and best practice, one line each; none is the aim."""
    from axe_playwright_python.sync_playwright import Axe

    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(document, options)", RULES)["violations"]
    return [f"{v['id']}: {node['target']} {node['html'][:90]}" for v in found for node in v["nodes"]]


def sideways(page: Any) -> list[str]:
    """Elements that reach beyond the window and are in no scroller of their own; none is the aim."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth, out = [];
          const main = document.querySelector("main");
          if (main && main.scrollWidth > main.clientWidth + 1) out.push("main " + main.scrollWidth);
          if (document.documentElement.scrollWidth <= width) return out;
          const clips = (el) => el !== document.body && getComputedStyle(el).overflowX !== "visible";
          const held = (el) => el.parentElement && (clips(el.parentElement) || held(el.parentElement));
          for (const el of document.body.querySelectorAll('*')) {
            const box = el.getBoundingClientRect();
            const over = Math.round(box.right) - width;
            if (over > 1 && box.width > 0 && !held(el)) out.push(el.tagName + '.' + el.className + ' ' + over);
          }
          return out.length ? out : ['page ' + document.documentElement.scrollWidth];
        }"""
    )
