from importlib import import_module

from django.apps import AppConfig


class WorkfilesConfig(AppConfig):
    name = "congvu.domains.workfiles"

    def ready(self) -> None:
        import_module("congvu.domains.workfiles.retention")
