"""Vào sổ: papers, mails and what is typed in; ordinary arrivals several at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Invalid, Problem, Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.errors import Secret
from congvu.domains.documents.types import Forwarding, IncomingInput, Registered, Scanned
from congvu.faces.desk.held import typed
from congvu.faces.desk.incoming import fields as read
from congvu.faces.desk.incoming.envelope import BY_HAND, addressee_parts, alike_of, day_text, register_parts
from congvu.faces.desk.posted import uuid_or_none
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.uploads import kept, uploaded
from congvu.ground.files import selectors as stored
from congvu.ground.files import services as files

CURRENT = "desk_incoming"
BATCH = 30
# What a scan may say of a document.
READ = ("number", "symbol", "kind_name", "subject", "sender", "signer", "signer_position")
# What stays in the form for the next envelope of the same post.
STAYS = ("sender", "issued_on", "channel", "to")


@require_http_methods(["GET", "POST"])
@staff_only
def new(request: HttpRequest) -> HttpResponseBase:
    """The form, and registering what it says. Refused, it comes back with what was typed and the scan kept."""
    actor = actor_of(request)
    if not actor.has_role("registrar"):
        raise Forbidden(_("Chỉ văn thư cơ quan mở được trang này."))
    if request.method == "GET":
        return _page(request, actor, typed(request) or _begin(request))
    if request.POST.get("read") == "1":
        return _read_scan(request, actor)
    try:
        done = _register(request, actor)
    except Refusal as refusal:
        return _page(request, actor, request.POST, refusal)
    messages.success(request, _("Đã vào sổ, số đến %(number)s.") % {"number": done.arrival_number})
    if request.POST.get("next") == "1":
        again = {name: request.POST[name] for name in STAYS if request.POST.get(name)}
        return redirect(f"{reverse('desk_incoming_new')}?{urlencode(again)}")
    return redirect(reverse("desk_incoming_document", args=[done.record_id]))


def _register(request: HttpRequest, actor: Actor) -> Registered:
    post = request.POST
    scan = _scan(request, actor)
    channel = post.get("channel", "")
    given = IncomingInput(
        **read.envelope(post), channel=channel if channel in BY_HAND else "paper", files=(scan,) if scan else ()
    )
    if scan and stored.reads_scans():
        # Nobody waits for it: the search finds the words later, and a mark of secrecy warns.
        files.recognise(actor, scan)
    return services.register(
        actor, given, read.forwarding(post), key=post.get("key", ""), another=post.get("another") == "1"
    )


def _read_scan(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Have the scan read by a job; once it was, the form again with what it says in its empty fields, for the clerk to
    confirm. Nothing is registered."""
    shown, proposed = request.POST.copy(), None
    try:
        scan = _scan(request, actor)
        if scan is None:
            words = _("Chọn bản quét trước khi đọc.")
            raise Invalid(words, problems=(Problem("scan", words, "missing"),))
        found = stored.scan_words(actor, scan)
        if found is None:
            files.recognise(actor, scan)
        elif found.state == "read":
            proposed = _fill(shown, documents.read_from_scan(documents.book_of(actor).id, found.text))
    except Refusal as refusal:
        return _page(request, actor, shown, refusal)
    return _page(request, actor, shown, proposed=proposed)


def _fill(fields: QueryDict, found: Scanned) -> int:
    """Put proposals where nothing was typed; how many."""
    values = {name: getattr(found, name) for name in READ} | {"issued_on": day_text(found.issued_on)}
    new = {name: value for name, value in values.items() if value and not fields.get(name, "").strip()}
    if found.priority and fields.get("priority", "0") == "0":
        new["priority"] = str(found.priority)
    for name, value in new.items():
        fields[name] = value
    return len(new)


def _scan(request: HttpRequest, actor: Actor) -> UUID | None:
    """The scan, unless a level of secrecy was chosen: then nothing is taken in, and what was kept goes.

    Raises Secret then, and when the machine read a mark of secrecy on the scan.
    """
    if not read.choice(request.POST, "secrecy", 3):
        scan = uploaded(request, "scan")
        if scan is None and _reading(request, actor, "scan-kept") == "marked":
            words = marked_words()
            raise Secret(words, problems=(Problem("secrecy", words, "secret"),))
        return scan
    sent = request.FILES.get("scan") is not None
    request.FILES.pop("scan", None)
    before = uploaded(request, "scan")
    if before is not None:
        kept(request).pop("scan", None)
        files.discard(actor, before)
    if sent or before is not None:
        message = _("Văn bản mật không được tải lên. Bản quét không được lưu; hãy đăng ký vào sổ mật bằng giấy.")
        raise Secret(message, problems=(Problem("secrecy", message, "secret"),))
    return None


