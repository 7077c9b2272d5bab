"""Annexes of a draft that are files of their own, and files that go along with it.

They are part of the version: a file added, renamed, moved or taken out makes a new version, whose digest holds the
content of every file, so that initials on the earlier one hold no more and the signer reads what will be issued.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.domains.documents import policies
from congvu.domains.documents.annex_types import (
    MOST,
    PDF,
    ROMAN,
    AnnexAdded,
    AnnexInput,
    AnnexPlace,
    KeptAnnex,
    annexes_in,
    with_annexes,
)
from congvu.domains.documents.errors import TextChanged
from congvu.domains.documents.models import Outgoing, OutState, Version
from congvu.domains.documents.secrecy import key_of, look
from congvu.domains.documents.services import consulted
from congvu.domains.documents.services.drafting import current, keep_version, load
from congvu.domains.documents.services.setting_annexes import hang, set_from_word, settled
from congvu.domains.documents.services.signing import AGENCY
from congvu.domains.documents.services.steps import require_state
from congvu.engines.signing import services as signing
from congvu.engines.signing.errors import PdfRefused
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.errors import FileRefused, PaperIncomplete
from congvu.ground.audit.services import act, note
from congvu.ground.files import services as stored
from congvu.ground.files.types import FileInfo

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What may go along unsigned: what a recipient opens with what every office has.
ALONG = frozenset({WORD, SHEET, "application/xml", "image/jpeg", "image/png"})
LONGEST_TITLE = 200
MEGABYTE = 1024 * 1024
# One message of the exchange holds 100 MB, of which its way of writing files takes a quarter; the document has to fit.
MOST_BYTES = 60 * MEGABYTE
OPEN = (OutState.DRAFTING, OutState.REVIEWING, OutState.SIGNING)


@act("document.attach_annex", policy=policies.may_edit, label="Thêm phụ lục, tệp kèm theo")
def attach_annex(
    actor: Actor, document_id: UUID, given: AnnexInput, *, base: int | None = None, version: int | None = None
) -> AnnexAdded:
    """A new version of the draft with one more file at the end.

    An annex is a PDF without a signature in it, for the agency signs each (NĐ 30/2020 Phụ lục I), or a Word file that
    is set in the layout of an annex; sheets, forms to be filled in and pictures go along unsigned.

    Raises Invalid naming the field, NotFound for somebody else's upload, WrongState once it was signed, TextChanged
    when somebody saved a version since ``base``, Conflict for a stale page.
    """
    record, row = load(document_id, version=version)
    require_state(record, *OPEN)
    newest = _unchanged(current(row), base)
    known = annexes_in(newest.content)
    made, notes = _kept(actor, given, known, row, newest)
    for file in dict.fromkeys((given.file, made.file)):
        hang(actor, record.id, file, made.title)
    stored.answer_when_issued(actor, given.file, reason="kèm dự thảo văn bản")
    stored.answer_when_issued(actor, made.file, reason="kèm dự thảo văn bản")
    stored.look_for_marks(actor, key_of(made))
    files = settled(actor, row, newest, (*known, made), {one.file: one for one in (*known, made)})
    after = keep_version(actor, record, row, newest.subject, with_annexes(newest.content, files), f"Thêm: {made.title}")
    consulted.text_changed(record.id)
    note(record=record.id, version=after.n, file=str(made.file), sealed=made.sealed)
    return AnnexAdded(after.n, notes)


@act("document.arrange_annexes", policy=policies.may_edit, label="Sắp xếp phụ lục, tệp kèm theo")
def arrange_annexes(
    actor: Actor, document_id: UUID, given: Sequence[AnnexPlace], *, base: int | None = None,
    version: int | None = None,
) -> int:  # fmt: skip
    """A new version with the files in this order and under these titles; whatever is left out is no part of it any
    more, earlier versions keep it, unless a mark of secrecy stands on it: then its content is destroyed, as that of a
    scan that was not registered yet. The same again keeps the version. Returns its number.

    Raises Invalid for a title that is missing and a file the draft does not have; else as ``attach_annex``.
    """
    record, row = load(document_id, version=version)
    require_state(record, *OPEN)
    newest = _unchanged(current(row), base)
    known = {one.file: one for one in annexes_in(newest.content)}
    files = [place.file for place in given]
    if len(set(files)) != len(files) or not set(files) <= set(known):
        raise NotFound(_("Dự thảo không có tệp này."))
    after = [replace(known[place.file], title=_title(place.title, f"title-{place.file}")) for place in given]
    if after == list(known.values()):
        return newest.n
    secret = {one.about for one in look(row.record_id, newest.subject, newest.content).standing}
    kept = settled(actor, row, newest, after, known)
    made = keep_version(
        actor, record, row, newest.subject, with_annexes(newest.content, kept), "Sắp xếp phụ lục, tệp kèm theo"
    )
    consulted.text_changed(record.id)
    gone = _destroy(row, secret & {str(key_of(one)) for file, one in known.items() if file not in files})
    note(record=record.id, version=made.n, annexes=len(after), **({"destroyed": gone} if gone else {}))
    return made.n


def _destroy(row: Outgoing, keys: set[str]) -> list[str]:
    """The contents of files, as brought and as ever set, by which versions name them; their digests."""
    if not keys:
        return []
    every = (one for version in Version.objects.filter(outgoing=row) for one in annexes_in(version.content))
    named = {file for one in every if str(key_of(one)) in keys for file in (one.file, one.source) if file is not None}
    return sorted(digest for file in named if (digest := stored.destroy(file)))


def _unchanged(newest: Version, base: int | None) -> Version:
    if base is not None and base != newest.n:
        raise TextChanged.since(base, newest.n, newest.by)
    return newest


def _title(text: str, field: str = "annex_title") -> str:
    words = clean(text)
    if not words or len(words) > LONGEST_TITLE:
        message = _("Ghi tên phụ lục, tối đa %(n)s ký tự.") % {"n": LONGEST_TITLE}
        raise Invalid(message, problems=(Problem(field, message, "missing"),))
    return words


def _refused(message: str, code: str) -> Invalid:
    return Invalid(message, problems=(Problem("annex_file", message, code),))


def _kept(
    actor: Actor, given: AnnexInput, known: Sequence[KeptAnnex], row: Outgoing, newest: Version
) -> tuple[KeptAnnex, tuple[str, ...]]:
    """The file as the version will name it, and what was left out of it. Raises Invalid."""
    title = _title(given.title)
    opened = stored.open_file(actor, given.file, accept_unscanned=True)
    info = opened.info
    _require_room(info, known)
    if given.along:
        if info.media_type not in ALONG:
            words = _("Tệp gửi kèm không ký số là .docx, .xlsx, .xml, .jpg, .png. Tệp PDF là phụ lục, được ký số.")
            raise _refused(words, "type")
        return _named(info, title, sealed=False), ()
    content = opened.path.read_bytes()
    if info.media_type == WORD:
        earlier = sum(one.sealed for one in known)
        return _from_word(actor, row, newest, content, info, title, ROMAN[earlier] if earlier else "")
    if info.media_type != PDF:
        words = _("Phụ lục được ký số là tệp PDF hoặc .docx. Tệp khác: lưu thành PDF, hoặc chọn gửi kèm không ký số.")
        raise _refused(words, "type")
    fit = _sealable(content)
    if fit is not content:
        info = stored.take(actor, name=info.name, stream=io.BytesIO(fit))
    return _named(info, title, sealed=True, pages=signing.pages(fit)), ()


def _require_room(info: FileInfo, known: Sequence[KeptAnnex]) -> None:
    if len(known) >= MOST:
        raise _refused(_("Dự thảo đã có %(n)s tệp; không thêm được nữa.") % {"n": MOST}, "too_many")
    if any(info.sha256 == one.sha256 for one in known):
        raise _refused(_("Tệp này đã có trong dự thảo."), "double")
    if sum(one.size for one in known) + info.size > MOST_BYTES:
        words = _("Các tệp kèm theo lớn hơn %(n)s MB nên không gửi liên thông được. Hãy giảm dung lượng.")
        raise _refused(words % {"n": MOST_BYTES // MEGABYTE}, "too_big")


def _from_word(
    actor: Actor, row: Outgoing, newest: Version, content: bytes, info: FileInfo, title: str, number: str
) -> tuple[KeptAnnex, tuple[str, ...]]:
    """A Word file as it is set, with the number of its place."""
    try:
        read = typeset.read_word(content)
        if not read.body:
            raise _refused(_("Tệp Word không có nội dung."), "empty")
        made = set_from_word(actor, row, newest, read, title=title, number=number, source=info.id, name=info.name)
    except (FileRefused, PaperIncomplete) as refusal:
        raise _refused(refusal.message, refusal.code) from refusal
    return made, read.notes


def _named(info: FileInfo, title: str, *, sealed: bool, pages: int | None = None) -> KeptAnnex:
    return KeptAnnex(info.id, title, sealed, info.name, info.media_type, info.size, info.sha256, pages)


def _sealable(pdf: bytes) -> bytes:
    """The file if the agency's signature can be added to it, else the same pages in one that takes it: some word
    processors write files nothing can be added to. Raises Invalid: signed already, encrypted, broken, too small."""
    try:
        zone = typeset.annex_corner(pdf).zone
        try:
            signing.prepare(pdf, signatures={AGENCY: zone}, texts={})
        except PdfRefused as refusal:
            if refusal.code != "broken":
                raise
            anew = typeset.rebuilt_pdf(pdf)
            signing.prepare(anew, signatures={AGENCY: zone}, texts={})
            return anew
    except (FileRefused, PdfRefused) as refusal:
        raise _refused(refusal.message, refusal.code) from refusal
    return pdf
