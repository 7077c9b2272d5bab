from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "congvu.ground.law"
