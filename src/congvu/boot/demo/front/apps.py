from django.apps import AppConfig


class DemoFrontConfig(AppConfig):
    """Templates and translations of the front page; in the room list of a demonstration alone."""

    name = "congvu.boot.demo.front"
    label = "demo_front"
