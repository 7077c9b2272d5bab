"""Addresses of the demo identity provider."""

from allauth.idp.oidc.urls import urlpatterns as oidc
from django.urls import include, path

from congvu.boot.idp import views

urlpatterns = [
    path("", views.front),
    path("chon", views.choose, name="account_login"),
    path("identity/o/authorize", views.authorize),
    path("", include(([path("", include((oidc, "oidc")))], "idp"))),
]
