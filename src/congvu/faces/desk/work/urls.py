"""The inbox and what belongs to every post."""

from django.urls import path

from congvu.faces.desk.work import views

prefix = "lam-viec/"
urlpatterns = [
    path("", views.inbox, name="desk_inbox"),
    path("hang-loat", views.bulk, name="desk_bulk"),
    path("de-sau/<uuid:item_id>", views.snooze, name="desk_snooze"),
    path("tim", views.search, name="desk_search_dossiers"),
    path("thong-bao", views.notices, name="desk_notices"),
]
ACCESS = {
    "desk_inbox": ("staff", "workflow.inbox: only items held by the acting post"),
    "desk_bulk": ("staff", "dossiers.may_work_on for each item"),
    "desk_snooze": ("staff", "workflow.item: only items held by the acting post"),
    "desk_search_dossiers": ("staff", "records.visible_to"),
    "desk_notices": ("staff", "notifications.messages_of: the post's own"),
}
