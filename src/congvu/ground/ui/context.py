"""Context of every page: the reader's choices and where the demonstration stands. No queries."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from congvu.ground.ui.readers import reader_of


def page(request: HttpRequest) -> dict[str, Any]:
    return {"reader": reader_of(request), "demo": settings.DEMO}
