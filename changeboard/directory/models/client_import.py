"""A file of clients that somebody uploaded: looked at first, applied by a second, deliberate act."""

from django.db import models
from django.db.models import Q

from changeboard.directory.domain.csv_file import MOST_BYTES
from changeboard.people.models import Person


class ClientImport(models.Model):
    """`data` are the bytes as they came. `seen` are the fingerprints, by client, of what its last preview
    would have written: what is different at the moment of applying was changed meanwhile."""

    name = models.CharField(max_length=200)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen = models.JSONField(default=dict)
    applied_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    tally = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_BYTES), name="an_import_is_not_too_large"
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None, applied_by=None)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="an_applied_import_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name
