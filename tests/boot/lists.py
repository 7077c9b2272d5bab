"""Walking the desk of a demonstration as its officials do: every entry of the menu, every tab, every list behind it."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator

import lxml.html

from congvu.boot.demo.accounts import ACCOUNTS

RECORD = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|\.(?:csv|xlsx|pdf|ics|docx)$|dang-xuat|tai-ve|/\d+/?$")
# What makes another list of a page; anything else in a query narrows one.
TABS = {"loc", "ben", "theo", "tt"}
EMPTY = "//*[contains(concat(' ', @class, ' '), ' cv-empty ')]/*[self::h2 or self::h3]"
BARE = "//ul[not(li[@data-item])]/li/div[starts-with(., 'Chưa có ') or starts-with(., 'Không có ')]"
# What stands beside a list until one of its lines is chosen.
BESIDE = {"Chọn một việc để xem nhanh", "Chưa chọn văn bản nào"}
MOST = 150


def signed_in(base: str, login: str) -> urllib.request.OpenerDirector:
    """A browser in which the official has signed in."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"{base}/can-bo/dang-nhap"
    page = opener.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    typed = {"csrfmiddlewaretoken": token[1], "login": login, "password": ACCOUNTS.password}
    opener.open(urllib.request.Request(address, urllib.parse.urlencode(typed).encode(), {"Referer": address}))
    return opener


def walk(base: str, logins: tuple[str, ...]) -> tuple[dict[str, set[str]], int]:
    """Lists that show nothing to any of the officials, with the words that say so; and how many lists there are."""
    empty: dict[str, set[str]] = {}
    full: set[str] = set()
    for login in logins:
        browser, waiting = signed_in(base, login), ["/lam-viec/"]
        known, steps = set(waiting), 0
        while waiting and steps < MOST:
            address, steps = waiting.pop(0), steps + 1
            page = lxml.html.fromstring(browser.open(base + address).read().decode())
            words = {found.text_content().strip() for found in page.xpath(f"{EMPTY} | {BARE}")} - BESIDE
            if words:
                empty[address] = empty.get(address, words) & words
            else:
                full.add(address)
            # A tab somebody saw full is done; a page leads everybody to other tabs.
            done = {link for link in full if "?" in link}
            fresh = [link for link in _links(page, base + address, base) if link not in known | done]
            known.update(fresh)
            waiting += fresh
    return {address: words for address, words in empty.items() if words and address not in full}, len(full)


def _links(page: lxml.html.HtmlElement, here: str, base: str) -> Iterator[str]:
    """Addresses of lists the page leads to: no records, no files, no narrowing."""
    for href in page.xpath("//main//a/@href | //nav//a/@href"):
        parts = urllib.parse.urlsplit(urllib.parse.urljoin(here, href))
        inside = f"{parts.scheme}://{parts.netloc}" == base and parts.path.startswith(("/lam-viec/", "/quan-tri/"))
        if inside and not RECORD.search(parts.path) and set(urllib.parse.parse_qs(parts.query)) <= TABS:
            yield parts.path + (f"?{parts.query}" if parts.query else "")
