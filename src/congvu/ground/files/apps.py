from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "congvu.ground.files"
