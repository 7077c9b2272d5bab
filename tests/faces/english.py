"""Reading pages as somebody who chose English does: what is Vietnamese there must be data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, TextField
from django.test import Client

from tests.house.test_english import KEPT, VIETNAMESE

# Its texts carry both languages: only the English half may stand on an English page.
BILINGUAL = "forms.formversion"
# What people of the country are called and where they live, as the forms offer it.
NAMES = ("Tiếng Việt", *KEPT)
_ATTRIBUTES = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
_PARTS = re.compile(r"[·,:;().|“”/]|\s[–-]\s|\d+")


def in_english(client: Client) -> Client:
    """The same client after the press on "English"."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def recorded(client: Client) -> list[Any]:
    """Every answer the client gets from now on."""
    answers: list[Any] = []
    plain = client.request

    def request(**values: Any) -> Any:
        answers.append(plain(**values))
        return answers[-1]

    client.request = request  # type: ignore[method-assign]
    return answers


def stored() -> str:
    """All text that the database holds, folded: names, titles, steps, papers, bases, answers."""
    found: list[str] = []
    for model in apps.get_models():
        if model._meta.label_lower == BILINGUAL or not model._meta.managed:
            continue
        columns = [f.name for f in model._meta.concrete_fields if isinstance(f, CharField | TextField | JSONField)]
        for row in model.objects.values_list(*columns) if columns else ():
            found += [str(value) for value in row if value]
    for definition in apps.get_model("forms", "FormVersion").objects.values_list("definition", flat=True):
        found += _english_half(definition)
    return _folded("\n".join(found))


def _english_half(value: Any) -> Iterator[str]:
    """The English of ``[vi, en]`` and ``[code, vi, en]``."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _english_half(inner)
    elif isinstance(value, list) and len(value) in (2, 3) and all(isinstance(text, str) for text in value):
        yield value[-1]
    elif isinstance(value, list):
        for inner in value:
            yield from _english_half(inner)


def _folded(text: str) -> str:
    return " ".join(unescape(text).split()).casefold()


def named() -> list[str]:
    """Units and people, who stand in the midst of sentences; the longest first."""
    units = apps.get_model("orgs", "UnitVersion").objects.values_list("name", "short_name")
    people = apps.get_model("accounts", "User").objects.values_list("full_name", flat=True)
    return sorted({name for row in units for name in row if name} | {*people}, key=len, reverse=True)


def leaks(html: str, data: str, names: list[str]) -> list[str]:
    """Vietnamese of a page that no row of the database holds."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.S)
    # Options of lists and answers typed before are data; what they hold is not looked for in the database.
    body = re.sub(r"<option\b.*?</option>|<textarea\b.*?</textarea>", " ", body, flags=re.S)
    texts = [*re.findall(r">([^<>]+)<", body), *_ATTRIBUTES.findall(body)]
    found = []
    for text in texts:
        plain = unescape(text)
        for name in (*NAMES, *(names if VIETNAMESE.search(plain) else ())):
            plain = plain.replace(name, "")
        parts = [" ".join(part.split()) for part in _PARTS.split(plain)]
        found += [part for part in parts if _speaks(part) and part.casefold() not in data]
    return sorted(set(found))


def _speaks(part: str) -> bool:
    """Vietnamese words; the initials of a name are none."""
    return bool(VIETNAMESE.search(part)) and not re.fullmatch(r"[^\W\d_]{2}", part)


def faults(answers: list[Any]) -> dict[str, list[str]]:
    """By address: pages that are not marked English, or say something in Vietnamese of their own."""
    data, names, found = stored(), named(), {}
    for answer in answers:
        if answer.status_code in (301, 302, 303) or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        html = answer.content.decode()
        wrong = leaks(html, data, names)
        if "<html" in html and '<html lang="en"' not in html:
            wrong.append("not marked as English")
        if answer["Content-Language"] != "en":
            wrong.append("not sent as English")
        if wrong:
            found[f"{answer.request['REQUEST_METHOD']} {answer.request['PATH_INFO']}"] = wrong
    return found
