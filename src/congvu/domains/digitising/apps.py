from django.apps import AppConfig


class DigitisingConfig(AppConfig):
    name = "congvu.domains.digitising"
