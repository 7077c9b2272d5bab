"""Signing in of staff, the second factor, and the choice of post. Names that begin account_ or mfa_ are allauth's."""

from django.urls import path

from congvu.faces.desk.signin import views

prefix = ""
urlpatterns = [
    path("can-bo/dang-nhap", views.sign_in, name="staff_sign_in"),
    path("can-bo/dang-nhap", views.sign_in, name="account_login"),
    path("dang-xuat", views.sign_out, name="sign_out"),
    path("chon-vi-tri", views.switch_post, name="switch_post"),
    path("can-bo/ma-xac-thuc", views.second_factor, name="mfa_authenticate"),
    path("can-bo/bao-mat", views.security, name="mfa_index"),
    path("can-bo/bao-mat/bat", views.activate, name="mfa_activate_totp"),
    path("can-bo/bao-mat/tat", views.deactivate, name="mfa_deactivate_totp"),
    path("can-bo/bao-mat/ma-du-phong", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("can-bo/bao-mat/ma-du-phong/moi", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("can-bo/nhap-lai-mat-khau", views.password_again, name="account_reauthenticate"),
    path("can-bo/nhap-lai-ma", views.code_again, name="mfa_reauthenticate"),
    path("can-bo/doi-mat-khau", views.change_password, name="account_change_password"),
]
_OWN = "the signed-in official's own login"
ACCESS = {
    "staff_sign_in": ("public", "accounts.record_sign_in after the password"),
    "account_login": ("public", "the same address as staff_sign_in"),
    "sign_out": ("public", "ends the own session"),
    "switch_post": ("staff", "orgs.staff_actor: posts held at this moment"),
    "mfa_authenticate": ("public", "the second step of a sign-in that has begun"),
    "mfa_index": ("staff", _OWN),
    "mfa_activate_totp": ("staff", _OWN),
    "mfa_deactivate_totp": ("staff", _OWN),
    "mfa_view_recovery_codes": ("staff", _OWN),
    "mfa_generate_recovery_codes": ("staff", _OWN),
    "account_reauthenticate": ("staff", _OWN),
    "mfa_reauthenticate": ("staff", _OWN),
    "account_change_password": ("staff", _OWN),
}
