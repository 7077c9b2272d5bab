"""Pictures in the text of a draft: uploads named by a key that the text places; kept and frozen with the version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.ground.files import selectors as filed
from congvu.ground.files import services as stored

TYPES = frozenset({"image/png", "image/jpeg"})
MOST, MEGABYTE = 30, 1024 * 1024
MOST_BYTES = 10 * MEGABYTE


def with_pictures(
    actor: Actor, kept: Mapping[str, Any], given: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """The tidied content with the pictures its text names, and no others: own uploads that are ``given`` by key, else
    those the version ``before`` has. Raises Invalid naming the line that names none, and a file that is no picture."""
    keys = list(dict.fromkeys(block["key"] for block in kept["blocks"] if block["type"] == "picture"))
    if not keys:
        return dict(kept)
    if len(keys) > MOST:
        raise _refused("text", _("Văn bản có nhiều nhất %(n)s hình.") % {"n": MOST})
    wanted = {str(key): UUID(str(file)) for key, file in dict(given.get("pictures", {})).items()}
    own = filed.own_uploads(actor, wanted.values())
    earlier = before.get("pictures", {})
    found: dict[str, Any] = {}
    for key in keys:
        info = own.get(wanted[key]) if key in wanted else None
        if info is None:
            if key not in earlier:
                words = _("Không có hình “%(key)s”. Hãy chọn lại tệp hình, hoặc bỏ dòng [hình: …] này.")
                raise _refused("text", words % {"key": key})
            found[key] = earlier[key]
            continue
        if info.media_type not in TYPES or info.size > MOST_BYTES:
            words = _("Hình trong văn bản là tệp PNG hoặc JPEG, tối đa %(n)s MB.")
            raise _refused("picture", words % {"n": MOST_BYTES // MEGABYTE})
        found[key] = {"file": str(info.id), "name": info.name, "sha256": info.sha256}
    return {**kept, "pictures": found}


def hang_pictures(actor: Actor, record: UUID, content: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Attach and freeze what the version before did not have. Step of an act. Raises NotFound for another's upload."""
    known = {one["file"] for one in before.get("pictures", {}).values()}
    for file in dict.fromkeys(one["file"] for one in content.get("pictures", {}).values()):
        if file not in known:
            stored.attach(actor, UUID(file), record=record, purpose="draft", label="Hình trong văn bản")
            stored.lock_version(UUID(file))
            stored.look_for_marks(actor, UUID(file))
            stored.answer_when_issued(actor, UUID(file), reason="hình trong dự thảo văn bản")


def _refused(field: str, message: str) -> Invalid:
    return Invalid(message, problems=(Problem(field, message, "picture"),))
