"""Between the fields of the draft form and the structured text that a draft is kept as."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IssuerView, KindView, OutgoingView
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import (
    PARTICULARS,
    Basis,
    Block,
    Picture,
    blocks_from_json,
    blocks_to_json,
    plain,
    words,
)
from congvu.faces.desk.incoming.rows import PRIORITIES, SECRECIES
from congvu.faces.desk.posted import whole_of
from congvu.faces.desk.shell import actor_of
from congvu.faces.desk.uploads import uploaded
from congvu.ground.files import services as files
from congvu.ground.files.errors import FileRefused
from congvu.ground.ui.formats import table_date
from congvu.ground.ui.types import Option

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LISTS = ("addressees", "bases", "recipients")
# Layouts that name who decides above the text, and those with căn cứ of their own.
DECIDING = frozenset({"resolution", "decision", "decision_indirect", "telegram"})
BASED = frozenset({"resolution", "decision", "decision_indirect"})
WORD_BYTES = 10_000_000
# Width in mm of a picture unless something else was typed.
WIDTH = 120


@dataclass(frozen=True, slots=True)
class Read:
    """The content as typed or as sent in a Word file, with what was left out of that."""

    content: dict[str, Any]
    notes: tuple[str, ...] = ()


def begin(
    actor: Actor, by: IssuerView, what: KindView, *, reply_to: UUID | None, like: UUID | None
) -> QueryDict:  # fmt: skip
    """What the form knows before anything is typed: an earlier document, the one answered, or the kind's layout."""
    fields = QueryDict(mutable=True)
    if like is not None:
        earlier = documents.outgoing(actor, like)
        fields = fields_of(earlier)
        fields.pop("base", None)
        # Pictures stay with the draft that has them.
        body = blocks_from_json(earlier.current.content.get("blocks", []))
        fields["text"] = typeset.write_text([block for block in body if not isinstance(block, Picture)])
    else:
        answered = documents.incoming(actor, reply_to) if reply_to is not None else None
        first = documents.answering(what, by, answered) if answered else documents.opening(what.key)
        fields.update({
            "bases": "\n".join(first.bases), "text": first.text, "recipients": "\n".join(first.recipients),
            "ending": first.ending, "subject": first.subject, "addressees": "\n".join(first.addressees),
        })  # fmt: skip
        fields["reply_to"] = str(reply_to or "")
    if what.layout in DECIDING and not fields.get("authority"):
        fields["authority"] = by.name.upper()
    fields["kind"] = what.key
    return fields


def fields_of(view: OutgoingView) -> QueryDict:
    """The newest version as fields of the form."""
    kept, fields = view.current.content, QueryDict(mutable=True)
    fields.update({name: "\n".join(kept.get(name, [])) for name in LISTS})
    blocks = blocks_from_json(kept.get("blocks", []))
    fields.update({
        "subject": view.current.subject, "text": typeset.write_text(blocks), "kind": view.kind.key,
        "authority": kept.get("authority", ""), "ending": kept.get("ending", "./."),
        "signer": f"{view.signer_position or ''}:{view.capacity}", "priority": str(view.row.priority),
        "reply_by": table_date(view.reply_by) if view.reply_by else "", "base": str(view.current.n),
    })  # fmt: skip
    fields.update({f"p-{key}": value for key, value in kept.get("particulars", {}).items()})
    if not plain_enough(kept):
        fields["whole"] = "1"
    return fields


def plain_enough(content: Mapping[str, Any]) -> bool:
    """Whether the text survives the text box: tables and marked words do not."""
    body = blocks_from_json(content.get("blocks", []))
    return blocks_to_json(typeset.read_text(typeset.write_text(body))) == blocks_to_json(body)


def read(request: HttpRequest, what: KindView, *, before: Mapping[str, Any] | None = None) -> Read:
    """The fields as a content. A Word file takes the place of the text; a text the box cannot hold stays as it was.

    Raises Invalid for a Word file that cannot be taken, FileRefused for one that is dangerous.
    """
    post = request.POST
    lists = {name: [line for line in post.get(name, "").splitlines() if line.strip()] for name in LISTS}
    particulars = {field.key: post.get(f"p-{field.key}", "") for field in PARTICULARS.get(what.layout, ())}
    content: dict[str, Any] = {**lists, "particulars": particulars, "ending": post.get("ending", "./.")}
    if post.get("authority", "").strip():
        content["authority"] = post["authority"]
    if "word" in request.FILES and not post.get("secrecy", "0").strip("0"):
        return _from_word(request, content)
    if before is not None and post.get("whole") == "1":
        body = blocks_from_json(before.get("blocks", []))
    else:
        body = typeset.read_text(post.get("text", ""))
    if post.get("secrecy", "0").strip("0"):
        return Read({**content, "blocks": blocks_to_json(body)})
    placed, pictures = _place(request, body, before or {})
    return Read({**content, "blocks": blocks_to_json(placed), "pictures": pictures})


