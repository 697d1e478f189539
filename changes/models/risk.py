"""Risk questions are rows that an administrator edits; rule sets turn the answers into a score."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from changes.domain import risk


class AnswerType(models.TextChoices):
    TEXT = "text", "Text"
    SECONDS = "seconds", "A length of time"
    TEXT_AND_SECONDS = "text_and_seconds", "Text and a length of time"
    PERCENT = "percent", "Per cent"
    CHOICE = "choice", "One of the choices"


class RiskQuestionQuerySet(models.QuerySet["RiskQuestion"]):
    def asked(self) -> Self:
        """The questions that a change is asked now, in their order."""
        return self.filter(active=True)


class RiskQuestion(models.Model):
    key = models.SlugField(max_length=40, unique=True)
    text = models.CharField(max_length=200)
    help = models.CharField(max_length=300, blank=True)
    type = models.CharField(max_length=20, choices=AnswerType.choices, default=AnswerType.TEXT)
    choices = models.JSONField(
        default=list, blank=True, help_text='Pairs of code and words: [["no", "No"], …]. For choices only.'
    )
    position = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField(default=True)
    active = models.BooleanField(default=True)

    objects = RiskQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(type=AnswerType.CHOICE) | ~models.Q(choices=[]),
                name="a_choice_has_something_to_choose",
            )
        ]

    def __str__(self) -> str:
        return self.text


class RuleSet(models.Model):
    """The rules of one version; stored with each score that they gave, never edited after that."""

    version = models.PositiveSmallIntegerField(unique=True)
    rules = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"Rule set {self.version}"

    def clean(self) -> None:
        """Refuse rules that could not judge."""
        try:
            risk.rules_from(self.rules)
        except (KeyError, TypeError, ValueError) as fault:
            raise ValidationError({"rules": f"These rules cannot be read: {fault}."}) from fault


class RiskAnswer(models.Model):
    change = models.ForeignKey("changes.Change", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(RiskQuestion, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField()

    class Meta:
        ordering = ["question__position", "question_id"]
        constraints = [
            models.UniqueConstraint(fields=["change", "question"], name="one_answer_a_question_and_change")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"
