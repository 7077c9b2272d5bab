from importlib import import_module

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "congvu.journeys"

    def ready(self) -> None:
        import_module("congvu.journeys.account_messages")
        import_module("congvu.journeys.dossier_messages")
        import_module("congvu.journeys.calendar_messages")
        import_module("congvu.journeys.digitising_workfiles")
        import_module("congvu.journeys.document_checks")
        import_module("congvu.journeys.document_exchange")
        import_module("congvu.journeys.document_mail")
        import_module("congvu.journeys.document_readings")
        import_module("congvu.journeys.document_opinions")
        import_module("congvu.journeys.document_recalls")
        import_module("congvu.journeys.document_requests")
        import_module("congvu.journeys.document_tasks")
        import_module("congvu.journeys.dossier_documents")
        import_module("congvu.journeys.file_marks")
        import_module("congvu.journeys.task_messages")
        import_module("congvu.journeys.task_sources")
        import_module("congvu.journeys.workfile_messages")
