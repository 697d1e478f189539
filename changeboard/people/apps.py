from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "changeboard.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from changeboard import words
        from changeboard.history import sentences
        from changeboard.people import labels

        sentences.register(labels.ACTS)
        words.register(labels.REASONS)
