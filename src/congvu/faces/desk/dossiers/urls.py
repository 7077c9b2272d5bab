"""Dossiers on the desk: lists, the page of one, its acts and its papers."""

from django.urls import path

from congvu.faces.desk.dossiers import acts, files, views

prefix = "lam-viec/ho-so/"
urlpatterns = [
    path("", views.listing, name="desk_dossiers"),
    path("truc-tuyen-moi", views.online, name="desk_online"),
    path("<uuid:dossier_id>/", views.dossier, name="desk_dossier"),
    path("<uuid:dossier_id>/tien-do-ky", acts.progress, name="desk_dossier_progress"),
    path("<uuid:dossier_id>/<slug:verb>", acts.act_on, name="desk_dossier_act"),
    path("viec/<uuid:item_id>/<slug:verb>", acts.act_on_item, name="desk_item_act"),
    path("<uuid:dossier_id>/giay/<slug:paper>.pdf", files.paper, name="desk_paper"),
    path("tep/<uuid:file_id>", files.stored, name="desk_file"),
    path("tep/<uuid:file_id>/xac-nhan", files.vouch, name="desk_vouch"),
]
_READ = "records.visible_to"
ACCESS = {
    "desk_dossiers": ("staff", _READ),
    "desk_online": ("staff", _READ),
    "desk_dossier": ("staff", _READ),
    "desk_dossier_progress": ("staff", _READ),
    "desk_dossier_act": ("staff", "the policy of the act named by the address (dossiers.policies)"),
    "desk_item_act": ("staff", "dossiers.may_work_on, may_reassign"),
    "desk_paper": ("staff", _READ),
    "desk_vouch": ("staff", "files.may_vouch: records.visible_to of the file's record"),
    "desk_file": ("staff", "files.open_file: records.visible_to of the file's record"),
}
