"""Reading pages as somebody who chose English does: what is Vietnamese there must be data."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, TextField
from django.test import Client

from tests.house.test_english import KEPT, VIETNAMESE

# Their texts carry both languages: Vietnamese of theirs on an English page is a fault.
BILINGUAL = {"forms.formversion"}
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
        if model._meta.label_lower in BILINGUAL or not model._meta.managed:
            continue
        columns = [f.name for f in model._meta.concrete_fields if isinstance(f, CharField | TextField | JSONField)]
        for row in model.objects.values_list(*columns) if columns else ():
            found += [str(value) for value in row if value]
    return _folded("\n".join(found))


def _folded(text: str) -> str:
    return " ".join(unescape(text).split()).casefold()


def leaks(html: str, data: str) -> list[str]:
    """Vietnamese of a page that no row of the database holds."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.S)
    # Options of lists and answers typed before are data; what they hold is not looked for in the database.
    body = re.sub(r"<option\b.*?</option>|<textarea\b.*?</textarea>", " ", body, flags=re.S)
    texts = [*re.findall(r">([^<>]+)<", body), *_ATTRIBUTES.findall(body)]
    found = []
    for text in texts:
        plain = unescape(text)
        for name in NAMES:
            plain = plain.replace(name, "")
        parts = [" ".join(part.split()) for part in _PARTS.split(plain)]
        found += [part for part in parts if VIETNAMESE.search(part) and part.casefold() not in data]
    return sorted(set(found))


def faults(answers: list[Any]) -> dict[str, list[str]]:
    """By address: pages that are not marked English, or say something in Vietnamese of their own."""
    data, found = stored(), {}
    for answer in answers:
        if answer.status_code in (301, 302, 303) or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        html = answer.content.decode()
        wrong = leaks(html, data)
        if "<html" in html and '<html lang="en"' not in html:
            wrong.append("not marked as English")
        if answer["Content-Language"] != "en":
            wrong.append("not sent as English")
        if wrong:
            found[f"{answer.request['REQUEST_METHOD']} {answer.request['PATH_INFO']}"] = wrong
    return found
