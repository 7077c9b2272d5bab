"""The house's addresses with the demonstration's front page among them."""

from django.urls import include, path

from congvu.boot.demo.front import urls as front
from congvu.boot.urls import handler400, handler403, handler404, handler500
from congvu.boot.urls import urlpatterns as house

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [*house, path(front.prefix, include(front))]
