from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from changeboard import words
        from changeboard.history import doorbell, sentences
        from maintenance import contributions
        from notifications import labels, policy_labels, tasks
        from notifications.contributor import NoticesContributor

        words.register(labels.REFUSALS)
        sentences.register(labels.SENTENCES)
        words.register(policy_labels.REFUSALS)
        sentences.register(policy_labels.HISTORY)
        contributions.register(NoticesContributor())
        doorbell.answer(tasks.wake)
