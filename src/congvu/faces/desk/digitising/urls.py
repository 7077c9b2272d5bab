"""The paper backlog, batches of scanning, progress."""

from django.urls import path

from congvu.faces.desk.digitising import acts, views

prefix = "lam-viec/so-hoa/"
urlpatterns = [
    path("", views.backlog, name="desk_digitising"),
    path("them", acts.add, name="desk_digitising_add"),
    path("nhap", acts.from_sheet, name="desk_digitising_import"),
    path("tien-do", views.progress, name="desk_digitising_progress"),
    path("dot", views.batches, name="desk_digitising_batches"),
    path("ban", views.scans, name="desk_digitising_scans"),
    path("khoi/<int:holding_id>/lap-dot", acts.begin, name="desk_digitising_begin"),
    path("dot/<uuid:batch_id>/", views.batch, name="desk_digitising_batch"),
    path("dot/<uuid:batch_id>/<slug:verb>", acts.act_on, name="desk_digitising_act"),
]
_READ = "records.visible_to"
ACCESS = {
    "desk_digitising": ("staff", "the backlog of the own agency"),
    "desk_digitising_add": ("staff", "digitising.may_plan"),
    "desk_digitising_import": ("staff", "digitising.may_plan"),
    "desk_digitising_progress": ("staff", _READ),
    "desk_digitising_batches": ("staff", _READ),
    "desk_digitising_scans": ("staff", _READ),
    "desk_digitising_begin": ("staff", "digitising.may_begin"),
    "desk_digitising_batch": ("staff", _READ),
    "desk_digitising_act": ("staff", "digitising.may_scan, may_draw, may_check, may_accept"),
}
