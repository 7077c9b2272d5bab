"""In whose place a person signs, and the limits of it (NĐ 30/2020 Điều 13)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.domains.documents.authorised import in_force
from congvu.domains.documents.models import Family, Outgoing
from congvu.domains.documents.types import IssuerView
from congvu.engines.typeset.types import Signer
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import PositionView

Capacity = Outgoing.Capacity
DEPUTY = "Phó "
HEADS = ("head", "center_head")


@dataclass(frozen=True, slots=True)
class SignerView:
    """Somebody who may sign for an issuer, in one capacity."""

    position_id: int
    capacity: str
    title: str
    names: tuple[str, ...]


def check(by: IssuerView, position: PositionView, capacity: str) -> None:
    """Whether a post may sign for the issuer in this capacity. Raises Invalid.

    TM., Q., KT. and signing by oneself belong to leaders of the agency; TL. to heads of its units; TUQ. to anybody
    inside it, under an authorisation in force (``authorised``) or standing in for a leader.
    """
    problem = _wrong(by, position, capacity)
    if problem:
        raise Invalid(problem, problems=(Problem("capacity", problem, "capacity"),))


def _wrong(by: IssuerView, position: PositionView, capacity: str) -> str:
    if capacity not in Capacity.values:
        return _("Chọn thẩm quyền ký.")
    if orgs.agency_of(position.unit_id).id != by.unit_id:
        return _("Người ký phải thuộc cơ quan ban hành.")
    leader = "chair" in position.roles and position.unit_id == by.unit_id
    if capacity == Capacity.ORDER and leader:
        return _("Lãnh đạo cơ quan không ký thừa lệnh; hãy chọn ký trực tiếp, TM. hoặc KT.")
    if capacity == Capacity.ORDER and not set(position.roles) & set(HEADS):
        return _("Ký thừa lệnh (TL.) dành cho người đứng đầu đơn vị thuộc cơ quan.")
    if capacity == Capacity.COLLECTIVE and not by.collective:
        return _("Cơ quan làm việc theo chế độ thủ trưởng không ký thay mặt (TM.).")
    if capacity not in (Capacity.ORDER, Capacity.AUTHORISED) and not leader:
        return _("Chỉ lãnh đạo cơ quan ký với thẩm quyền này.")
    return ""


def proposed(by: IssuerView, position: PositionView) -> str:
    """The capacity that fits a post: a deputy signs KT., the head TM. where the agency decides as a collective."""
    if "chair" not in position.roles:
        return Capacity.ORDER
    if position.title.startswith(DEPUTY):
        return Capacity.DEPUTY
    return Capacity.COLLECTIVE if by.collective else Capacity.SELF


def signers(by: IssuerView) -> tuple[SignerView, ...]:
    """Who may sign for the issuer and how: leaders in the capacity of their post, the head also by title where the
    agency decides as a collective, heads of units by order (TL.), then whoever holds an authorisation (TUQ.). Three
    statements."""
    tree = orgs.tree()
    seats = orgs.seats(unit.id for unit in tree if tree.agency_of(unit.id).id == by.unit_id)
    leaders = [seat for seat in seats if "chair" in seat.roles and seat.unit_id == by.unit_id]
    heads = [seat for seat in seats if seat not in leaders and set(seat.roles) & set(HEADS)]
    found = []
    for seat in leaders:
        own = proposed(by, orgs.position(seat.position_id))
        found.append(SignerView(seat.position_id, own, seat.title, seat.names))
        if own == Capacity.COLLECTIVE:
            found.append(SignerView(seat.position_id, Capacity.SELF, seat.title, seat.names))
    held = set(in_force(by.id).values_list("holder_id", flat=True))
    ordered = [SignerView(seat.position_id, Capacity.ORDER, seat.title, seat.names) for seat in heads]
    authorised = [seat for seat in seats if seat.position_id in held]
    by_authority = [SignerView(seat.position_id, Capacity.AUTHORISED, seat.title, seat.names) for seat in authorised]
    return (*found, *ordered, *by_authority)


def signer_of(by: IssuerView, actor: Actor) -> Signer:
    """How the actor signs for the issuer today: in the capacity of the own post; who stands in for somebody signs with
    the own post as well, KT. for a leader of the agency, else TUQ. Raises Invalid for a post that may not sign."""
    place, capacity = actor.position_id, ""
    if actor.on_behalf_of and actor.user_id is not None:
        own = next((post for post in orgs.posts_of(actor.user_id) if not post.stand_in_for), None)
        place, capacity = (own.position_id if own else place), Capacity.AUTHORISED
    if place is None:
        raise Invalid(_("Chưa rõ ký ở vị trí nào. Hãy chọn vị trí công tác."))
    post = orgs.position(place)
    if not capacity or ("chair" in post.roles and post.unit_id == by.unit_id):
        capacity = proposed(by, post)
    check(by, post, capacity)
    return signer_block(by, post, capacity, actor.name)


def signer_block(by: IssuerView, position: PositionView, capacity: str, name: str) -> Signer:
    """Boxes 7a and 7b: ``TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH``, ``KT. CHỦ TỊCH / PHÓ CHỦ TỊCH``, ``TL. CHỦ TỊCH / …``.

    Who signs by order may let the own deputy sign: ``TL. CHỦ TỊCH / KT. TRƯỞNG PHÒNG / PHÓ TRƯỞNG PHÒNG`` (Điều 13).
    """
    title = _printed_title(position.title)
    head = _printed_title(_head_title(by, position))
    collective = by.collective.upper()
    if by.family == Family.PARTY:
        return _party_block(capacity, title, head, collective, name)
    match capacity:
        case Capacity.COLLECTIVE:
            return Signer(title=title, name=name, authority=f"TM. {collective}")
        case Capacity.DEPUTY if collective:
            return Signer(title=title, name=name, authority=f"TM. {collective}\nKT. {head}")
        case Capacity.ORDER if position.title.startswith(DEPUTY):
            own = _printed_title(_unit_head(position))
            return Signer(title=title, name=name, authority=f"{capacity} {head}\nKT. {own}")
        case Capacity.DEPUTY | Capacity.ORDER | Capacity.AUTHORISED:
            return Signer(title=title, name=name, authority=f"{capacity} {head}")
        case Capacity.ACTING:
            return Signer(title=f"Q. {title}", name=name, authority=f"TM. {collective}" if collective else "")
    return Signer(title=title, name=name)


# How the Party writes the capacities [from memory, unverified]: a deputy speaks for the collective like its head.
_PARTY_WORDS = {Capacity.ORDER: "T/L", Capacity.AUTHORISED: "T/UQ"}


def _party_block(capacity: str, title: str, head: str, collective: str, name: str) -> Signer:
    """``T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ``, ``K/T TRƯỞNG BAN / PHÓ TRƯỞNG BAN``, ``T/L BAN THƯỜNG VỤ / CHÁNH VĂN …``."""
    if capacity in _PARTY_WORDS:
        return Signer(title=title, name=name, authority=f"{_PARTY_WORDS[Capacity(capacity)]} {collective or head}")
    shown = f"Q. {title}" if capacity == Capacity.ACTING else title
    if collective and capacity != Capacity.SELF:
        return Signer(title=shown, name=name, authority=f"T/M {collective}")
    return Signer(title=shown, name=name, authority=f"K/T {head}" if capacity == Capacity.DEPUTY else "")


def _head_title(by: IssuerView, position: PositionView) -> str:
    """The title of whoever heads the agency: the first leader's post that is no deputy's."""
    leaders = [post.title for post in orgs.positions(by.unit_id, "chair")]
    return _first_head(leaders, position)


def _unit_head(position: PositionView) -> str:
    """The title of whoever heads the deputy's unit."""
    heading = [post for role in HEADS for post in orgs.positions(position.unit_id, role)]
    return _first_head([post.title for post in heading], position)


def _first_head(titles: list[str], deputy: PositionView) -> str:
    heads = [title for title in titles if not title.startswith(DEPUTY)]
    if heads:
        return heads[0]
    bare = deputy.title.removeprefix(DEPUTY)
    return bare[:1].upper() + bare[1:]


def _printed_title(title: str) -> str:
    """The post without the agency, which box 2 or 7a names already: "Chủ tịch UBND tỉnh" prints CHỦ TỊCH."""
    return title.partition(" UBND")[0].upper()