def marked_words() -> str:
    return _("Bản quét có dấu chỉ độ mật nên đã dừng và không được lưu. Hãy đăng ký vào sổ mật bằng giấy.")


def _reading(request: HttpRequest, actor: Actor, field: str) -> str:
    """How far the machine is with reading the scan named in a field; "" where nobody asked it to."""
    asked = request.GET if request.method == "GET" else request.POST
    scan = uuid_or_none(asked.get(field, ""))
    found = stored.scan_words(actor, scan) if scan else None
    return found.state if found else ""


@require_GET
@staff_only
def reading(request: HttpRequest) -> HttpResponseBase:
    """How far the machine is with the scan of the form; a fragment that asks again until it is done."""
    actor = actor_of(request)
    if not actor.has_role("registrar"):
        raise Forbidden(_("Chỉ văn thư cơ quan mở được trang này."))
    context = {"state": _reading(request, actor, "tep"), "scan": request.GET.get("tep", ""), "marked": marked_words()}
    return render(request, "desk/incoming/_reading.html", context)


def _begin(request: HttpRequest) -> QueryDict:
    """What the last envelope left, if it was followed by another."""
    found = QueryDict(mutable=True)
    found.update({name: request.GET[name][:200] for name in STAYS if name in request.GET})
    return found


def _page(
    request: HttpRequest, actor: Actor, shown: QueryDict, refusal: Refusal | None = None, *, proposed: int | None = None
) -> HttpResponse:
    scan = kept(request).get("scan")
    found = stored.scan_words(actor, scan.id) if scan else None
    context: dict[str, Any] = {
        "typed": shown,
        "key": uuid4().hex,
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        "kept": kept(request),
        "reads_scans": stored.reads_scans(),
        "proposed": proposed,
        "state": found.state if found and proposed is None else "",
        "scan": scan.id if scan else "",
        **register_parts(actor, shown, refusal=refusal),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/incoming/new.html", context, current=CURRENT, status=status)


@require_GET
@staff_only
def suggest(request: HttpRequest) -> HttpResponseBase:
    """Addressee and documents that look alike, for what has been typed so far; a fragment."""
    actor = actor_of(request)
    if not actor.has_role("registrar"):
        raise Forbidden(_("Chỉ văn thư cơ quan mở được trang này."))
    book = documents.book_of(actor)
    alike = alike_of(book, request.GET)
    context = {"typed": request.GET, "alike": alike, "ask_another": bool(alike), "problems": {},
               **addressee_parts(book, request.GET)}  # fmt: skip
    return render(request, "desk/incoming/_addressee.html", context)


@require_POST
@staff_only
def batch(request: HttpRequest) -> HttpResponseBase:
    """Register the ticked arrivals, each by its own act, and say what became of each."""
    actor = actor_of(request)
    wanted = request.POST.getlist("item")[:BATCH]
    if not wanted:
        messages.error(request, _("Chưa chọn văn bản nào. Đánh dấu ít nhất một văn bản trong danh sách."))
    results = [_one(actor, text) for text in wanted]
    done = [words for ok, words in results if ok]
    if done:
        words = ngettext(
            "Đã vào sổ %(n)s văn bản: %(list)s.", "Đã vào sổ %(n)s văn bản: %(list)s.", len(done)
        )  # fmt: skip
        messages.success(request, words % {"n": len(done), "list": "; ".join(done)})
    for ok, line in results:
        if not ok:
            messages.warning(request, _("Chưa vào sổ: %(line)s") % {"line": line})
    return redirect(reverse("desk_incoming") + "?loc=cho-vao-so")


def _one(actor: Actor, text: str) -> tuple[bool, str]:
    """Register one arrival as it is and present it to a leader: whether it was done, and its words."""
    try:
        row = documents.incoming(actor, UUID(text)).row
    except (ValueError, Refusal):
        return False, _("Dòng không đọc được.")
    name = row.code or row.title
    try:
        done = services.register_arrived(actor, row.id, Forwarding())
    except Refusal as refusal:
        return False, f"{name}: {refusal.message}"
    return True, _("%(name)s số đến %(number)s") % {"name": name, "number": done.arrival_number}
