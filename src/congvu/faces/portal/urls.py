"""Addresses of the portal (design language, 8.1), each with its audience and the policy that guards it."""

from django.urls import path

from congvu.faces.portal.views import (
    answering,
    communes,
    home,
    lookup,
    procedures,
    rating,
    sending,
    starting,
    tracking,
    verifying,
    wizard,
)

prefix = ""
urlpatterns = [
    path("", home.home, name="portal-home"),
    path("viec/<slug:slug>", home.life_event, name="portal-life-event"),
    path("thu-tuc", procedures.listing, name="portal-procedures"),
    path("thu-tuc/goi-y", procedures.suggestions, name="portal-suggestions"),
    path("thu-tuc/xa-phuong", communes.communes, name="portal-communes"),
    path("thu-tuc/<str:code>", procedures.detail, name="portal-procedure"),
    path("thu-tuc/<str:code>/nop", starting.start, name="portal-start"),
    path("thu-tuc/<str:code>/nop/<uuid:draft_id>", wizard.resume, name="portal-draft"),
    path("thu-tuc/<str:code>/nop/<uuid:draft_id>/kiem-tra", sending.check, name="portal-check"),
    path("thu-tuc/<str:code>/nop/<uuid:draft_id>/gui", sending.send, name="portal-send"),
    path("thu-tuc/<str:code>/nop/<uuid:draft_id>/xoa", starting.drop, name="portal-drop-draft"),
    path("thu-tuc/<str:code>/nop/<uuid:draft_id>/<str:key>", wizard.wizard_page, name="portal-wizard-page"),
    path("ho-so", lookup.lookup, name="portal-lookup"),
    path("ho-so/dang-ke-khai", starting.drafts, name="portal-drafts"),
    path("ho-so/<uuid:dossier_id>", tracking.own, name="portal-own"),
    path("kiem-tra-chu-ky/", verifying.verify, name="portal-verify"),
    path("h/<str:token>", tracking.track, name="portal-track"),
    path("h/<str:token>/da-gui", sending.sent, name="portal-sent"),
    path("h/<str:token>/bo-sung", answering.supplement, name="portal-supplement"),
    path("h/<str:token>/rut", answering.withdraw, name="portal-withdraw"),
    path("h/<str:token>/danh-gia", rating.rate, name="portal-rate"),
    path("h/<str:token>/giay-tiep-nhan.pdf", tracking.receipt, name="portal-receipt"),
    path("h/<str:token>/da-nop.pdf", tracking.proof, name="portal-proof"),
    path("h/<str:token>/tep/<uuid:file_id>", tracking.file, name="portal-file"),
]

_CATALOGUE = "the catalogue of procedures is public"
_OWN_DRAFT = "own drafts only (dossiers.policies.require_owner_of_draft)"
_OWN_DOSSIER = "dossiers the citizen may read (records.visible_to)"
ACCESS = {
    "portal-home": ("public", _CATALOGUE),
    "portal-life-event": ("public", _CATALOGUE),
    "portal-procedures": ("public", _CATALOGUE),
    "portal-suggestions": ("public", _CATALOGUE),
    "portal-communes": ("public", "names of administrative units"),
    "portal-procedure": ("public", _CATALOGUE),
    "portal-start": ("citizen", "own filing switched on for the authority (dossiers.services.begin_draft)"),
    "portal-draft": ("citizen", _OWN_DRAFT),
    "portal-check": ("citizen", _OWN_DRAFT),
    "portal-send": ("citizen", "dossiers.policies.may_submit"),
    "portal-drop-draft": ("citizen", _OWN_DRAFT),
    "portal-wizard-page": ("citizen", _OWN_DRAFT),
    "portal-lookup": ("public", "by code without name, counted per address; own list by records.visible_to"),
    "portal-drafts": ("citizen", _OWN_DRAFT),
    "portal-verify": ("public", "a file of the reader's own, counted per address; nothing is kept"),
    "portal-own": ("citizen", _OWN_DOSSIER),
    "portal-track": ("public", "the random token, without name or file; whole by records.visible_to"),
    "portal-sent": ("citizen", _OWN_DOSSIER),
    "portal-supplement": ("citizen", "dossiers.policies.may_answer_supplement"),
    "portal-withdraw": ("citizen", "dossiers.policies.may_withdraw"),
    "portal-rate": ("public", "the random token (dossiers.policies.anybody), once for each dossier"),
    "portal-receipt": ("citizen", _OWN_DOSSIER),
    "portal-proof": ("citizen", _OWN_DOSSIER),
    "portal-file": ("citizen", "files.policies.visible_file"),
}
