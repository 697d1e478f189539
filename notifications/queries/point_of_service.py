"""What a client's order system shows now. No cache, no broker: right while all else is down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import F, Max, Q
from django.template.loader import render_to_string
from django.urls import reverse

from changeboard.directory.models import Client, System
from changes.models import Impact
from maintenance.models import Hold, Window, WindowRevision, WindowState
from notifications.domain import display, wording
from notifications.domain.display import Moments, Phase, Showing
from notifications.models import Delivery
from notifications.queries import pictures, policy
from notifications.queries.pictures import done_at
from notifications.queries.touched import ServiceTouched, Touched, touched
from notifications.queries.uses import Uses, by_service

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
NOT_AS_USUAL = (Phase.STARTING, Phase.UNDER_WAY, Phase.EXTENDED)
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
    acknowledge: str | None

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
    """What this client's order system shows at `now`. At most ten queries, whatever is planned."""
    windows = _windows_near(now)
    touches = touched([window.pk for window in windows])
    uses = _uses(client)
    mine = [window for window in windows if _concerns(uses, window, touches.get(window.pk, Touched()))]
    retracted = _retracted(client, mine)
    leads = _leads(mine, touches)
    moments = {window: _moments(window, retracted.get(window.pk), leads[window.pk]) for window in mine}
    shown = [(window, display.showing(of_window, now)) for window, of_window in moments.items()]
    changes = [showing.next_change_at for _, showing in shown if showing.next_change_at is not None]
    next_change_at = min(changes, default=None)
    shown = [(window, showing) for window, showing in shown if showing.phase is not Phase.NOTHING]
    if not shown:
        return _nothing(next_change_at, now)
    window, showing = min(shown, key=lambda pair: (display.PRESSING.index(pair[1].phase), pair[0].starts_at))
    old = retracted.get(window.pk)
    touches_here = touches.get(window.pk, Touched())
    systems = _systems(uses, window, touches_here)
    felt = by_service(Uses(frozenset(uses.systems), frozenset(uses.services)).of(touches_here.riding))
    return _said(client, window, old, showing, (systems, felt), next_change_at, now)


def _windows_near(now: datetime) -> list[Window]:
    """What is planned, runs, or has just ended, under its present or an older date. One query."""
    dated = WindowRevision.objects.filter(starts_at__lt=now + AHEAD, ends_at__gt=now - BEHIND)
    running = Q(state__in=(WindowState.IN_PROGRESS, WindowState.VERIFYING))
    near = Window.objects.filter(Q(pk__in=dated.values("window_id")) | running)
    # What a freeze holds does not happen at its hour: an order system that said so would be wrong.
    near = near.exclude(holds__in=Hold.objects.open())
    return list(near.select_related("system").order_by("starts_at"))


@dataclass(frozen=True)
class _Uses:
    """The systems (by id) and services (ids) that a client uses."""

    systems: dict[int, System]
    services: set[int]


def _uses(client: Client) -> _Uses:
    services = set(client.services.values_list("pk", flat=True))
    return _Uses({system.pk: system for system in client.systems.all()}, services)


def _concerns(uses: _Uses, window: Window, touches: Touched) -> bool:
    """The rule of who is affected (PRODUCT.md section 6), for one client."""
    systems = {window.system_id, *touches.systems, *touches.providers}
    return not systems.isdisjoint(uses.systems) or not touches.services.isdisjoint(uses.services)


def _retracted(client: Client, windows: Sequence[Window]) -> dict[int, WindowRevision]:
    """By window: the date that this client was told last, where it is no longer true. Two queries at most."""
    moved = {window.pk: window for window in windows if window.revision > 0}
    if not moved:
        return {}
    told = Delivery.objects.told().filter(client=client, window__in=moved, revision__lt=F("window__revision"))
    newest = dict(told.values_list("window_id").annotate(newest=Max("revision")))
    rows = WindowRevision.objects.filter(window__in=newest)
    return {
        row.window_id: row
        for row in rows
        if (row.revision == newest[row.window_id] and row.starts_at != moved[row.window_id].starts_at)
        or (row.revision == newest[row.window_id] and moved[row.window_id].state == WindowState.CANCELLED)
    }


