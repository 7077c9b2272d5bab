"""Statistics on the desk: the figures, the lists behind them, the two reports, what is stated by hand."""

from django.urls import path

from congvu.faces.desk.statistics import views

prefix = "lam-viec/thong-ke/"
urlpatterns = [
    path("", views.overview, name="desk_statistics"),
    path("so-lieu-nam", views.state, name="desk_statistics_state"),
    path("bao-cao/<slug:name>.<slug:form>", views.report, name="desk_statistics_report"),
    path("<slug:figure>/", views.behind, name="desk_statistics_behind"),
]
_OPENS = "roles registrar, chair, center_head; records.visible_to"
ACCESS = {
    "desk_statistics": ("staff", f"{_OPENS}; counts of agencies: role province_reader"),
    "desk_statistics_state": ("staff", "documents.may_register: role registrar of the own agency"),
    "desk_statistics_report": ("staff", f"{_OPENS}; documents.may_export"),
    "desk_statistics_behind": ("staff", _OPENS),
}
