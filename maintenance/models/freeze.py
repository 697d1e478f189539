"""A period in which nothing may be released, for some or all systems."""

from datetime import datetime, timedelta
from typing import Self

from django.db import connection, models
from django.db.models import F, Q
from django.utils.functional import cached_property

from changeboard.directory.models import System
from maintenance.models.window import Window

# Any number will do that no other lock of this database has.
FREEZES = 7_303_014


class FreezeQuerySet(models.QuerySet["Freeze"]):
    def kept_still(self) -> None:
        """No freeze is declared, changed or lifted until this transaction ends: whoever puts a window somewhere
        asks for it before any row, so that no window slips into a freeze which it could not see yet."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [FREEZES])

    def to_be_changed(self) -> None:
        """The other side: waits for every window that is being put somewhere, and keeps further ones waiting."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FREEZES])

    def in_force(self) -> Self:
        return self.filter(lifted_at=None)

    def ahead(self, *, now: datetime) -> Self:
        """Present and coming freezes, the next first. A future one blocks nothing today."""
        return self.in_force().filter(ends_at__gt=now).order_by("starts_at").prefetch_related("systems")

    def over(self, *, now: datetime) -> Self:
        """Ended or lifted, the newest first."""
        over = self.filter(Q(ends_at__lte=now) | Q(lifted_at__isnull=False))
        return over.order_by("-starts_at").prefetch_related("systems")

    def between(self, start: datetime, end: datetime) -> Self:
        return self.in_force().filter(starts_at__lt=end, ends_at__gt=start).prefetch_related("systems")

    def touching(self, system: System) -> Self:
        """Those that hold for this system: all systems, or it among some."""
        return self.filter(Q(systems=None) | Q(systems=system)).distinct()


class Freeze(models.Model):
    name = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    systems = models.ManyToManyField(
        System, blank=True, related_name="freezes", help_text="None: all systems."
    )
    hard = models.BooleanField(default=True, help_text="A hard freeze refuses, a soft one warns.")
    reason = models.CharField(max_length=300, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = FreezeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_freeze_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def hits(self, window: Window) -> bool:
        """Whether a window that is still ahead lies in it, wholly or in part. Needs `systems` fetched along."""
        overlaps = self.starts_at < window.ends_at and self.ends_at > window.starts_at
        return window.is_ahead and overlaps and (not self.system_ids or window.system_id in self.system_ids)

    @cached_property
    def system_ids(self) -> set[int]:
        """The systems that it holds for; empty: all."""
        return {system.pk for system in self.systems.all()}

    @property
    def last_moment(self) -> datetime:
        """The last second in which it holds: until Monday 00:00 means, to a reader, until Sunday."""
        return self.ends_at - timedelta(seconds=1)
