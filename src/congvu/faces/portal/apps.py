from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "congvu.faces.portal"
    label = "faces_portal"
