"""The mails that tell a person what happened to their changes, and which lines each of them told."""

from datetime import datetime
from typing import Self

from django.db import models

from changeboard.people.models import Person
from changes.models import Change


class NewsMailState(models.TextChoices):
    PLANNED = "planned", "Due"
    SENDING = "sending", "Being sent"
    ACCEPTED = "accepted", "Sent"
    FAILED = "failed", "Failed"
    SKIPPED = "skipped", "Not needed"


class NewsMailQuerySet(models.QuerySet["NewsMail"]):
    def due(self, *, now: datetime) -> Self:
        return self.filter(state=NewsMailState.PLANNED, try_at__lte=now).order_by("try_at", "pk")

    def silent(self, *, now: datetime) -> Self:
        """Those whose sender went silent."""
        return self.filter(state=NewsMailState.SENDING, lease_until__lt=now)

    def earlier_than(self, mail: "NewsMail") -> Self:
        """What this reader got about the same change before, oldest first."""
        sent = self.filter(person=mail.person_id, change=mail.change_id, state=NewsMailState.ACCEPTED)
        return sent.filter(pk__lt=mail.pk).order_by("pk")


class NewsMail(models.Model):
    """One mail. `change` is empty where it tells of several; `made_at` is its Date for ever."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    change = models.ForeignKey(Change, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    digest_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=NewsMailState.choices, default=NewsMailState.PLANNED)
    try_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    server_answer = models.CharField(max_length=500, blank=True)

    objects = NewsMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "digest_on"], name="one_digest_a_person_and_day"),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                name="news_mails_to_send",
                condition=models.Q(state__in=["planned", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.change or self.digest_on or 'news'}"


class NewsLine(models.Model):
    """An event that a mail told its reader. Told once, whoever else is at work."""

    mail = models.ForeignKey(NewsMail, on_delete=models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    event_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "event_id"], name="news_is_mailed_once")]

    def __str__(self) -> str:
        return f"{self.mail_id}: {self.event_id}"
