"""The administrator's pages."""

from django.urls import path

from congvu.faces.desk.admin import (
    calendars,
    certificates,
    comparing,
    conflicts,
    exchange,
    figures,
    issuers,
    papers,
    procedures,
    trust,
    units,
)

prefix = "quan-tri/"
urlpatterns = [
    path("", procedures.listing, name="desk_admin_home"),
    path("doi-chieu", comparing.listing, name="desk_admin_comparing"),
    path("doi-chieu/ghi", comparing.compare, name="desk_admin_compare"),
    path("doi-chieu/rut", comparing.withdraw, name="desk_admin_withdraw"),
    path("tham-so", figures.listing, name="desk_admin_figures"),
    path("tham-so/<slug:key>", figures.set_figure, name="desk_admin_set_figure"),
    path("thu-tuc", procedures.listing, name="desk_admin_procedures"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="desk_admin_procedure"),
    path("thu-tuc/<str:code>/<slug:what>", procedures.change, name="desk_admin_procedure_change"),
    path("lich", calendars.calendars, name="desk_admin_calendars"),
    path("lich/<slug:key>", calendars.calendar, name="desk_admin_calendar"),
    path("lien-thong", exchange.listing, name="desk_admin_exchange"),
    path("lien-thong/gui-lai/<uuid:delivery_id>", exchange.resend, name="desk_admin_exchange_resend"),
    path("lien-thong/doc-lai/<uuid:message_id>", exchange.read_again, name="desk_admin_exchange_read"),
    path("chung-thu-so/", certificates.listing, name="desk_certificates"),
    path("chung-thu-so/de-nghi", papers.listing, name="desk_certificate_papers"),
    path("chung-thu-so/de-nghi/lap", papers.ask, name="desk_certificate_ask"),
    path("chung-thu-so/de-nghi/<int:paper_id>/<slug:verb>", papers.close, name="desk_certificate_close"),
    path("chung-thu-so/goc", trust.roots, name="desk_trust_roots"),
    path("chung-thu-so/goc/<int:root_id>/bo", trust.withdraw, name="desk_trust_withdraw"),
    path("chung-thu-so/<int:certificate_id>/", certificates.one, name="desk_certificate"),
    path("chung-thu-so/<int:certificate_id>/<slug:verb>", certificates.act_on, name="desk_certificate_act"),
    path("xung-dot", conflicts.listing, name="desk_admin_conflicts"),
    path("ban-hanh", issuers.listing, name="desk_admin_issuers"),
    path("ban-hanh/khai-bao", issuers.issuer, name="desk_admin_new_issuer"),
    path("ban-hanh/cua/<slug:key>", issuers.issuer, name="desk_admin_issuer"),
    path("don-vi", units.listing, name="desk_admin_units"),
    path("don-vi/<int:unit_id>", units.unit, name="desk_admin_unit"),
    path("don-vi/<int:unit_id>/xac-thuc/<int:user_id>", units.reset_factor, name="desk_admin_reset_factor"),
]
_LAW = "law.may_keep_law: role admin"
_CATALOGUE = "procedures.may_administer: role admin"
_CALENDAR = "worktime.may_edit_calendar: role admin"
_EXCHANGE = "exchange.may_administer: role admin"
_REGISTER = "roles registrar, admin; signing: certificates managed by the own agency and below"
_KEEP = "signing.may_keep, may_ask, may_close: keepers of the managing agency"
_TRUST = "signing.may_keep_trust: role admin"
_ISSUERS = "documents.may_set_issuers: role admin"
_UNITS = "orgs.may_set_settings: role admin, inside the own agency"
ACCESS = {
    "desk_admin_home": ("staff", _CATALOGUE),
    "desk_admin_comparing": ("staff", _LAW),
    "desk_admin_compare": ("staff", _LAW),
    "desk_admin_withdraw": ("staff", _LAW),
    "desk_admin_figures": ("staff", _LAW),
    "desk_admin_set_figure": ("staff", _LAW),
    "desk_admin_procedures": ("staff", _CATALOGUE),
    "desk_admin_procedure": ("staff", _CATALOGUE),
    "desk_admin_procedure_change": ("staff", _CATALOGUE),
    "desk_admin_calendars": ("staff", _CALENDAR),
    "desk_admin_calendar": ("staff", _CALENDAR),
    "desk_admin_conflicts": ("staff", "role admin"),
    "desk_admin_issuers": ("staff", _ISSUERS),
    "desk_admin_new_issuer": ("staff", _ISSUERS),
    "desk_admin_issuer": ("staff", _ISSUERS),
    "desk_admin_units": ("staff", _UNITS),
    "desk_admin_exchange": ("staff", _EXCHANGE),
    "desk_admin_exchange_resend": ("staff", "exchange.may_resend: roles admin, registrar"),
    "desk_admin_exchange_read": ("staff", _EXCHANGE),
    "desk_admin_unit": ("staff", _UNITS),
    "desk_admin_reset_factor": ("staff", "accounts.may_manage_logins: role admin"),
    "desk_certificates": ("staff", _REGISTER),
    "desk_certificate": ("staff", _REGISTER),
    "desk_certificate_papers": ("staff", _REGISTER),
    "desk_certificate_ask": ("staff", _KEEP),
    "desk_certificate_close": ("staff", _KEEP),
    "desk_certificate_act": ("staff", _KEEP),
    "desk_trust_roots": ("staff", _TRUST),
    "desk_trust_withdraw": ("staff", _TRUST),
}
