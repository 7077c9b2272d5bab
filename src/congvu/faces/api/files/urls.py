"""Uploads of programs."""

from django.urls import path

from congvu.faces.api.files import views

prefix = "api/v1/"
urlpatterns = [path("files", views.Files.as_view(), name="api_files")]
ACCESS = {"api_files": ("machine", "scope dossiers:write; files.may_upload")}
