"""A vote between meetings, with a deadline, on an item of an agenda still to come."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from changeboard.people.models import Person
from changes.models.meeting import AgendaItem


class ElectronicVoteQuerySet(models.QuerySet["ElectronicVote"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def with_item(self) -> Self:
        return self.select_related("item__meeting", "item__change__requester", "asked_by")


class ElectronicVote(models.Model):
    """`end` says how it ended; where the board has not decided, the item waits for its meeting."""

    class End(models.TextChoices):
        DECIDED = "decided", "Decided"
        NO_QUORUM = "no_quorum", "No quorum by the deadline"
        TIE = "tie", "A tie"
        HOPELESS = "hopeless", "Nobody could approve it any more"
        CALLED_OFF = "called_off", "Called off"
        EDITED = "edited", "The change was edited"
        MEETING = "meeting", "The meeting began"

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="electronic_votes")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    # How many of the reminders went out.
    reminded = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)
    # How the votes stood at the end; an undecided vote leaves none behind for the meeting.
    approve = models.PositiveSmallIntegerField(default=0)
    objections = models.PositiveSmallIntegerField(default=0)
    abstain = models.PositiveSmallIntegerField(default=0)

    objects = ElectronicVoteQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("opened_at")), name="an_electronic_vote_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, end="") | (Q(closed_at__isnull=False) & ~Q(end="")),
                name="a_closed_electronic_vote_says_how_it_ended",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(closed_at=None), name="one_open_electronic_vote_an_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}, until {self.deadline_at:%Y-%m-%d %H:%M}"

    def is_running(self, at: datetime) -> bool:
        """Whether votes are taken at this instant."""
        return self.closed_at is None and at < self.ends_at

    @property
    def ends_at(self) -> datetime:
        """The deadline, or the meeting that takes the item up, whichever comes first."""
        return min(self.deadline_at, self.item.meeting.starts_at)
