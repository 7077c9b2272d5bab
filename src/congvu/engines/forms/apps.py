from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "congvu.engines.forms"
