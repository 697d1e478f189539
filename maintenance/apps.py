from django.apps import AppConfig


class MaintenanceConfig(AppConfig):
    name = "maintenance"

    def ready(self) -> None:
        from changeboard import words
        from changeboard.history import sentences
        from maintenance import labels, slot_labels

        words.register({**labels.REASONS, **slot_labels.REASONS})
        sentences.register({**labels.SENTENCES, **slot_labels.SENTENCES})
