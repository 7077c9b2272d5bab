"""Reading and filling pages as a browser without script does."""

from __future__ import annotations

from typing import Any

import lxml.html
from django.test import Client

Answers = dict[str, Any]


def form_of(html: str, *, index: int | None = None) -> lxml.html.FormElement:
    """The form of the page that takes the answers: the last one that posts inside main."""
    forms = [form for form in lxml.html.fromstring(html).xpath("//main//form") if form.method == "POST"]
    return forms[-1 if index is None else index]


def fields(html: str) -> Answers:
    """What the form would send as it stands, without files and buttons."""
    return dict(form_of(html).form_values())


def post(client: Client, response: Any, answers: Answers | None = None, *, button: str = "", value: str = "1") -> Any:
    """Fill the form of a page and send it by one of its buttons (the first when none is named)."""
    html = response.content.decode()
    form = form_of(html)
    data: Answers = {}
    for name, text in form.form_values():
        data.setdefault(name, []).append(text)
    data.update(answers or {})
    if button:
        data[button] = value
    return client.post(form.action or response.request["PATH_INFO"], data)


def follow(client: Client, response: Any) -> Any:
    """Go where a redirect leads, without the anchor."""
    while response.status_code in (301, 302):
        response = client.get(response["Location"].partition("#")[0])
    return response


def heading(response: Any) -> str:
    return " ".join(lxml.html.fromstring(response.content.decode()).xpath("//main//h1")[0].text_content().split())


def errors(response: Any) -> list[str]:
    """The lines of the error summary."""
    page = lxml.html.fromstring(response.content.decode())
    return [" ".join(line.text_content().split()) for line in page.xpath("//*[@class='cv-errsum']//li")]
