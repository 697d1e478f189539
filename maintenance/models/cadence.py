"""How a system's windows recur."""

from datetime import date, datetime, time
from typing import Self

from dateutil.rrule import rrulestr
from django.db import models
from django.db.models import Q

from changeboard.directory.models import System
from changeboard.people.models import check_time_zone, platform_time_zone
from maintenance.domain import rhythm

# Where a rule begins to count unless somebody says: "every second week" must mean the same weeks on every run.
LONG_AGO = date(2020, 1, 1)


class CadenceQuerySet(models.QuerySet["Cadence"]):
    def locked(self, pk: int) -> "Cadence":
        """The row, held until the transaction ends: whoever makes or moves its windows waits."""
        return self.select_for_update(of=("self",)).select_related("system").get(pk=pk)

    def active(self) -> Self:
        return self.filter(active=True).select_related("system")


class Cadence(models.Model):
    """An RFC 5545 RRULE in a zone, with a local start, a length and a downtime budget in seconds.

    It counts from `begins_on` (DTSTART): every second week is every second one from that week.
    """

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="cadences")
    rrule = models.CharField(max_length=200, help_text="RFC 5545, like FREQ=MONTHLY;BYDAY=3TU")
    start_time = models.TimeField()
    begins_on = models.DateField(default=LONG_AGO)
    length_seconds = models.PositiveIntegerField()
    budget_seconds = models.PositiveIntegerField(default=0)
    time_zone = models.CharField(max_length=60, default=platform_time_zone, validators=[check_time_zone])
    active = models.BooleanField(default=True)

    objects = CadenceQuerySet.as_manager()

    class Meta:
        ordering = ["system__position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(length_seconds__gt=0), name="a_cadence_has_a_length"),
            models.UniqueConstraint(
                fields=["system"], condition=Q(active=True), name="one_active_cadence_a_system"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system}: {self.rrule} {self.start_time:%H:%M}"

    @property
    def in_words(self) -> str:
        """Third Tuesday of every month; a rule that says more is shown as it is written."""
        said = rhythm.read(self.rrule)
        words = rhythm.words(said) if said else self.rrule
        return words[0].upper() + words[1:]

    def dates(self, first: date, last: date) -> list[date]:
        """The dates of the rule between two days, both included (RFC 5545 section 3.3.10).

        The rule is read on naive local dates, so daylight saving cannot move a day. Raises ValueError for
        what is no rule.
        """
        rule = rrulestr(self.rrule, dtstart=datetime.combine(self.begins_on, time(0)))
        between = rule.between(
            datetime.combine(first, time(0)), datetime.combine(last, time(23, 59)), inc=True
        )
        return [each.date() for each in between]
