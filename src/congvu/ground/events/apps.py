from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "congvu.ground.events"
