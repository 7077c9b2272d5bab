"""Looking up on the desk: the search, its exports, kept searches."""

from django.urls import path

from congvu.faces.desk.finding import views

prefix = "lam-viec/tra-cuu/"
urlpatterns = [
    path("", views.find, name="desk_search"),
    path("tai-ve.<slug:form>", views.export, name="desk_search_export"),
    path("luu", views.save, name="desk_search_save"),
    path("bo/<int:search>", views.drop, name="desk_search_drop"),
]
_OWN = "documents.may_keep_searches: the person's own"
ACCESS = {
    "desk_search": ("staff", "records.visible_to"),
    "desk_search_export": ("staff", "records.visible_to; documents.may_export"),
    "desk_search_save": ("staff", _OWN),
    "desk_search_drop": ("staff", _OWN),
}
