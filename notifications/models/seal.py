"""The chain over the proof: a link for each answer and act, in the order in which they were sealed."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import models

from maintenance.models import Window
from notifications import labels
from notifications.domain.chain import Kind, Link, Stored, text

FIELDS = ("number", "window_id", "place", "kind", "fact", "delivery_id", "at", "previous", "before", "body")


class SealQuerySet(models.QuerySet["Seal"]):
    def head(self) -> "Seal | None":
        """The last link: who knows its digest knows whether anything before it was changed."""
        return self.order_by("-number").first()

    def newest(self, kind: Kind) -> int:
        """The highest number of a row that a link of this kind seals, 0 for none. One query."""
        rows = self.filter(kind=kind.value).order_by("-fact")
        return rows.values_list("fact", flat=True).first() or 0

    def stored(self, at_once: int) -> Iterator[Stored]:
        """The links as the chain reads them, in the order of this set; so many rows are in memory at once."""
        for at, digest, *says in self.values_list("at", "digest", *FIELDS).iterator(at_once):
            yield Stored(Link(*says)._replace(at=text(at) or ""), digest)

    def rounds(self) -> "SealQuerySet":
        return self.filter(kind=Kind.ROUND.value)


class Seal(models.Model):
    """One link. It refers to window and delivery without a constraint: the chain outlives what it tells of.

    `number` counts all links, `place` those of a window; `body` is canonical JSON (domain/chain.py).
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    window = models.ForeignKey(
        Window,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="seals",
    )
    place = models.PositiveBigIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=labels.choices(labels.SEALED))
    fact = models.PositiveBigIntegerField()
    delivery = models.ForeignKey(
        "notifications.Delivery",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="seals",
    )
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    before = models.CharField(max_length=64)
    body = models.TextField()
    digest = models.CharField(max_length=64)

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "fact"], name="a_fact_is_sealed_once"),
            models.UniqueConstraint(fields=["window", "place"], name="a_windows_links_are_in_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"

    @property
    def says(self) -> dict[str, Any]:
        """What it sealed."""
        return dict(json.loads(self.body))
