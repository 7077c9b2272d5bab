from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "congvu.ground.orgs"

    def ready(self) -> None:
        """What this room asks to have compared with the law is known from the start."""
        from congvu.ground.orgs import comparing  # noqa: F401
