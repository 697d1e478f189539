from django.apps import AppConfig
from django.conf import settings

from changeboard import clock, words
from changeboard.demo import labels


class DemoConfig(AppConfig):
    name = "changeboard.demo"
    label = "demo"
    verbose_name = "Demonstration"

    def ready(self) -> None:
        words.register(labels.REFUSALS)
        if settings.DEMO:
            from changeboard.demo import shift

            clock.run_ahead(shift.ahead)
