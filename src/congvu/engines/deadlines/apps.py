from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "congvu.engines.deadlines"
