"""Addresses of the demonstration's front page; wired only in a demonstration on this machine (``boot.urls``)."""

from django.urls import path

from congvu.boot.demo.front import views

prefix = "trinh-dien"
urlpatterns = [
    path("", views.front, name="demo-front"),
    path("/muc/<str:wish_id>", views.wish, name="demo-wish"),
    path("/cua/<slug:key>", views.step_through, name="demo-door"),
]
_HERE = "only in a demonstration, only from this machine (front.gate); invented data"
ACCESS = {"demo-front": ("public", _HERE), "demo-wish": ("public", _HERE), "demo-door": ("public", _HERE)}
