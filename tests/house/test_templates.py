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
