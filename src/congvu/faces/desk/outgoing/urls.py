"""Outgoing documents on the desk: lists, drafting, the page of one and its acts, its papers."""

from django.urls import path

from congvu.faces.desk.outgoing import acts, annexes, comparing, drafting, opinions, papers, several, views

prefix = "lam-viec/van-ban-di/"
urlpatterns = [
    path("", views.listing, name="desk_outgoing"),
    path("soan", drafting.new, name="desk_outgoing_new"),
    path("phat-hanh", several.issue, name="desk_outgoing_issue"),
    path("xin-y-kien", opinions.listing, name="desk_outgoing_consulted"),
    path("<uuid:document_id>/", views.document, name="desk_outgoing_document"),
    path("<uuid:document_id>/sua", drafting.edit, name="desk_outgoing_edit"),
    path("<uuid:document_id>/ban-thao/<int:n>", papers.draft, name="desk_outgoing_draft"),
    path("<uuid:document_id>/ban-thao.docx", papers.word, name="desk_outgoing_word"),
    path("<uuid:document_id>/tep/<uuid:file_id>", papers.framed, name="desk_outgoing_file"),
    path("<uuid:document_id>/so-sanh", comparing.compare, name="desk_outgoing_compare"),
    path("<uuid:document_id>/tong-hop-y-kien.pdf", opinions.summary, name="desk_outgoing_opinions"),
    path("<uuid:document_id>/du-thao/<slug:verb>", opinions.act_on, name="desk_outgoing_opinion_act"),
    path("<uuid:document_id>/tep-kem/<slug:verb>", annexes.act_on, name="desk_outgoing_annex_act"),
    path("<uuid:document_id>/tien-do", acts.progress, name="desk_outgoing_progress"),
    path("<uuid:document_id>/<slug:verb>", acts.act_on, name="desk_outgoing_act"),
]
_READ = "records.visible_to"
ACCESS = {
    "desk_outgoing": ("staff", _READ),
    "desk_outgoing_new": ("staff", "documents.may_draft: staff in a post"),
    "desk_outgoing_issue": (
        "staff",
        "signing.may_open_batch: the agency's certificate; workflow.item of each",
    ),
    "desk_outgoing_document": ("staff", _READ),
    "desk_outgoing_edit": ("staff", "documents.may_edit: whom the draft waits for"),
    "desk_outgoing_draft": ("staff", _READ),
    "desk_outgoing_word": ("staff", _READ),
    "desk_outgoing_file": ("staff", "files.open_file: records.visible_to of the file's record"),
    "desk_outgoing_compare": ("staff", _READ),
    "desk_outgoing_consulted": ("staff", _READ),
    "desk_outgoing_opinions": ("staff", _READ),
    "desk_outgoing_opinion_act": ("staff", "the policy of the act named by the address (documents.policies)"),
    "desk_outgoing_annex_act": ("staff", "documents.may_edit: whom the draft waits for"),
    "desk_outgoing_progress": ("staff", _READ),
    "desk_outgoing_act": ("staff", "the policy of the act named by the address (documents.policies)"),
}
