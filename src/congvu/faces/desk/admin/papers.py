"""Đề nghị: forms 01 to 03 for a new certificate, what was asked, and what came of it (NĐ 68/2024)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from congvu.common.errors import Refusal
from congvu.engines.signing import selectors, services
from congvu.engines.signing.types import Form, HolderKind, Issued, Provider, RequestView, Wish
from congvu.faces.desk.admin.certificates import holder_of, people_of
from congvu.faces.desk.admin.frame import number
from congvu.faces.desk.admin.keeping import keepers_only, kept_page
from congvu.faces.desk.shell import actor_of
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

CURRENT = "desk_certificate_papers"
MOST_BYTES = 20_000
STATES = {
    "asked": (gettext_lazy("Chờ kết quả"), "warn"), "done": (gettext_lazy("Đã có kết quả"), "ok"),
    "declined": (gettext_lazy("Không được chấp nhận"), "bad"),
}  # fmt: skip
# What leads to a certificate; the others are closed by the act they ask for, or declined.
ISSUES = (Form.NEW_PERSON, Form.NEW_ORGANISATION, Form.NEW_DEVICE, Form.CHANGE)


@require_GET
@keepers_only
def listing(request: HttpRequest) -> HttpResponseBase:
    return papers_page(request)


def papers_page(request: HttpRequest, refusal: Refusal | None = None, failed: int = 0) -> HttpResponse:
    """The papers, the newest first, and the form of a new request; after a refusal the form it came from."""
    actor, tree = actor_of(request), orgs.tree()
    agency = tree.agency_of(actor.unit_id).id if actor.unit_id is not None else 0
    chosen = request.POST.get("kind", HolderKind.PERSON)
    rows = [
        (row, str(row.form.label), *STATES[row.state], _issues(row), _whose(tree, row.unit_id))
        for row in selectors.papers(actor)
    ]
    context = {
        "rows": rows, "failed": failed, "people": people_of(agency),
        "kinds": [Option(kind, str(kind.label), checked=kind == chosen) for kind in HolderKind],
        "providers": [Option(one, str(one.label)) for one in Provider],
    }  # fmt: skip
    return kept_page(request, "certificate_papers", context, tab=CURRENT, refusal=refusal)


def _issues(row: RequestView) -> bool:
    return row.state == "asked" and row.form in ISSUES


def _whose(tree: orgs.UnitTree, unit_id: int) -> str:
    found = tree.get(unit_id)
    return found.short_name or found.name if found else ""


@require_POST
@keepers_only
def ask(request: HttpRequest) -> HttpResponseBase:
    """The own agency asks for a certificate: of a person in a post, of the agency, or of a device."""
    actor, post = actor_of(request), request.POST
    kind = HolderKind(post["kind"]) if post.get("kind") in HolderKind.values else HolderKind.PERSON
    position, user = holder_of(post, "user_id") if kind is HolderKind.PERSON else (None, None)
    agency = orgs.tree().agency_of(actor.unit_id).id if actor.unit_id is not None else 0
    try:
        services.ask(actor, Wish(kind, agency, user, position, post.get("reason", ""), post.get("letter", "")))
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return papers_page(request, refusal)
    messages.success(request, _("Đã lập đề nghị."))
    return redirect(CURRENT)


@require_POST
@keepers_only
def close(request: HttpRequest, paper_id: int, verb: str) -> HttpResponseBase:
    """What came of a request: the certificate (a file, or its renewal), or that it was not granted."""
    actor, post = actor_of(request), request.POST
    try:
        if verb == "cap":
            services.issue(actor, paper_id, _issued(request))
        else:
            services.decline(actor, paper_id, outcome=post.get("outcome", ""))
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return papers_page(request, refusal, failed=paper_id)
    messages.success(request, _("Đã ghi nhận kết quả."))
    return redirect(CURRENT)


def _issued(request: HttpRequest) -> Issued:
    post, sent = request.POST, request.FILES.get("certificate")
    content = sent.read(MOST_BYTES + 1) if sent is not None else b""
    provider = Provider(post["provider"]) if post.get("provider") in Provider.values else Provider.TOKEN
    custodian = holder_of(post, "custodian")[1] if number(post.get("custodian", "")) else None
    return Issued(content, provider, post.get("provider_ref", ""), post.get("device_serial", ""), custodian)
