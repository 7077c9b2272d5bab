"""Reception at the counter."""

from django.urls import path

from congvu.faces.desk.counter import views

prefix = "lam-viec/mot-cua/"
urlpatterns = [
    path("tiep-nhan", views.counter, name="desk_counter"),
    path("tiep-nhan/thu-tuc", views.suggest, name="desk_counter_suggest"),
    path("tiep-nhan/nguoi", views.person, name="desk_counter_person"),
]
ACCESS = {
    "desk_counter": ("staff", "dossiers.may_take_in: role clerk"),
    "desk_counter_person": ("staff", "dossiers.may_look_up_applicant: role clerk, written in the trail"),
    "desk_counter_suggest": ("staff", "public facts of procedures"),
}
