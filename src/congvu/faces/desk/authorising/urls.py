"""Authorisations to sign on the desk."""

from django.urls import path

from congvu.faces.desk.authorising import views

prefix = "lam-viec/uy-quyen-ky/"
urlpatterns = [
    path("", views.listing, name="desk_authorisations"),
    path("<int:authorisation_id>/cham-dut", views.end, name="desk_authorisation_end"),
]
ACCESS = {
    "desk_authorisations": ("staff", "documents.may_authorise: leaders and records clerks of the agency"),
    "desk_authorisation_end": ("staff", "documents.may_authorise: leaders and records clerks of the agency"),
}
