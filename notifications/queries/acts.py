"""What persons did with the notices of a window, from its history."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from changeboard.history.models import Event
from changeboard.history.sentences import sentence
from maintenance.models import Window
from notifications.models import Delivery
from notifications.queries.facts import ACTS


@dataclass(frozen=True)
class Done:
    """One act: held, released, sent again, waived, or called."""

    at: datetime
    by: str
    words: str


def of_window(window: Window) -> dict[int, list[Done]]:
    """By delivery, oldest first. One query."""
    found: dict[int, list[Done]] = defaultdict(list)
    for event in Event.objects.about(window).filter(act__in=ACTS).select_related("by").order_by("at", "pk"):
        found[event.facts.get("delivery", 0)].append(Done(event.at, str(event.by or ""), sentence(event)))
    return found


def of_delivery(delivery: Delivery) -> list[Done]:
    return of_window(delivery.window)[delivery.pk]
