from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules

from changeboard import words


class ChangeboardConfig(AppConfig):
    name = "changeboard"
    verbose_name = "changeboard"

    def ready(self) -> None:
        # Every app's permission table is read at start: a table that nobody imported would lock all doors.
        autodiscover_modules("permissions")
        # A ring from the web must find our broker: `shared_task` asks the application that was made last.
        import_module("changeboard.celery")
        import_module("changeboard.api_schema")
        words.register({}, zone=settings.PLATFORM_TIME_ZONE)
