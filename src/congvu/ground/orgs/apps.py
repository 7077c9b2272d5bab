from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "congvu.ground.orgs"
