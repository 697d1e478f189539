"""Risk questions are rows that an administrator edits; rule sets turn the answers into a score."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from changeboard import words
from changeboard.people.models import Person
from changeboard.refusal import Reason
from changes.domain import risk_rules
from changes.domain.risk import Rules
from changes.domain.risk_questions import Asking


class AnswerType(models.TextChoices):
    TEXT = "text", "Text"
    SECONDS = "seconds", "A length of time"
    TEXT_AND_SECONDS = "text_and_seconds", "Text and a length of time"
    PERCENT = "percent", "Per cent"
    CHOICE = "choice", "One of the choices"
    NUMBER = "number", "A number"
    SERVICES = "services", "Services"


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
    version = models.PositiveIntegerField(default=1)

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

    @property
    def asking(self) -> Asking:
        """How it is asked: what an administrator may edit."""
        choices = tuple((str(code), str(words)) for code, words in self.choices)
        return Asking(self.text, self.help, self.type, choices, self.required)


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def in_force(self) -> "RuleSet | None":
        """The newest that was put in force: it judges what is saved from then on. One query."""
        return self.filter(in_force_at__isnull=False).order_by("-version").first()


class RuleSet(models.Model):
    """The rules of one version; stored with each score that they gave, never edited once in force."""

    version = models.PositiveSmallIntegerField(unique=True)
    rules = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    in_force_at = models.DateTimeField(null=True, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"Rule set {self.version}"

    @property
    def read(self) -> Rules:
        """Its rules, to judge by."""
        return risk_rules.rules_from(self.rules)

    def clean(self) -> None:
        """Refuse rules that could not judge."""
        try:
            risk_rules.rules_from(self.rules)
        except (KeyError, TypeError, ValueError) as fault:
            raise ValidationError({"rules": f"These rules cannot be read: {fault}."}) from fault
        if unjust := self.faults():
            raise ValidationError({"rules": [words.sentence(reason) for reason in unjust]})

    def faults(self) -> list[Reason]:
        """What is unjust about its rules, by the part it belongs to. One query."""
        rows = list(RiskQuestion.objects.values_list("key", "choices", "active"))
        codes = {key: [code for code, _ in choices] for key, choices, _ in rows if choices}
        return risk_rules.faults(self.read, codes, {key for key, _, active in rows if not active})


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
