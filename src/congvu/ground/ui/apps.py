from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "congvu.ground.ui"
