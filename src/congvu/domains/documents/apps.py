from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "congvu.domains.documents"

    def ready(self) -> None:
        from congvu.domains.documents import unverified  # noqa: F401
