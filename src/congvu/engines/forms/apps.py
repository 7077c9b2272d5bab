from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string

from congvu.engines.forms import places


class FormsConfig(AppConfig):
    name = "congvu.engines.forms"

    def ready(self) -> None:
        """Places beside the national ones: setting ``FORMS_PLACES`` names a function that gives them.

        What this room asks to have compared with the law is known from the start.
        """
        from congvu.engines.forms import comparing  # noqa: F401

        if settings.FORMS_PLACES:
            places.register("settings", lambda: import_string(settings.FORMS_PLACES)())
