"""What was done to a thing, as a page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from changeboard.history.models import Event
from changeboard.history.sentences import sentence

# What a change of this kind is drawn with: the last part of the act decides.
ICONS = {
    "added": "plus",
    "made": "plus",
    "filed": "plus",
    "edited": "edit",
    "moved": "cal",
    "cancelled": "cross",
    "withdrawn": "cross",
    "rejected": "cross",
    "deferred": "undo",
    "backed_out": "undo",
    "approved": "check",
    "verified": "shield",
    "asked": "ask",
    "answered": "talk",
    "announced": "mail",
    "sent": "mail",
    "held": "hold",
    "started": "play",
    "completed": "done",
    "closed": "done",
    "step_done": "done",
    "step_undone": "undo",
    "problem": "alert",
    "logged": "talk",
    "checked": "check",
    "downtime_started": "flag",
    "downtime_ended": "check",
    "extended": "clock",
    "verifying": "seen",
}


@dataclass(frozen=True)
class Line:
    """One line of a timeline; `who` is None where a rule did it, `changes` are (field, from, to)."""

    at: datetime
    sentence: str
    who: AbstractBaseUser | None
    icon: str
    changes: tuple[tuple[str, object, object], ...]


def timeline(*subjects: models.Model, limit: int = 50) -> list[Line]:
    """The newest lines about one thing or several (a window and its run). One query."""
    about = models.Q(pk__in=[])
    for subject in subjects:
        about |= models.Q(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    events = Event.objects.filter(about).select_related("by").order_by("-at", "-id")[:limit]
    return [line(event) for event in events]


def line(event: Event) -> Line:
    """An event in words."""
    return Line(
        at=event.at,
        sentence=sentence(event),
        who=event.by,
        icon=ICONS.get(event.act.rpartition(".")[2], "now"),
        changes=tuple(differences(event.facts.get("changes"))),
    )


def differences(changes: object) -> list[tuple[str, object, object]]:
    """(field, from, to) of the fact `changes`: {"worst case": ["0:45", "0:30"]}."""
    if not isinstance(changes, dict):
        return []
    return [
        (str(name).replace("_", " "), pair[0], pair[1])
        for name, pair in changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]
