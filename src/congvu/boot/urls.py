"""URLs are discovered: every face and every screen package with a ``urls`` module names its own ``prefix``."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from congvu.boot.health import health
from congvu.boot.rooms import FACES

handler400 = "congvu.ground.ui.errors.bad_request"
handler403 = "congvu.ground.ui.errors.forbidden"
handler404 = "congvu.ground.ui.errors.not_found"
handler500 = "congvu.ground.ui.errors.server_error"


def _url_modules() -> Iterator[ModuleType]:
    """``urls`` of the frame, then of each face and of each package inside a face, the face's own first."""
    yield importlib.import_module("congvu.ground.ui.urls")
    for face in FACES:
        package = importlib.import_module(face)
        names = [f"{face}.urls"]
        names += [f"{face}.{child.name}.urls" for child in pkgutil.iter_modules(package.__path__) if child.ispkg]
        for name in names:
            if importlib.util.find_spec(name) is not None:
                yield importlib.import_module(name)
    if settings.DEMO_FRONT:
        yield importlib.import_module("congvu.boot.demo.front.urls")


ACCESS = {"health": ("public", "says only whether this process and its database answer")}
urlpatterns: list[URLPattern | URLResolver] = [
    path("suc-khoe", health, name="health"),
    *(path(module.prefix, include(module)) for module in _url_modules()),
]
