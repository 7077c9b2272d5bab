"""Lịch công tác on the desk: the week, one entry, registering, publishing, what is set once."""

from django.urls import path

from congvu.faces.desk.calendar import acts, papers, registering, setting, views

prefix = "lam-viec/lich-cong-tac/"
urlpatterns = [
    path("", views.week, name="desk_calendar"),
    path("cho-duyet", views.waiting, name="desk_calendar_waiting"),
    path("dang-ky", registering.new, name="desk_calendar_new"),
    path("thiet-lap", setting.page_of, name="desk_calendar_setting"),
    path("thiet-lap/<slug:verb>", setting.act_on, name="desk_calendar_setting_act"),
    path("cua-toi.ics", papers.own, name="desk_calendar_own"),
    path("tuan/<str:monday>.pdf", papers.printed, name="desk_calendar_print"),
    path("tuan/<str:monday>/cong-bo", acts.publish, name="desk_calendar_publish"),
    path("<uuid:entry_id>/", views.entry, name="desk_calendar_entry"),
    path("<uuid:entry_id>/sua", registering.amend, name="desk_calendar_amend"),
    path("<uuid:entry_id>/<slug:verb>", acts.act_on, name="desk_calendar_act"),
]
ACCESS = {
    "desk_calendar": ("staff", "records.visible_to"),
    "desk_calendar_waiting": ("staff", "records.visible_to; one's own proposals, all for who keeps the calendar"),
    "desk_calendar_new": ("staff", "calendars.policies.may_register"),
    "desk_calendar_setting": ("staff", "calendars.policies.keeps"),
    "desk_calendar_setting_act": ("staff", "the policy of the act named by the address (calendars.policies)"),
    "desk_calendar_own": ("staff", "records.visible_to; entries of the acting post"),
    "desk_calendar_print": ("staff", "records.visible_to"),
    "desk_calendar_publish": ("staff", "calendars.policies.may_keep"),
    "desk_calendar_entry": ("staff", "records.visible_to"),
    "desk_calendar_amend": ("staff", "calendars.policies.may_amend"),
    "desk_calendar_act": ("staff", "the policy of the act named by the address (calendars.policies)"),
}
