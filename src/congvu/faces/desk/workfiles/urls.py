"""Work files on the desk: lists, the page of one, the list editor, the archive side."""

from django.urls import path

from congvu.faces.desk.workfiles import acts, archive, catalogue, gather, views

prefix = "lam-viec/ho-so-cong-viec/"
urlpatterns = [
    path("", views.listing, name="desk_workfiles"),
    path("mo", acts.open_new, name="desk_workfile_open"),
    path("danh-muc", catalogue.listing, name="desk_catalogues"),
    path("danh-muc/<int:catalogue_id>/", catalogue.catalogue, name="desk_catalogue"),
    path("danh-muc/<int:catalogue_id>/<slug:verb>", catalogue.act_on, name="desk_catalogue_act"),
    path("gom/<uuid:dossier_id>", gather.dossier, name="desk_workfile_gather"),
    path("dinh-dang", views.formats, name="desk_workfile_formats"),
    path("luu-tru", archive.overview, name="desk_archive"),
    path("xet-huy", archive.propose, name="desk_disposal_new"),
    path("xet-huy/<int:disposal_id>/", archive.disposal, name="desk_disposal"),
    path("xet-huy/<int:disposal_id>/<slug:verb>", archive.act_on, name="desk_disposal_act"),
    path("<uuid:file_id>/", views.file, name="desk_workfile"),
    path("<uuid:file_id>/xuat/<slug:kind>", views.download, name="desk_workfile_export"),
    path("<uuid:file_id>/<slug:verb>", acts.act_on, name="desk_workfile_act"),
]
_READ = "records.visible_to"
ACCESS = {
    "desk_workfiles": ("staff", _READ),
    "desk_workfile_open": ("staff", "workfiles.may_open"),
    "desk_catalogues": ("staff", "lists of the own agency"),
    "desk_catalogue": ("staff", "lists of the own agency"),
    "desk_catalogue_act": ("staff", "workfiles.may_edit, may_approve, may_issue"),
    "desk_workfile_gather": ("staff", "records.visible_to; workfiles.may_add: who keeps the file"),
    "desk_workfile_formats": ("staff", _READ),
    "desk_archive": ("staff", _READ),
    "desk_disposal_new": ("staff", "workfiles.may_list_disposal"),
    "desk_disposal": ("staff", "workfiles.disposal: the own agency, or a member of the council"),
    "desk_disposal_act": ("staff", "workfiles.may_speak, may_decide, may_destroy"),
    "desk_workfile": ("staff", _READ),
    "desk_workfile_export": ("staff", _READ),
    "desk_workfile_act": ("staff", "the policy of the act named by the address (workfiles.policies)"),
}
