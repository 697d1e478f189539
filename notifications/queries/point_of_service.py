"""What a client's order system shows now. Few queries, no cache, no broker: it stays right while all else is down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from changeboard.directory.models import Client, System
from maintenance.models import Window, WindowRevision
from notifications.domain import display, wording
from notifications.domain.display import Moments, Phase, Showing
from notifications.models import Delivery
from notifications.queries.pictures import done_at
from notifications.queries.touched import Touched, touched

SCHEMA = "changeboard.point-of-service/1"
LEVEL = {
    Phase.NOTHING: "none",
    Phase.STARTING: "info",
    Phase.UNDER_WAY: "outage",
    Phase.EXTENDED: "outage",
    Phase.DONE: "info",
    Phase.MOVED: "info",
    Phase.CANCELLED: "info",
}
BEHIND, AHEAD = timedelta(days=2), timedelta(days=40)


@dataclass(frozen=True)
class SystemShown:
    code: str
    name: str
    impact: str


@dataclass(frozen=True)
class Answer:
    """PRODUCT.md section 6, "Point of service". Instants in UTC; `local` in the client's zone and locale."""

    phase: Phase
    level: str
    window: str
    sequence: int
    headline: str
    detail: str
    workaround: str
    starts_at: datetime | None
    ends_at: datetime | None
    local: dict[str, str]
    systems: tuple[SystemShown, ...]
    next_change_at: datetime | None
    valid_until: datetime
    poll_after_s: int
    acknowledge: bool

    def as_json(self) -> dict[str, object]:
        return {
            "schema": SCHEMA,
            "phase": self.phase.value,
            "level": self.level,
            "window": self.window,
            "sequence": self.sequence,
            "headline": self.headline,
            "detail": self.detail,
            "workaround": self.workaround,
            "starts_at": _z(self.starts_at),
            "ends_at": _z(self.ends_at),
            "local": self.local,
            "systems": [vars(system) for system in self.systems],
            "next_change_at": _z(self.next_change_at),
            "valid_until": _z(self.valid_until),
            "poll_after_s": self.poll_after_s,
            "acknowledge": self.acknowledge,
        }


def _z(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None


def answer(client: Client, *, now: datetime) -> Answer:
    """What this client's order system shows at `now`. At most nine queries, whatever is planned."""
    windows = _windows_near(now)
    touches = touched([window.pk for window in windows])
    mine = [window for window in windows if _concerns(client, window, touches.get(window.pk, Touched()))]
    heard = _heard(client, mine)
    shown = [(window, display.showing(_moments(window, heard), now)) for window in mine]
    changes = [showing.next_change_at for _, showing in shown if showing.next_change_at is not None]
    next_change_at = min(changes, default=None)
    if not shown:
        return _nothing(next_change_at, now)
    window, showing = min(shown, key=lambda pair: (display.PRESSING.index(pair[1].phase), pair[0].starts_at))
    if showing.phase is Phase.NOTHING:
        return _nothing(next_change_at, now)
    return _said(client, window, showing, next_change_at, now)
