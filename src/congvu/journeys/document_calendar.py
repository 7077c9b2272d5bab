"""An invitation becomes an entry of the calendar: what it says of time and place is read, the rest is known here."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import fold
from congvu.common.zones import local_date, utc_now
from congvu.domains.calendars import selectors as calendars
from congvu.domains.calendars import services
from congvu.domains.calendars.types import EntryInput, Kind, When
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IncomingView
from congvu.ground.files import selectors as files
from congvu.ground.orgs import selectors as orgs

INVITATIONS = ("giay moi", "giay trieu tap")
CONTENT, HOST = 500, 200


def is_invitation(view: IncomingView) -> bool:
    """Whether the document invites: by its kind, or by a symbol that begins with GM."""
    return fold(view.row.kind_name) in INVITATIONS or view.symbol.upper().startswith("GM")


def read_entry(actor: Actor, document_id: UUID) -> tuple[EntryInput, bool]:
    """The entry that an incoming document proposes, and whether its time could be read.

    Without a time the entry stands on today and waits to be corrected. Raises NotFound.
    """
    view = documents.incoming(actor, document_id)
    row, today = view.row, local_date(utc_now())
    read = calendars.read_invitation("\n".join(files.texts_of(document_id)), on=row.issued_on or today)
    known = read.day is not None and (read.start is not None or read.session != "hours")
    posts, units = _invited(actor, view)
    given = EntryInput(
        kind=Kind.MEETING, content=row.title[:CONTENT], place=read.place, host=(read.host or row.sender)[:HOST],
        when=When(read.day or today, read.session, start=read.start), attendees=posts, units=units, source=document_id,
    )  # fmt: skip
    return given, known


def _invited(actor: Actor, view: IncomingView) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who of the agency goes: whom the slip names, else the leader who reads it, else the agency's first leader."""
    agency = view.book.unit_id
    tree = orgs.tree()
    inside = {unit for unit in tree.subtree(agency) if tree.agency_of(unit).id == agency}
    lines = [line for line in view.directions if line.unit_id in inside and line.role != "inform"]
    posts = tuple(dict.fromkeys(line.position_id for line in lines if line.position_id is not None))
    units = tuple(dict.fromkeys(line.unit_id for line in lines if line.position_id is None))
    if posts or units:
        return posts, units
    if actor.has_role("chair") and actor.position_id is not None:
        return (actor.position_id,), ()
    return tuple(post.id for post in orgs.positions(agency, "chair")[:1]), ()


def put_into_calendar(actor: Actor, document_id: UUID) -> UUID:
    """Register the entry an invitation proposes, once: the one that is there is given back.

    Raises NotFound, and Invalid (``day``) where no time could be read: then a person fills it in.
    """
    before = calendars.from_source(actor, document_id)
    there = [row for row in before if row.state in ("proposed", "approved")]
    if there:
        return there[0].id
    given, known = read_entry(actor, document_id)
    if not known:
        message = _("Không đọc được thời gian trong văn bản. Hãy ghi ngày giờ rồi đăng ký.")
        raise Invalid(message, problems=(Problem("day", message, "unread"),))
    return services.register(actor, given, key=f"moi-{document_id}-{len(before)}")
