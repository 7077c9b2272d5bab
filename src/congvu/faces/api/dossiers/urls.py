"""Dossiers for programs."""

from django.urls import path

from congvu.faces.api.dossiers import views

prefix = "api/v1/"
urlpatterns = [
    path("dossiers", views.Dossiers.as_view(), name="api_dossiers"),
    path("dossiers/<uuid:dossier_id>", views.Dossier.as_view(), name="api_dossier"),
    path("dossiers/<uuid:dossier_id>/receive", views.Reception.as_view(), name="api_receive"),
]
ACCESS = {
    "api_dossiers": ("machine", "GET: dossiers:read, records.visible_to; POST: dossiers:write, dossiers.may_take_in"),
    "api_dossier": ("machine", "scope dossiers:read; records.visible_to"),
    "api_receive": ("machine", "scope dossiers:write; dossiers.may_receive"),
}