def _from_word(request: HttpRequest, content: dict[str, Any]) -> Read:
    sent = cast("UploadedFile[bytes]", request.FILES["word"])
    if (sent.size or 0) > WORD_BYTES:
        message = _("Tệp Word lớn hơn 10 MB.")
        raise Invalid(message, problems=(Problem("word", message, "too_big"),))
    found = typeset.read_word(sent.read())
    pictures = {key: _picture_of_word(request, key, data) for key, data in found.pictures.items()}
    body: tuple[Block, ...] = found.body
    if not content["bases"]:
        content = {**content, "bases": [words(block.text) for block in body if isinstance(block, Basis)]}
        body = tuple(block for block in body if not isinstance(block, Basis))
    return Read({**content, "blocks": blocks_to_json(body), "pictures": pictures}, found.notes)


def _picture_of_word(request: HttpRequest, key: str, data: bytes) -> UUID:
    """A picture of a Word file as an upload of its own. Raises Invalid for one that cannot be taken."""
    ending = "png" if data.startswith(b"\x89PNG") else "jpg"
    try:
        return files.upload(actor_of(request), name=f"{key}.{ending}", stream=io.BytesIO(data)).id
    except FileRefused as refusal:
        raise Invalid(refusal.message, problems=(Problem("word", refusal.message, "pictures"),)) from refusal


def _place(
    request: HttpRequest, blocks: tuple[Block, ...], before: Mapping[str, Any]
) -> tuple[tuple[Block, ...], dict[str, UUID]]:
    """The text with the picture sent along: where a line says [hình], else at its end."""
    post = request.POST
    file = uploaded(request, "picture")
    if file is None:
        return blocks, {}
    taken = {block.key for block in blocks if isinstance(block, Picture)} | set(before.get("pictures", {}))
    key = next(name for n in range(1, len(taken) + 2) if (name := f"hinh-{n}") not in taken)
    width = whole_of(post.get("picture_width", "")) or WIDTH
    caption, alt = _one_line(post.get("picture_caption", ""), 300), _one_line(post.get("picture_alt", ""), 500)
    made = Picture(key, alt, float(min(max(width, 10), 165)), plain(caption))
    return typeset.place_picture(blocks, made), {key: file}


def _one_line(text: str, longest: int) -> str:
    """Words that fit into the line of brackets that names a picture in the text box."""
    return " ".join(clean(text).translate(str.maketrans("|[]", "/()")).split())[:longest]


def offered(actor: Actor, by: IssuerView, what: KindView, fields: QueryDict) -> dict[str, Any]:
    """What the form's lists offer, and which of its parts the kind has."""
    fixed = PARTICULARS.get(what.layout, ())
    return {
        "signers": _signers(by, fields.get("signer", "")),
        "priorities": _numbered(PRIORITIES[:4], fields.get("priority", "0")),
        "secrecies": _numbered(SECRECIES, fields.get("secrecy", "0")),
        "particulars": [(f"p-{field.key}", field.label, fields.get(f"p-{field.key}", ""), field.required)
                        for field in fixed],
        "deciding": what.layout in DECIDING,
        "based": what.layout in BASED,
        "whole": fields.get("whole") == "1",
        "answered": _answered(actor, fields),
    }  # fmt: skip


def _answered(actor: Actor, fields: QueryDict) -> Any:
    try:
        return documents.incoming(actor, UUID(fields.get("reply_to", ""))).row
    except ValueError:
        return None


def _signers(by: IssuerView, chosen: str) -> list[Option]:
    found = []
    for who in documents.signers(by):
        value, names = f"{who.position_id}:{who.capacity}", ", ".join([*who.names, who.title])
        label = f"{who.capacity} {names}" if who.capacity else _("%(who)s, ký với chức danh") % {"who": names}
        found.append(Option(value, label, checked=value == chosen))
    return found


def _numbered(labels: tuple[Any, ...], chosen: str) -> list[Option]:
    return [Option(str(n), str(label), checked=str(n) == (chosen or "0")) for n, label in enumerate(labels)]
