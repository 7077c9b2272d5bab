"""Reading: any prefix, any order of children, any partner's habits; whatever is wrong is said, never raised."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import IO, BinaryIO

from django.utils.translation import gettext as _

from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.engines.exchange.edxml import header, payload, tree
from congvu.engines.exchange.edxml.header import Findings
from congvu.engines.exchange.edxml.tree import LIMITS, Enough, Limits, Node, Unreadable
from congvu.engines.exchange.edxml.words import KNOWN, NAMESPACE
from congvu.engines.exchange.types import Attachment, Fault, Kind, Letter, Parsed

Keep = Callable[[int, Attachment, IO[bytes]], None]


def read(
    data: bytes | BinaryIO, *, keep: Keep | None = None, today: date | None = None, limits: Limits = LIMITS
) -> Parsed:
    """What the message says. ``keep`` gets each sound content: its place in ``letter.attachments`` and the bytes.

    Never raises for the content of a message.
    """
    contents = _Contents(limits, keep)
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        root = tree.parse(stream, limits, payload=contents.feed, ended=contents.ended)
        found = Findings(today or local_date(utc_now()))
        return _message(root, contents, found)
    except Unreadable as error:
        return Parsed(None, faults=(Fault("", str(error), grave=True),))
    finally:
        contents.drop()


def sender_of(data: bytes) -> str:
    """The code of the sending agency, from the first pages alone; empty when it cannot be told."""
    told: list[str] = []

    def ended(node: Node) -> None:
        if node.name == "From":
            told.append(node.get("OrganId"))
            raise Enough

    with contextlib.suppress(Unreadable, Enough):
        tree.parse(io.BytesIO(data), replace(LIMITS, message=len(data)), payload=_ignore, ended=ended)
    return told[0] if told else ""


def _ignore(_text: str) -> None:
    return None


def _message(root: Node, contents: _Contents, found: Findings) -> Parsed:
    if root.name != "edXML" or root.namespace not in KNOWN:
        raise Unreadable(_("Đây là tệp XML nhưng không phải thông điệp edXML của QCVN 102:2016."))
    if root.namespace != NAMESPACE:
        found.add("edXML", _("dùng không gian tên “%(name)s”, không phải của QCVN 102:2016") % {"name": root.namespace})
    envelope = root.child("edXMLEnvelope")
    head = envelope.child("edXMLHeader") if envelope else None
    message = head.child("MessageHeader") if head else None
    if envelope is None or head is None or message is None:
        raise Unreadable(_("Thông điệp thiếu phần MessageHeader."))
    if message.child("StatusCode") is not None:
        return Parsed(Kind.STATUS, report=header.status(message, found), faults=tuple(found.faults))
    letter = header.letter(message, head.child("TraceHeaderList"), found)
    letter = _with_attachments(letter, envelope, contents, found)
    return Parsed(Kind.DOCUMENT, letter, faults=tuple(found.faults))


def _with_attachments(letter: Letter, envelope: Node, contents: _Contents, found: Findings) -> Letter:
    """Attachments as they came, described by the manifest; each that is on one side only is named."""
    found.faults += contents.faults
    body = envelope.child("edXMLBody")
    manifest = body.child("edXMLManifest") if body else None
    listed = {_bare(node.get("ContentId")): node for node in (manifest.all("Reference") if manifest else [])}
    names = {node.get("AttachmentName") for node in listed.values()}
    taken: list[Attachment] = []
    for attachment in contents.attachments:
        reference = listed.pop(attachment.content_id, None)
        if reference is None and listed and attachment.name in names:
            reference = _pop_named(listed, attachment.name)
        if reference is None:
            found.add("edXMLManifest", _("tệp “%(name)s” không có trong danh mục") % {"name": attachment.name})
        description = attachment.description or (reference.get("Description") if reference else "")
        taken.append(replace(attachment, description=clean(description)))
    for reference in listed.values():
        name = reference.get("AttachmentName") or reference.get("ContentId")
        found.add("AttachmentEncoded", _("tệp “%(name)s” có trong danh mục nhưng không gửi kèm") % {"name": name})
    return replace(letter, attachments=tuple(taken))


def _pop_named(listed: dict[str, Node], name: str) -> Node | None:
    key = next((key for key, node in listed.items() if node.get("AttachmentName") == name), None)
    return listed.pop(key) if key is not None else None


def _bare(content_id: str) -> str:
    return content_id.strip().removeprefix("cid:")


@dataclass(slots=True)
class _Contents:
    """The attachments while the message streams by: one content is open at a time."""

    limits: Limits
    keep: Keep | None
    attachments: list[Attachment] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    decoder: payload.Decoder | None = None
    total: int = 0

    def feed(self, text: str) -> None:
        if self.decoder is None:
            self.decoder = payload.Decoder(self.limits.file)
        self.decoder.feed(text)

    def ended(self, node: Node) -> None:
        if node.name != "Attachment" or node.namespace not in KNOWN:
            return
        decoder, self.decoder = self.decoder, None
        number = len(self.attachments) + 1
        if number > self.limits.files:
            raise Unreadable(_("Thông điệp có hơn %(n)s tệp đính kèm.") % {"n": self.limits.files})
        name = _name(node, number)
        attachment = Attachment(
            name, clean(node.get("ContentType") or node.get("MimeType"))[:120], content_id=_bare(node.get("ContentId")),
            description=clean(node.get("Description"))[:500],
        )  # fmt: skip
        node.children.clear()
        try:
            attachment = self._take(attachment, decoder)
        except payload.Unpackable as error:
            self.faults.append(Fault(f"AttachmentEncoded/Attachment[{number}]", f"“{name}”: {error}"))
        self.attachments.append(attachment)

    def _take(self, attachment: Attachment, decoder: payload.Decoder | None) -> Attachment:
        packed = (decoder or payload.Decoder(0)).close()
        content = payload.unpack(packed, attachment.name, self.limits)
        with content.file as file:
            self.total += content.size
            if self.total > self.limits.all_files:
                raise payload.Unpackable(
                    _("các tệp cộng lại lớn hơn %(n)s MB") % {"n": self.limits.all_files // tree.MEGABYTE}
                )
            taken = replace(
                attachment, type=content.type, size=content.size, sha256=content.sha256, signatures=content.signatures
            )
            if self.keep is not None:
                self.keep(len(self.attachments), taken, file)
        return taken

    def drop(self) -> None:
        if self.decoder is not None:
            self.decoder.out.close()


def _name(node: Node, number: int) -> str:
    """The last part of the name alone: it names a file here, never a place."""
    given = clean(node.get("AttachmentName") or node.get("FieldName")).replace("\\", "/").rpartition("/")[2]
    return given.strip(". ")[:200] or f"tep-{number}"
