"""A mail that asks whether an address reaches the right people: one row a mail, with its proof. Instants in UTC."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from changeboard.directory.models import Contact
from changeboard.people.models import Person


class AddressCheckQuerySet(models.QuerySet["AddressCheck"]):
    def due(self, *, now: datetime) -> Self:
        """What is to be sent by now, with what a sender that died left behind."""
        waits = Q(state="planned", try_at__lte=now)
        return self.filter(waits | Q(state="sending", lease_until__lt=now)).order_by("try_at", "id")


class AddressCheck(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", "Goes out now"
        SENDING = "sending", "Being sent"
        ACCEPTED = "accepted", "Sent"
        FAILED = "failed", "Failed"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="checks")
    # As it was when asked: whoever confirms another one confirms nothing.
    address = models.CharField(max_length=254)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    try_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True, blank=True)
    server_answer = models.CharField(max_length=500, blank=True)

    objects = AddressCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(state__in=["planned", "sending"]),
                name="a_contact_is_asked_by_one_mail_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                name="an_accepted_check_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} of {self.contact}"
