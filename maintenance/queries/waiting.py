"""What of the windows waits for a person: those that are not ready, and those that should be over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from changeboard.people.models import Person
from maintenance import labels
from maintenance.domain.lifecycle import AHEAD, State
from maintenance.models import Hold, Window
from maintenance.queries import zones
from maintenance.queries.readiness import findings

SOON = timedelta(days=3)


@dataclass(frozen=True)
class Waiting:
    """One thing to do: by when, what, where, and the word on its button."""

    due_at: datetime
    title: str
    detail: str
    url: str
    act: str
    window: Window | None = None
    change: None = None


def waiting(person: Person, *, now: datetime) -> list[Waiting]:
    """For whoever says Go: windows within three days that are not ready, and those past their end.

    Two queries, beside those that readiness takes for each window within three days (a system has one).
    """
    if not person.has_perm("maintenance.go"):
        return []
    held = [_held(hold) for hold in Hold.objects.open().select_related("window__system", "freeze")]
    moved = _zones(now=now)
    soon = Window.objects.upcoming(now=now).filter(starts_at__lt=now + SOON).select_related("system")
    known = {each.window for each in held}
    found = [*held, *moved, *(_of(window, now) for window in soon if window not in known)]
    return sorted((each for each in found if each), key=lambda each: each.due_at)


def _zones(*, now: datetime) -> list[Waiting]:
    """All windows that the zone data would move as one thing to do, due before the first of them. One query,
    and one to each contributor where there is any."""
    drifts = zones.drifts(now=now)
    if not drifts:
        return []
    first = min(drifts, key=lambda drift: min(drift.was, drift.starts_at))
    title = f"The zone data would move {len(drifts)} window{'s' if len(drifts) > 1 else ''}"
    detail = f"First {first.window}: its wall time means another instant now"
    return [Waiting(first.was, title, detail, reverse("maintenance:zones"), "Look", window=first.window)]


def _held(hold: Hold) -> Waiting:
    """From the day on which a freeze came over it: to be moved, cancelled or let go in spite of it."""
    window = hold.window
    return Waiting(
        window.starts_at, f"{window} is held by {hold.freeze}", labels.HELD_TO_DO,
        f"{window.get_absolute_url()}#conflicts", "Decide", window=window,
    )  # fmt: skip


def _of(window: Window, now: datetime) -> Waiting | None:
    if window.state in AHEAD:
        red = [finding.title for finding in findings(window, now=now) if not finding.ok]
        return _unready(window, red) if red else None
    over_since = window.expected_end_at or window.ends_at
    if over_since > now and window.state == State.IN_PROGRESS:
        return None
    title = f"Verify {window}" if window.state == State.VERIFYING else f"{window} should be over"
    url = reverse("maintenance:go", args=[window.reference])
    return Waiting(over_since, title, "Clients wait for the word", url, "Go Time", window=window)


def _unready(window: Window, red: list[str]) -> Waiting:
    return Waiting(
        window.starts_at, f"{window} is not ready", "; ".join(red), f"{window.get_absolute_url()}#readiness",
        "See what is missing", window=window,
    )  # fmt: skip
