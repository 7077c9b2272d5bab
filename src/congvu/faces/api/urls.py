"""The API's own address: its description."""

from django.urls import path

from congvu.faces.api import schema

prefix = "api/v1/"
urlpatterns = [path("openapi.json", schema.openapi, name="api_openapi")]
ACCESS = {"api_openapi": ("public", "the description of the API holds no data")}
