from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "congvu.faces.api"
    label = "faces_api"
