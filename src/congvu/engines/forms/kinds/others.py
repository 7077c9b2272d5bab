"""Files, repeated rows, computed values and statements."""
# ruff: noqa: ARG002  every kind answers the same calls, not each needs all of them

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.engines.forms.kinds.base import Bad, FormData, Kind
from congvu.engines.forms.types import Field

ACCEPT = "image/*,.pdf,application/pdf"


class File(Kind):
    """References to uploaded files: ``{"id", "name", "size"}``. The bytes are checked where they are stored.

    Parameters: ``accept``, ``most`` (files, default 10), ``max_mb`` (each, default 10).
    """

    template = "file"

    def read(self, field: Field, name: str, data: FormData) -> Any:
        return None

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        if not isinstance(raw, list) or not all(isinstance(item, dict) and item.get("id") for item in raw):
            raise Bad(_("tải lại tệp này"))
        most = int(field.params.get("most", 10))
        if len(raw) > most:
            raise Bad(_("nhiều nhất %(most)s tệp; bỏ bớt hoặc ghép các ảnh vào một tệp PDF") % {"most": most})
        return [{key: item[key] for key in ("id", "name", "size") if key in item} for item in raw]

    def boxes(self, field: Field, value: Any) -> dict[str, Any]:
        return {"": value if isinstance(value, list) else []}

    def text(self, field: Field, value: Any) -> str:
        return ", ".join(str(item.get("name", item["id"])) for item in value)

    def schema(self, field: Field) -> dict[str, Any]:
        item = {
            "type": "object",
            "properties": {
                "id": {"type": ["string", "integer"]},
                "name": {"type": "string"},
                "size": {"type": "integer"},
            },
            "required": ["id"],
            "additionalProperties": False,
        }
        return {"type": "array", "items": item, "minItems": 1}


class Rows(Kind):
    """A repeated group; its rows are read and checked by the engine, field by field."""

    template = "rows"

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "array", "minItems": 1, "maxItems": int(field.params.get("most", 50))}


class Computed(Kind):
    """Made by the program from other answers; parameters ``function`` and ``of``."""

    template = "computed"
    asks = kept = False


class Statement(Kind):
    """Words to read; no answer."""

    template = "statement"
    asks = kept = False


class Flag(Kind):
    """A fact the program puts among the answers (a register cannot be reached); nobody is asked."""

    asks = False

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        if not isinstance(raw, bool):
            raise Bad(_("giá trị do hệ thống đặt, không nhập tay"))
        return raw

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "boolean"}
