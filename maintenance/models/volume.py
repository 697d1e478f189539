"""How busy the platform, a system or a client is by hour of the week, and the files that said so."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Func, IntegerField
from django.db.models.lookups import Exact

from changeboard.directory.models import Client, System
from changeboard.people.models import Person
from maintenance.domain.volume import PACKED_BYTES, Week


class VolumeFileQuerySet(models.QuerySet["VolumeFile"]):
    def locked(self, pk: int) -> "VolumeFile":
        """The row, held until the transaction ends: verbs start with it."""
        return self.select_for_update().get(pk=pk)

    def loaded(self) -> Self:
        """Those that were loaded, the newest first."""
        return self.filter(loaded_at__isnull=False).order_by("-loaded_at").select_related("loaded_by")

    def left_unloaded(self, *, now: datetime) -> Self:
        """Checked more than a week ago and never loaded."""
        return self.filter(loaded_at=None, checked_at__lt=now - timedelta(days=7))


class VolumeFile(models.Model):
    """A file of volumes: checked first, which writes no volume, then loaded; kept as it was read."""

    name = models.CharField(max_length=200)
    text = models.TextField()
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    loaded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(null=True, blank=True)

    objects = VolumeFileQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return self.name


class VolumeQuerySet(models.QuerySet["Volume"]):
    def of_platform(self) -> Self:
        """Of the whole platform or of a system, not of a client."""
        return self.filter(client=None)

    def of_clients(self) -> Self:
        return self.filter(client__isnull=False)


class Volume(models.Model):
    """168 hours from Monday 00:00 on, in hundredths of an order an hour. No system: all of them.

    Without a client on the platform's clock, with one on the client's own. The hours are packed, so that those
    of two thousand clients add up at once.
    """

    system = models.ForeignKey(
        System, null=True, blank=True, on_delete=models.CASCADE, related_name="volumes"
    )
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.CASCADE, related_name="volumes"
    )
    hours = models.BinaryField(editable=False)
    file = models.ForeignKey(VolumeFile, on_delete=models.PROTECT, related_name="volumes")

    objects = VolumeQuerySet.as_manager()

    class Meta:
        ordering = ["client__name", "system__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "system"], nulls_distinct=False, name="one_volume_a_client_and_system"
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func("hours", function="octet_length", output_field=IntegerField()), PACKED_BYTES
                ),
                name="a_volume_has_168_hours",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.client or "Platform", self.system) if part)

    @property
    def week(self) -> Week:
        return Week.unpacked(bytes(self.hours))

    @property
    def orders_a_week(self) -> int:
        return round(self.week.total / 100)
