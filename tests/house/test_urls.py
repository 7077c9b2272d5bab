"""Every address names its audience and its policy; third-party addresses sit in one reviewed table."""

from __future__ import annotations

import importlib
import pkgutil

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from congvu.boot.rooms import FACES

AUDIENCES = {"public", "citizen", "staff", "machine"}
# Addresses of packages: prefix of the view's module, and why it is there.
THIRD_PARTY = {
    "allauth.": "sign-in, second factor and OpenID Connect client; policy is the package's own",
    "django.contrib.staticfiles": "files of the program itself",
    "django.views.static": "files of the program itself",
    "drf_spectacular.": "the description of the public API",
}


def _access() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for face in FACES:
        package = importlib.import_module(face)
        names = [f"{face}.urls"] + [f"{face}.{m.name}.urls" for m in pkgutil.iter_modules(package.__path__) if m.ispkg]
        for name in names:
            if importlib.util.find_spec(name):
                table |= getattr(importlib.import_module(name), "ACCESS", {})
    for name in ("congvu.ground.ui.urls", "congvu.boot.urls", "congvu.boot.demo.front.urls"):
        if importlib.util.find_spec(name):
            table |= getattr(importlib.import_module(name), "ACCESS", {})
    return table


def _patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += _patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def test_every_address_names_audience_and_policy():
    access = _access()
    missing = []
    for pattern in _patterns(get_resolver()):
        module = getattr(pattern.callback, "__module__", "")
        view = getattr(
            getattr(pattern.callback, "view_class", None) or getattr(pattern.callback, "cls", None),
            "__module__",
            module,
        )
        if any(view.startswith(prefix) for prefix in THIRD_PARTY):
            continue
        entry = access.get(pattern.name or "")
        if entry is None or entry[0] not in AUDIENCES or not entry[1]:
            missing.append(f"{pattern.pattern} ({pattern.name}, {view})")
    assert missing == []
