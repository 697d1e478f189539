"""A change asks for a window that is not there yet: on which day, at which hour, for how long."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from changeboard.directory.models import System
from changeboard.people.models import Person
from changes.domain.lifecycle import BEFORE_IN_PROGRESS
from changes.models.change import Change
from maintenance.models import Window


class WindowWishQuerySet(models.QuerySet["WindowWish"]):
    def open(self) -> Self:
        """Neither declined nor taken back, of a change that has not begun."""
        return self.filter(ended_at=None, change__state__in=BEFORE_IN_PROGRESS)

    def unanswered(self) -> Self:
        """No window of that system stands on that day: somebody is to plan one or to decline."""
        return self.open().exclude(_planned())

    def answered(self) -> Self:
        """A window stands there and the change does not ask for it yet."""
        asks = Q(change__window__system=F("system"), change__window__on=F("on"))
        return self.open().filter(_planned()).exclude(asks)


def _planned() -> Exists:
    """Whether the wished window was planned is seen from the windows: nothing has to be kept in step."""
    return Exists(Window.objects.standing().filter(system=OuterRef("system"), on=OuterRef("on")))


class WindowWish(models.Model):
    """`ended_at`, with a reason when it was declined, without when its requester took it back."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="window_wishes")
    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    start_time = models.TimeField()
    length_seconds = models.PositiveIntegerField()
    budget_seconds = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    objects = WindowWishQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["change"], condition=Q(ended_at=None), name="one_open_window_wish_a_change"
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(ended_at__isnull=False),
                name="only_a_declined_window_wish_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.on}"

    @property
    def length_minutes(self) -> int:
        return -(-self.length_seconds // 60)

    @property
    def budget_minutes(self) -> int:
        return -(-self.budget_seconds // 60)
