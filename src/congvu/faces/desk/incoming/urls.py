"""Incoming documents on the desk: lists, registering, the page of one and its acts, the papers."""

from django.urls import path

from congvu.faces.desk.incoming import acts, papers, registering, views

prefix = "lam-viec/van-ban-den/"
urlpatterns = [
    path("", views.listing, name="desk_incoming"),
    path("vao-so", registering.new, name="desk_incoming_new"),
    path("vao-so/nhieu", registering.batch, name="desk_incoming_batch"),
    path("vao-so/noi-nhan", registering.suggest, name="desk_incoming_suggest"),
    path("vao-so/doc-quet", registering.reading, name="desk_incoming_reading"),
    path("tai-ve.<slug:form>", papers.export, name="desk_incoming_export"),
    path("<uuid:document_id>/", views.document, name="desk_incoming_document"),
    path("<uuid:document_id>/phieu", papers.slip, name="desk_incoming_slip"),
    path("<uuid:document_id>/tep/<uuid:file_id>", views.framed, name="desk_incoming_file"),
    path("<uuid:document_id>/<slug:verb>", acts.act_on, name="desk_incoming_act"),
]
_READ = "records.visible_to"
_CLERK = "documents.may_register: role registrar"
ACCESS = {
    "desk_incoming": ("staff", _READ),
    "desk_incoming_new": ("staff", _CLERK),
    "desk_incoming_batch": ("staff", "documents.may_keep_arrival: role registrar of the book's agency"),
    "desk_incoming_suggest": ("staff", _CLERK),
    "desk_incoming_reading": ("staff", _CLERK + "; files.scan_words: own uploads only"),
    "desk_incoming_export": ("staff", _READ),
    "desk_incoming_document": ("staff", _READ),
    "desk_incoming_slip": ("staff", _READ),
    "desk_incoming_file": ("staff", "files.open_file: records.visible_to of the file's record"),
    "desk_incoming_act": ("staff", "the policy of the act named by the address (documents.policies)"),
}
