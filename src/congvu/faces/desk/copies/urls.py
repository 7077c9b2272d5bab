"""Copies on the desk: the book of a year, making one, one with its PDF."""

from django.urls import path

from congvu.faces.desk.copies import views

prefix = "lam-viec/ban-sao/"
urlpatterns = [
    path("", views.listing, name="desk_copies"),
    path("sao/<uuid:source_id>", views.new, name="desk_copy_new"),
    path("<uuid:copy_id>/", views.copy, name="desk_copy"),
    path("<uuid:copy_id>/dong-dau", views.seal, name="desk_copy_seal"),
    path("<uuid:copy_id>/tep", views.framed, name="desk_copy_file"),
]
ACCESS = {
    "desk_copies": ("staff", "records clerks; records.visible_to"),
    "desk_copy_new": ("staff", "documents.may_copy: records clerks, of what they may read"),
    "desk_copy": ("staff", "records.visible_to"),
    "desk_copy_seal": ("staff", "signing.may_open_batch: who keeps the agency's certificate"),
    "desk_copy_file": ("staff", "records.visible_to"),
}
