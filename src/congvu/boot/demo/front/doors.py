"""Six doors: a person in a post, the first thing that waits for them now, and the page on which it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congvu.boot.demo.people import CITIZENS, Citizen
from congvu.common.actor import Actor, ActorKind
from congvu.common.counting import totals
from congvu.common.errors import NotFound
from congvu.domains.documents import selectors as documents
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.types import DossierRow
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.deadlines.types import DueChip
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import WorkRow
from congvu.ground.accounts import selectors as accounts
from congvu.ground.orgs import selectors as orgs

_COUNTED = 200


@dataclass(frozen=True, slots=True)
class Door:
    """One door as it stands now. ``url`` "" means that the room behind it is not built: it stands and says so.

    ``user_id`` and ``position_id`` are the official's; ``citizen`` is the key of a demo citizen.
    """

    key: str
    title: str
    icon: str
    who: str
    task: str
    url: str = ""
    chip: DueChip | None = None
    note: str = ""
    user_id: int | None = None
    position_id: int | None = None
    citizen: str = ""


@dataclass(frozen=True, slots=True)
class _Task:
    """What a door says and opens."""

    words: str
    url: str
    chip: DueChip | None = None


# What waits, in words; ``n`` is how many of the kind of the first one.
_WORDS = {
    "approve": gettext_lazy("Duyệt %(n)s hồ sơ"),
    "review": gettext_lazy("Xem lại %(n)s hồ sơ trước khi trình"),
    "issue": gettext_lazy("Cấp số, phát hành %(n)s kết quả"),
    "return": gettext_lazy("Trả %(n)s kết quả cho người nộp"),
    "receive": gettext_lazy("Chuyển %(n)s hồ sơ vừa tiếp nhận"),
}
_OTHER = gettext_lazy("Xử lý %(n)s việc của hồ sơ một cửa")
# The same for other records, by kind of record and of work.
_RECORDS = {
    ("doc_in", "direct"): gettext_lazy("Cho ý kiến chỉ đạo %(n)s văn bản đến"),
    ("doc_in", "handle"): gettext_lazy("Xử lý %(n)s văn bản đến"),
}


def doors() -> list[Door]:
    """All six, always in this order."""
    return [make() for make in _MAKERS.values()]


def door(key: str) -> Door | None:
    """One door as it stands now; None for a key that is none."""
    make = _MAKERS.get(key)
    return make() if make else None


def _staff(key: str, title: str, icon: str, login: str, task: Callable[[Actor], _Task], note: str = "") -> Door:
    """The door of the post whose main holder has this login; who stands in for an absent holder comes in instead."""
    try:
        actor = _in_post(login)
    except NotFound:
        return Door(key, title, icon, "", _("Chưa nạp dữ liệu trình diễn"))
    if actor.position_id is None:
        return Door(key, title, icon, actor.name, _("Người này hiện không giữ vị trí nào"))
    found = task(actor)
    who = ", ".join(filter(None, (actor.name, actor.position_title, actor.unit_name)))
    if actor.on_behalf_of:
        who = _("%(who)s (thay %(absent)s đang vắng)") % {"who": who, "absent": actor.on_behalf_of}
    return Door(
        key, title, icon, who, found.words, found.url, found.chip, note, user_id=actor.user_id,
        position_id=actor.position_id,
    )  # fmt: skip


def _in_post(login: str) -> Actor:
    user = accounts.user_by_username(login)
    posts = orgs.posts_of(user.id)
    if not posts:
        return orgs.staff_actor(user.id)
    position = posts[0].position_id
    stand_in = next((holder for holder in orgs.holders_of(position) if holder.stand_in), None)
    return orgs.staff_actor(stand_in.user_id if stand_in else user.id, position)


def _first_item(actor: Actor) -> _Task:
    """The earliest item of the inbox, counted with those of its kind."""
    rows = work.inbox(actor, limit=_COUNTED).rows
    if not rows:
        return _nothing(reverse("desk_inbox"))
    first = rows[0]
    like = [row for row in rows if (row.step_kind, row.record_kind) == (first.step_kind, first.record_kind)]
    own = _RECORDS.get((first.record_kind, first.kind))
    words = (own or _WORDS.get(first.step_kind, _OTHER)) % {"n": _number(like)}
    late = sum(row.group == "late" for row in like)
    if late:
        words = _("%(task)s, %(late)s đã quá hạn") % {"task": words, "late": late}
    chip = deadlines.chips([first.record_id], timezone.now()).get(first.record_id)
    return _Task(words, f"{reverse('desk_inbox')}?{urlencode({'xem': str(first.id)})}", chip)


def _number(rows: list[WorkRow]) -> str:
    return f"{len(rows)}+" if len(rows) >= _COUNTED else str(len(rows))


def _nothing(url: str) -> _Task:
    return _Task(_("Hôm nay không còn việc đến hạn"), url)


def _counter(actor: Actor) -> _Task:
    """Dossiers filed online come first: nobody has promised their applicants a time yet."""
    filed = dossiers.count(actor, "submitted").now()
    if filed:
        words = _("Tiếp nhận %(n)s hồ sơ nộp trực tuyến") % {"n": work.capped(filed)}
        return _Task(words, reverse("desk_online"))
    return _first_item(actor)


def _book(actor: Actor) -> _Task:
    """Arrivals that nobody has registered come first: the sender waits for the answer of the same day."""
    waiting = documents.count_waiting(actor, "cho-vao-so").now()
    if waiting:
        words = ngettext("Vào sổ %(n)s văn bản đến", "Vào sổ %(n)s văn bản đến", waiting)
        return _Task(words % {"n": work.capped(waiting)}, f"{reverse('desk_incoming')}?loc=cho-vao-so")
    return _first_item(actor)


def _registry() -> Door:
    return _staff("van-thu", _("Văn thư"), "docin", "vanthu", _book)


def _one_stop() -> Door:
    return _staff("mot-cua", _("Một cửa"), "scan", "motcua", _counter)


def _leader(actor: Actor) -> _Task:
    """Documents and results to sign come first, counted as their list counts them: everybody below waits for them."""
    waiting = sum(
        totals({"documents": documents.count_to_sign(actor), "results": dossiers.count_to_sign(actor)}).values()
    )
    if waiting:
        words = ngettext("Ký %(n)s văn bản", "Ký %(n)s văn bản", waiting)
        return _Task(words % {"n": waiting}, reverse("desk_signing"))
    return _first_item(actor)


def _chair() -> Door:
    return _staff("chu-tich", _("Chủ tịch"), "sign", "chutich", _leader)


def _reform() -> Door:
    return _shut("cai-cach", _("Cải cách hành chính"), "task", "kiemnhiem", _("Phân hệ chấm điểm cải cách chưa có"))


def _technology() -> Door:
    return _shut("cong-nghe", _("Công nghệ thông tin"), "shield", "vanhoa", _("Phân hệ thiết bị, an toàn chưa có"))


def _shut(key: str, title: str, icon: str, login: str, words: str) -> Door:
    """A door whose room is not built yet; the person is already there."""
    try:
        who = accounts.user_by_username(login).name
    except NotFound:
        who = ""
    return Door(key, title, icon, who, words)


def _citizen() -> Door:
    """The first demo citizen whose dossier waits for a paper; else the first one, at the own list."""
    key, title = "nguoi-dan", _("Người dân")
    try:
        home = reverse("portal-lookup")
        for citizen in CITIZENS:
            waiting = _asked(citizen)
            if waiting:
                return Door(
                    key, title, "user", _address(citizen), _asked_words(waiting[0], citizen),
                    reverse("portal-own", kwargs={"dossier_id": waiting[0].id}), _chip(waiting[0]),
                    citizen=citizen.key,
                )  # fmt: skip
    except NoReverseMatch:
        return Door(key, title, "user", _address(CITIZENS[0]), _("Cổng người dân chưa có"))
    nothing = _nothing(home)
    return Door(key, title, "user", _address(CITIZENS[0]), nothing.words, nothing.url, citizen=CITIZENS[0].key)


def _address(citizen: Citizen) -> str:
    return f"{citizen.full_name}, {citizen.hamlet}, {citizen.commune}"


def _visitor(citizen: Citizen) -> Actor | None:
    """The citizen as a reader of the own dossiers, before signing in; None if this installation has not met them."""
    if citizen.tax_code:
        subject = accounts.subject_by_tax_code(citizen.tax_code)
    else:
        subject = accounts.subject_by_personal_id(citizen.personal_id)
    if subject is None:
        return None
    return Actor(kind=ActorKind.CITIZEN, name=subject.full_name, subject_id=subject.id)


def _asked(citizen: Citizen) -> tuple[DossierRow, ...]:
    reader = _visitor(citizen)
    if reader is None:
        return ()
    return dossiers.dossiers(reader, dossiers.Query(states=("supplement",)), limit=1).rows


def _asked_words(row: DossierRow, citizen: Citizen) -> str:
    reader = _visitor(citizen)
    view = dossiers.dossier(reader, row.id) if reader else None
    open_requests = [s for s in view.supplements if s.answered_at is None and s.cancelled_at is None] if view else []
    papers = sum(len(request.items) for request in open_requests)
    return _("Bổ sung %(n)s giấy tờ cho hồ sơ %(title)s") % {"n": papers, "title": row.title}


def _chip(row: DossierRow) -> DueChip | None:
    return deadlines.chips([row.id], timezone.now()).get(row.id)


_MAKERS: dict[str, Callable[[], Door]] = {
    "van-thu": _registry,
    "mot-cua": _one_stop,
    "chu-tich": _chair,
    "cai-cach": _reform,
    "cong-nghe": _technology,
    "nguoi-dan": _citizen,
}
