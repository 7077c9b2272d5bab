"""The content security policy forbids inline style and script; a page that uses one would look or act wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.source import SOURCE

INLINE = {
    "style attribute": re.compile(r"""\sstyle\s*=\s*["']""", re.I),
    "style element": re.compile(r"<style[\s>]", re.I),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
    "event attribute": re.compile(r"""\son[a-z]+\s*=\s*["']""", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "htmx code attribute": re.compile(r"""\shx-(?:on|vals=["']js:|headers=["']js:)""", re.I),
    "foreign address": re.compile(r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["'](?:https?:)?//""", re.I),
    "template debris": re.compile(r"\{\{[^}]*\|safe[^}]*\}\}"),
}
DATA_ISLAND = re.compile(r"""<script[^>]*type=["']application/(?:json|ld\+json)["'][^>]*>""", re.I)


def findings(text: str) -> list[str]:
    """What in this HTML or template the policy forbids."""
    plain = DATA_ISLAND.sub("", text)
    return [f"{name}: {match.group(0).strip()[:60]}" for name, rule in INLINE.items() for match in rule.finditer(plain)]


def templates() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("templates/**/*") if path.suffix in (".html", ".svg"))


def test_no_template_holds_style_or_script():
    wrong = [f"{path.relative_to(SOURCE)}: {found}" for path in templates() for found in findings(path.read_text())]
    assert templates()
    assert wrong == []


BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
EXTENDS = re.compile(r"\{%\s*extends\s")


def test_no_block_stands_where_nobody_can_fill_it():
    """A block in an included template looks like a place to fill and is none: only whole pages and bases have them."""
    included = {
        name for path in templates() for name in re.findall(r"""include\s+["']([^"']+)["']""", path.read_text())
    }
    wrong = [
        f"{path.relative_to(SOURCE)}: {BLOCK.findall(path.read_text())}"
        for path in templates()
        if any(str(path).endswith(f"/templates/{name}") for name in included) and BLOCK.search(path.read_text())
    ]
    assert included
    assert wrong == []


def test_every_page_has_a_title_of_its_own():
    """A page extends a base and says in its title what it is about."""
    pages = [path for path in templates() if EXTENDS.search(path.read_text()) and not path.stem.endswith("base")]
    without = [str(path.relative_to(SOURCE)) for path in pages if not titled(path)]
    assert pages
    assert without == []


def titled(path: Path) -> bool:
    """The template fills the title, or what it extends (not one of the faces' bases) does."""
    text = path.read_text()
    if "title" in BLOCK.findall(text):
        return True
    above = re.search(r"""extends\s+["']([^"']+)["']""", text)
    if above is None or above[1].startswith("ui/"):
        return False
    return any(titled(other) for other in templates() if str(other).endswith(f"/templates/{above[1]}"))


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<div hx-on:click="go()">',
        '<script src="https://cdn.example/x.js"></script>',
        "{{ answer|safe }}",
    ],
)
def test_the_rule_sees_what_it_forbids(text: str):
    assert findings(text)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/ui/js/ui.js" defer></script>',
        '<link rel="stylesheet" href="/x.css">',
        '<p data-style="a">',
    ],
)
def test_the_rule_lets_the_lawful_pass(text: str):
    assert findings(text) == []
