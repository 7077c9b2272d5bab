"""Documents made known: lists, the page of one with its report, making known, confirming."""

from django.urls import path

from congvu.faces.desk.spreading import acts, papers, views

prefix = "lam-viec/pho-bien/"
urlpatterns = [
    path("", views.listing, name="desk_spreading"),
    path("moi", acts.give, name="desk_spread_new"),
    path("<uuid:spread_id>/", views.spread, name="desk_spread"),
    path("<uuid:spread_id>/xac-nhan-da-doc.xlsx", papers.sheet, name="desk_spread_sheet"),
    path("<uuid:spread_id>/<slug:verb>", acts.act_on, name="desk_spread_act"),
]
ACCESS = {
    "desk_spreading": ("staff", "the person's own lines in the acting post; records.visible_to"),
    "desk_spread_new": ("staff", "documents.may_disseminate"),
    "desk_spread": ("staff", "records.visible_to; the report by documents.manages, of the own people by led_by"),
    "desk_spread_sheet": ("staff", "records.visible_to; documents.manages, documents.led_by"),
    "desk_spread_act": ("staff", "the policy of the act named by the address (documents.readership)"),
}
