from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "congvu.domains.procedures"
