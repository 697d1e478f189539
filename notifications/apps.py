from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from changeboard import words
        from changeboard.history import doorbell, sentences
        from notifications import labels, tasks

        words.register(labels.REFUSALS)
        sentences.register(labels.SENTENCES)
        doorbell.answer(tasks.wake)
