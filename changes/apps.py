from django.apps import AppConfig
from django.conf import settings


class ChangesConfig(AppConfig):
    name = "changes"
    verbose_name = "Changes"

    def ready(self) -> None:
        from changeboard import words
        from changeboard.history import sentences
        from changes import (
            attachment_labels,
            board_labels,
            labels,
            library_labels,
            list_labels,
            risk_question_labels,
            rule_set_labels,
            template_labels,
        )
        from changes.contributor import ChangesContributor
        from maintenance import contributions

        words.register(
            {
                **labels.REFUSALS,
                **board_labels.REFUSALS,
                **list_labels.REFUSALS,
                **labels.RISK,
                **labels.RULES,
            },
            zone=settings.PLATFORM_TIME_ZONE,
        )
        sentences.register({**labels.HISTORY, **board_labels.HISTORY, **list_labels.HISTORY})
        words.register(template_labels.REFUSALS)
        sentences.register(template_labels.HISTORY)
        words.register(attachment_labels.REFUSALS)
        sentences.register(attachment_labels.HISTORY)
        words.register(library_labels.REFUSALS)
        sentences.register(library_labels.HISTORY)
        words.register(risk_question_labels.REFUSALS)
        sentences.register(risk_question_labels.HISTORY)
        words.register(rule_set_labels.REFUSALS)
        sentences.register(rule_set_labels.HISTORY)
        contributions.register(ChangesContributor())
