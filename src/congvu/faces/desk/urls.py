"""Addresses of the desk; each screen package adds its own."""

from django.urls import URLPattern

prefix = ""
urlpatterns: list[URLPattern] = []
ACCESS: dict[str, tuple[str, str]] = {}
