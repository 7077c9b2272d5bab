"""Tasks on the desk: lists by part, boards, the page of one, giving by hand."""

from django.urls import path

from congvu.faces.desk.tasks import acts, conclusions, giving, views

prefix = "lam-viec/nhiem-vu/"
urlpatterns = [
    path("", views.listing, name="desk_tasks"),
    path("theo-doi", views.board, name="desk_task_board"),
    path("giao", giving.give, name="desk_task_give"),
    path("theo-ket-luan/<uuid:document_id>", conclusions.give, name="desk_task_conclusion"),
    path("<uuid:task_id>/", views.task, name="desk_task"),
    path("<uuid:task_id>/<slug:verb>", acts.act_on, name="desk_task_act"),
]
ACCESS = {
    "desk_tasks": ("staff", "records.visible_to; parts by the acting post"),
    "desk_task_board": ("staff", "records.visible_to"),
    "desk_task_give": ("staff", "tasks.may_give"),
    "desk_task_conclusion": ("staff", "document_tasks.may_give_from"),
    "desk_task": ("staff", "records.visible_to"),
    "desk_task_act": ("staff", "the policy of the act named by the address (tasks.policies)"),
}
