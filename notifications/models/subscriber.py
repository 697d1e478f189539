"""Whoever is no client and asked to hear of public maintenance by mail, and what each was told.

An address is told nothing before its owner has confirmed it, and nothing after they have left. Instants in UTC.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from changeboard.directory.models import System
from changeboard.people.models import check_time_zone, platform_time_zone
from maintenance.models import Window
from notifications import labels


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def told(self) -> Self:
        """Those who confirmed and have not left."""
        return self.filter(confirmed_at__isnull=False, left_at=None)

    def to_hear_of(self, system: System) -> Self:
        return self.told().filter(Q(systems=None) | Q(systems=system)).distinct()

    def forgettable(self, *, unconfirmed_since: datetime, left_since: datetime) -> Self:
        """Who never confirmed, and who left a while ago: their addresses are not ours to keep."""
        never = Q(confirmed_at=None, asked_at__lt=unconfirmed_since)
        return self.filter(never | Q(left_at__lt=left_since))


class Subscriber(models.Model):
    # In small letters: one mailbox is one subscriber.
    address = models.EmailField(max_length=254, unique=True)
    time_zone = models.CharField(max_length=60, default=platform_time_zone, validators=[check_time_zone])
    systems = models.ManyToManyField(System, blank=True, related_name="+", help_text="None: all systems.")
    # When they last asked, and how often: each asking has one mail and one link.
    asked_at = models.DateTimeField()
    asks = models.PositiveIntegerField(default=1)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(confirmed_at__isnull=False),
                name="only_who_confirmed_can_leave",
            )
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def is_told(self) -> bool:
        return self.confirmed_at is not None and self.left_at is None


class SubscriberMailState(models.TextChoices):
    PLANNED = "planned", "Due"
    SENDING = "sending", "Being sent"
    ACCEPTED = "accepted", "Sent"
    FAILED = "failed", "Failed"
    SKIPPED = "skipped", "Not sent"
    SUPERSEDED = "superseded", "Superseded"


class SubscriberMailQuerySet(models.QuerySet["SubscriberMail"]):
    def due(self, *, now: datetime) -> Self:
        """What is to be sent by now, with what a sender that died left behind."""
        waits = Q(state=SubscriberMailState.PLANNED, try_at__lte=now)
        silent = Q(state=SubscriberMailState.SENDING, lease_until__lt=now)
        return self.filter(waits | silent).order_by("try_at", "pk")

    def open(self) -> Self:
        return self.filter(state=SubscriberMailState.PLANNED)


class SubscriberMail(models.Model):
    """One mail to one subscriber: of a window's milestone, or (without a window) of their own asking.

    `made_at` is its Date for ever, and its number names its Message-ID: a repeat is the same mail.
    """

    CONFIRM = "confirm"

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="mails")
    window = models.ForeignKey(Window, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # Of the window; of a confirmation, how manieth asking it answers.
    revision = models.PositiveIntegerField()
    milestone = models.CharField(
        max_length=12, choices=[*labels.choices(labels.MILESTONES), (CONFIRM, "Confirm")]
    )
    made_at = models.DateTimeField()
    not_after = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=SubscriberMailState.choices, default=SubscriberMailState.PLANNED
    )
    reason = models.CharField(max_length=40, blank=True)
    try_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    server_answer = models.CharField(max_length=500, blank=True)

    objects = SubscriberMailQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "window", "revision", "milestone"],
                condition=Q(window__isnull=False),
                name="a_subscriber_is_told_once",
            ),
            models.UniqueConstraint(
                fields=["subscriber", "revision"], condition=Q(window=None), name="an_asking_is_answered_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                name="an_accepted_subscriber_mail_has_its_instant",
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                name="subscriber_mails_to_send",
                condition=Q(state__in=["planned", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.milestone} of {self.window or 'the subscription'} to {self.subscriber}"
