"""Waiting work for programs."""

from django.urls import path

from congvu.faces.api.work import views

prefix = "api/v1/"
urlpatterns = [
    path("work", views.Inbox.as_view(), name="api_work"),
    path("work/<uuid:item_id>/complete", views.Complete.as_view(), name="api_complete"),
    path("work/<uuid:item_id>/approve", views.Approve.as_view(), name="api_approve"),
    path("work/<uuid:item_id>/send-back", views.SendBack.as_view(), name="api_send_back"),
]
ACCESS = {
    "api_work": ("machine", "scope work:read; workflow.inbox: only items held by the acting post"),
    "api_complete": ("machine", "scope work:write; dossiers.may_work_on"),
    "api_approve": ("machine", "scope work:write; dossiers.may_work_on"),
    "api_send_back": ("machine", "scope work:write; dossiers.may_work_on"),
}
