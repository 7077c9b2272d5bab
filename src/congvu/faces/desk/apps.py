from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "congvu.faces.desk"
    label = "faces_desk"
