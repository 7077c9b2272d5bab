from django.apps import AppConfig


class TypesetConfig(AppConfig):
    name = "congvu.engines.typeset"
