from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "congvu.domains.procedures"

    def ready(self) -> None:
        """What this room asks to have compared with the law is known from the start."""
        from congvu.domains.procedures import comparing  # noqa: F401
