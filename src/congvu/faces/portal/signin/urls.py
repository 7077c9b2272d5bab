"""Signing in of citizens and firms through the identity service. The openid_connect_ names are allauth's."""

from django.urls import path

from congvu.faces.portal.signin import views

prefix = ""
urlpatterns = [
    path("dang-nhap", views.sign_in, name="citizen_sign_in"),
    path("dang-nhap/<slug:provider_id>", views.start, name="openid_connect_login"),
    path("dang-nhap/<slug:provider_id>/tro-ve", views.back, name="openid_connect_callback"),
]
ACCESS = {
    "citizen_sign_in": ("public", "public page"),
    "openid_connect_login": ("public", "sends to the configured identity service"),
    "openid_connect_callback": ("public", "accounts.may_accept_identity after the service has vouched"),
}
