"""Wishes for slots, what stands against them, and the same search once more by brute force."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from changeboard import clock
from maintenance.domain.conflicts import Span, clashes
from maintenance.domain.slot_search import Standing, Treat, Wish
from maintenance.domain.volume import Volumes, Week
from tests.maintenance.domain.pictures import CHICAGO, RIS

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 16, 12, tzinfo=UTC)
FLAT = Week((100,) * 168, (0,) * 168)
NOTHING = Volumes(None, CHICAGO, {}, 0, 0)


def wish(**given):
    """RIS, 15 minutes, all of it down, in the two weeks from tomorrow on."""
    usual = {
        "system_ids": (RIS,), "length_seconds": 900, "worst_seconds": 900, "first": MONDAY + timedelta(1),
        "last": MONDAY + timedelta(14), "zone": CHICAGO,
    }  # fmt: skip
    return Wish(**usual | given)


def standing(windows=(), freezes=(), clients=(), volumes=NOTHING, holidays=None):
    down = frozenset(window.id for window in windows)
    return Standing(list(windows), list(freezes), list(clients), volumes, NOW, 183, down, holidays or {})


def brute(wish, standing):
    """(day, wall) → clients hit badly and orders, of every free start: each rule asked of each start."""
    found = {}
    days = (wish.last - wish.first).days + 1
    for on in (wish.first + timedelta(days=number) for number in range(days)):
        for minute in range(0, 24 * 60, wish.step_minutes):
            at = minute + wish.earliest.hour * 60 + wish.earliest.minute
            if at < 24 * 60 and (slot := of(wish, standing, on, time(*divmod(at, 60)))) is not None:
                found[on, time(*divmod(at, 60))] = slot
    return found


def of(wish, standing, on, wall):
    """Whom one start hits badly and how many orders; None where it may not lie."""
    until = (wish.latest.hour * 60 + wish.latest.minute or 24 * 60) * 60
    begins = clock.at_wall(on, wall, wish.zone)
    ends = begins + timedelta(seconds=wish.length_seconds)
    is_late = (wall.hour * 60 + wall.minute) * 60 + wish.length_seconds > until
    if is_late or begins <= standing.now or (on.weekday() > 4 and not wish.weekends):
        return None
    spans = [Span(None, "", system, on, begins, ends) for system in wish.system_ids]
    if any(clashes(span, standing.windows, standing.freezes) for span in spans):
        return None
    hit = {kind: {c.id for c in standing.clients if wish.disturbs and rule(c, wish, standing, on, begins, ends)}
           for kind, rule in RULES.items()}  # fmt: skip
    if any(hit[kind] for kind, treat in wish.treatment.items() if treat == Treat.LEAVE_OUT):
        return None
    return {kind: len(who) for kind, who in hit.items()}, orders(wish, standing, begins)


def ruled_out(client, wish, standing, on, begins, ends):
    last = clock.local_date(ends - timedelta(seconds=1), client.zone)
    return bool(client.no_go & {clock.local_date(begins, client.zone), last})


def under_lead(client, wish, standing, on, begins, ends):
    days = clock.local_date(begins, client.zone) - clock.local_date(standing.now, client.zone)
    return days.days < client.lead_days


def twice(client, wish, standing, on, begins, ends):
    return any(
        window.system_id in client.system_ids and abs((window.on - on).days) <= 6
        for window in standing.windows
        if window.id in standing.takes_downtime
    )


RULES = {"no_go": ruled_out, "lead": under_lead, "twice": twice}


def orders(wish, standing, begins):
    """Second by second, in steps of a minute."""
    volumes = standing.volumes
    if not volumes.is_known:
        return None
    whole, at, end = Fraction(0), begins, begins + timedelta(seconds=wish.hit_seconds)
    while at < end:
        step = min(timedelta(minutes=1), end - at)
        whole += step.seconds * sum(at_instant(*part, at, standing.holidays) for part in volumes.tables())
        at += step
    return float(whole) / volumes.scale


def at_instant(zone, hours, at, holidays):
    there = clock.local(at, zone)
    days = {there.weekday(), 5, 6} if there.date() in holidays else {there.weekday()}
    return max(hours[day * 24 + there.hour] for day in days)
