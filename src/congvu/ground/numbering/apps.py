from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "congvu.ground.numbering"