def _leads(windows: Sequence[Window], touches: dict[int, Touched]) -> dict[int, int]:
    """By window: how many minutes before its start the policy has it shown. One query; none without windows."""
    lines = policy.starting() if windows else []
    return {
        window.pk: policy.starting_minutes(pictures.meant(window, touches.get(window.pk)), lines)
        for window in windows
    }


def _moments(window: Window, old: WindowRevision | None, minutes_before: int) -> Moments:
    return Moments(
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        started_at=window.started_at,
        expected_end_at=window.expected_end_at,
        done_at=done_at(window),
        is_cancelled=window.state == WindowState.CANCELLED,
        retracted_starts_at=old.starts_at if old else None,
        retracted_ends_at=old.ends_at if old else None,
        minutes_before=minutes_before,
    )


def _systems(uses: _Uses, window: Window, touches: Touched) -> tuple[SystemShown, ...]:
    """The window's own system, and those of the client's that a riding change touches."""
    own = "outage" if window.takes_downtime else "no_impact"
    others = [uses.systems[pk] for pk in sorted(touches.systems) if pk in uses.systems]
    shown = [SystemShown(window.system.code, window.system.name, own)]
    shown += [
        SystemShown(system.code, system.name, touches.worst_impact)
        for system in others
        if system.pk != window.system_id
    ]
    return tuple(shown)


def _nothing(next_change_at: datetime | None, now: datetime) -> Answer:
    return Answer(
        phase=Phase.NOTHING, level=LEVEL[Phase.NOTHING], window="", sequence=0, headline="", detail="",
        workaround="", starts_at=None, ends_at=None, local={}, systems=(), next_change_at=next_change_at,
        valid_until=display.valid_until(now), acknowledge=None,
        poll_after_s=display.poll_after(next_change_at, Phase.NOTHING, now),
    )  # fmt: skip


def _workaround(client: Client, window: Window, services: Sequence[ServiceTouched]) -> str:
    """What this client does while a system is down, then what to do meanwhile for each service."""
    own = client.meanwhile_in_words if window.takes_downtime else ""
    said = [f"{each.name}: {each.meanwhile}" for each in services if each.meanwhile]
    return "\n".join(filter(None, [own, *said]))


def _said(
    client: Client,
    window: Window,
    old: WindowRevision | None,
    showing: Showing,
    shown: tuple[tuple[SystemShown, ...], tuple[ServiceTouched, ...]],
    next_change_at: datetime | None,
    now: datetime,
) -> Answer:
    """The answer in the client's words. It names no minute that passes, so the ETag stands still."""
    phase, zone = showing.phase, client.time_zone
    systems, services = shown
    ends_at = max(window.ends_at, window.expected_end_at or window.ends_at)
    times = wording.times(window.starts_at, ends_at, zone, str(settings.PLATFORM_TIME_ZONE))
    done = done_at(window)
    picture = {
        "window": window,
        "system": window.system,
        "times": times,
        "old": old and wording.times(old.starts_at, old.ends_at, zone, str(settings.PLATFORM_TIME_ZONE)),
        "expected": wording.clock_time(window.expected_end_at or window.ends_at, zone),
        "up_to": wording.length(window.budget_seconds) if window.budget_seconds else "",
        "done": wording.clock_time(done, zone) if done else "",
        "services": services,
        "took": wording.took(window.actual_downtime_seconds, window.started_at, done),
    }
    words = render_to_string(f"notices/point_of_service/{phase.value}.txt", picture).strip().splitlines()
    down = window.takes_downtime or any(service.code == Impact.OUTAGE for service in services)
    return Answer(
        phase=phase,
        level=LEVEL[phase] if down else "info",
        window=window.reference,
        sequence=window.revision,
        headline=words[0],
        detail=" ".join(words[2:]).strip(),
        workaround=_workaround(client, window, services) if phase in NOT_AS_USUAL else "",
        starts_at=window.started_at or window.starts_at,
        ends_at=done or ends_at,
        local={"time_zone": zone, "day": times.day, "span": times.span, "short": words[1]},
        systems=systems,
        next_change_at=next_change_at,
        valid_until=display.valid_until(now),
        poll_after_s=display.poll_after(next_change_at, phase, now),
        acknowledge=settings.SITE_URL + reverse("notifications:point-of-service-acknowledge"),
    )
