"""planned → announced: the first client notice was taken by a mail server."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from maintenance.domain import lifecycle
from maintenance.domain.lifecycle import Act, State
from maintenance.models import Window


@transaction.atomic
def announced(window: Window, *, at: datetime) -> Window:
    """Note that clients know of the window. Doing it again, or later in its life, changes nothing."""
    window = Window.objects.locked(window.pk)
    if window.state == State.PLANNED:
        window.state = lifecycle.after(window.state, Act.ANNOUNCE)
        window.announced_at = at
        window.save(update_fields=["state", "announced_at"])
        record("window.announced", window, by=None, at=at)
    return window
