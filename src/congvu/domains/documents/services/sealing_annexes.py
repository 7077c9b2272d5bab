"""The agency's signature on annexes that are files of their own: as text in the upper right corner of the first page of
each, number and symbol of the document and the time (NĐ 30/2020 Phụ lục I; documents.md §1.10).

They are signed with the document in one batch, before it; it is issued only when all of them are signed.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, NotFound
from congvu.common.zones import utc_now
from congvu.domains.documents.annex_types import KeptAnnex, annexes_in, labels
from congvu.domains.documents.models import IssuedAnnex, Outgoing, Version
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.services.signing import AGENCY
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Content, HelperTask, Item, Offer, Signed
from congvu.engines.typeset import services as typeset
from congvu.ground.files import services as files
from congvu.ground.records.services import Record


def offers(row: Outgoing, item_id: UUID) -> list[Offer]:
    """The annexes the agency has still to sign, in their order."""
    named = _named(row)
    return [
        Offer(
            row.record_id, one.file, AGENCY, one.sha256, read=True,
            more={"item": str(item_id), "annex": str(one.file), "name": label},
        )
        for one, label in named
        if one.sealed and one.file not in _done(row)
    ]  # fmt: skip


def is_annex(item: Item) -> bool:
    """Whether this item of a batch of seals is an annex, not the document itself."""
    return "annex" in item.more


def digest(item: Item) -> str:
    """What is signed: the content of the file. Raises Conflict for one that is signed already, NotFound."""
    return _one(Outgoing.objects.get(record_id=item.record), item)[0].sha256


def paper_to_seal(actor: Actor, row: Outgoing, item: Item) -> Content:
    """The annex with the place of the signature, and its look. The document has its number. Raises Conflict for a file
    the scanner has not looked at, PdfRefused."""
    one, _label = _one(row, item)
    opened = files.open_file(actor, one.file)
    if not opened.info.sendable:
        words = _("Tệp “%(name)s” chưa được kiểm tra an toàn nên chưa ký được.") % {"name": one.name}
        raise Conflict(words, code="unscanned")
    pdf = opened.path.read_bytes()
    corner = typeset.annex_corner(pdf)
    look = typeset.draw_annex_corner(corner, text=full_code(row), at=utc_now())
    prepared = signing.prepare(pdf, signatures={AGENCY: corner.zone}, texts={})
    return Content(prepared, look, task=HelperTask.APPENDIX)


def keep_sealed(actor: Actor, record: Record, row: Outgoing, item: Item, signed: Signed) -> None:
    """Keep the signed annex beside the document. Step of an act."""
    one, label = _one(row, item)
    place = [kept.file for kept, _label in _named(row)].index(one.file) + 1
    made = files.store(actor, name=f"phu-luc-{place}.pdf", content=signed.pdf)
    files.attach(actor, made.id, record=record.id, purpose="document", label=f"{label}: {one.title}")
    files.lock_version(made.id)
    IssuedAnnex.objects.create(outgoing=row, source=one.file, file=made.id, sealed=True, at=utc_now())


def issue(actor: Actor, record: Record, row: Outgoing) -> None:
    """Everything that belongs to the document is there: annexes are signed, and what goes along is named on its record.
    Step of an act. Raises Conflict naming the first annex without a signature."""
    done = _done(row)
    for place, (one, label) in enumerate(_named(row), start=1):
        if one.file in done:
            continue
        if one.sealed:
            words = _("%(label)s chưa được ký số nên văn bản chưa phát hành được. Hãy phát hành lại.")
            raise Conflict(words % {"label": label}, code="annex_unsigned")
        name = f"tep-kem-theo-{place}{PurePath(one.name).suffix.lower()}"
        made = files.refer(
            actor, one.file, record=record.id, purpose="document", name=name, label=f"{label}: {one.title}"
        )
        files.lock_version(made.id)
        IssuedAnnex.objects.create(outgoing=row, source=one.file, file=made.id, sealed=False, at=utc_now())


def _named(row: Outgoing) -> list[tuple[KeptAnnex, str]]:
    """The files of the version that was signed, with what each is called."""
    content: dict[str, Any] = Version.objects.values_list("content", flat=True).get(outgoing=row, n=row.version)
    kept = annexes_in(content)
    return list(zip(kept, labels(kept), strict=True))


def _done(row: Outgoing) -> set[UUID]:
    return set(IssuedAnnex.objects.filter(outgoing=row).values_list("source", flat=True))


def _one(row: Outgoing, item: Item) -> tuple[KeptAnnex, str]:
    wanted = UUID(item.more["annex"])
    if wanted in _done(row):
        raise Conflict(_("Phụ lục này đã được ký số."), code="changed")
    found = next((pair for pair in _named(row) if pair[0].file == wanted), None)
    if found is None:
        raise NotFound(_("Dự thảo không có tệp này."))
    return found
