from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    name = "congvu.ground.worktime"

    def ready(self) -> None:
        """What this room asks to have compared with the law is known from the start."""
        from congvu.ground.worktime import comparing  # noqa: F401
