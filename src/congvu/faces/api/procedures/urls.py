"""The catalogue for programs."""

from django.urls import path

from congvu.faces.api.procedures import views

prefix = "api/v1/"
urlpatterns = [
    path("procedures", views.Procedures.as_view(), name="api_procedures"),
    path("procedures/<str:code>", views.Procedure.as_view(), name="api_procedure"),
]
ACCESS = {
    "api_procedures": ("machine", "scope procedures:read; public facts"),
    "api_procedure": ("machine", "scope procedures:read; public facts"),
}
