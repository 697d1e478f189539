"""The demonstration's data: told in chapters, each of which leaves alone what is there already."""

from collections.abc import Callable, Sequence
from datetime import datetime

from changeboard.demo.stories import (
    board,
    changes,
    clients,
    conflicts,
    emergency,
    notices,
    past,
    people,
    policy,
    questions,
    steps,
    subscribers,
    templates,
    volumes,
    windows,
    wishes,
)

# In order: each chapter builds on those before it.
CHAPTERS: dict[str, Callable[..., int]] = {
    "people": people.tell,
    "clients": clients.tell,
    "windows": windows.tell,
    "volumes": volumes.tell,
    "seats": changes.take_seats,
    "past": past.tell,
    "changes": changes.tell,
    "questions": questions.tell,
    "steps": steps.tell,
    "templates": templates.tell,
    "emergency": emergency.tell,
    "board": board.tell,
    "conflicts": conflicts.tell,
    "wishes": wishes.tell,
    "policy": policy.tell,
    "notices": notices.tell,
    "subscribers": subscribers.tell,
}


def load(*, now: datetime, only: Sequence[str] = ()) -> dict[str, int]:
    """Tell every chapter, or `only` some; returns how many rows each one added. A second time: none."""
    return {name: tell(now=now) for name, tell in CHAPTERS.items() if not only or name in only}
