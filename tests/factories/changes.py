"""Changes in the states that tests need, made by the verbs; windows are made as rows."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from changeboard import clock
from changeboard.directory.models import System
from changeboard.people.models import Person
from changes.actions import filing, riding
from changes.domain.lifecycle import State
from changes.domain.sheet import Sheet, Step, Touch, Value
from changes.models import Change
from maintenance.models import Window
from tests.factories.directory import ServiceFactory, SystemFactory
from tests.factories.people import PersonFactory

AT = datetime(2026, 11, 17, 16, tzinfo=UTC)

ANSWERS: dict[str, Value] = {
    "planned_down": 0,
    "worst_down": {"text": "30 seconds without network", "seconds": 30},
    "confidence": 95,
    "testing": "Six times on the lab pair",
    "telephones": "at_worst",
    "vpn": "at_worst",
    "images": "at_worst",
    "undo": {"text": "Pull the interconnect on B, then A", "seconds": 90},
    "clients": "All that use VPN tunnels",
}
STEPS = (
    Step(text="Save the configuration", undo="Nothing to undo", phase="before", planned_seconds=300),
    Step(text="Bring up the port on A", undo="Shut the port on A", planned_seconds=30, undo_seconds=45),
)


def window(on: datetime = AT + timedelta(days=28), system: System | None = None, **fields: object) -> Window:
    """A planned window of an hour, with 15 minutes of downtime."""
    system = system or SystemFactory()
    day = clock.local_date(on, "America/Chicago")
    starts_at = clock.at_wall(day, time(11), "America/Chicago")
    given: dict[str, object] = {
        "reference": f"{system.code}-{day:%Y-%m-%d}",
        "system": system,
        "on": day,
        "start_time": time(11),
        "length_seconds": 3600,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "budget_seconds": 900,
    }
    return Window.objects.create(**{**given, **fields})


def a_sheet(**given: object) -> Sheet:
    """A complete sheet: the story's firewall change, on RIS, touching the VPN tunnels."""
    whole = Sheet(
        title="Connect the two edge firewalls",
        why="If one fails today, all VPN tunnels drop.",
        systems=frozenset({SystemFactory().pk}),
        services={ServiceFactory().pk: Touch("degraded", 30)},
        answers=ANSWERS,
        steps=STEPS,
    )
    return replace(whole, **given)


def a_harmless_sheet(**given: object) -> Sheet:
    """A complete sheet of low risk that disturbs nothing."""
    calm: dict[str, Value] = {
        **ANSWERS,
        "worst_down": {"text": "Nothing", "seconds": 0},
        **dict.fromkeys(("telephones", "vpn", "images"), "no"),
    }
    return a_sheet(**{"answers": calm, **given})


def a_draft(sheet: Sheet | None = None, *, by: Person | None = None, at: datetime = AT) -> Change:
    return filing.file(sheet or a_sheet(), by=by or PersonFactory(), at=at)


def a_submitted(sheet: Sheet | None = None, *, by: Person | None = None, at: datetime = AT) -> Change:
    change = a_draft(sheet, by=by, at=at)
    return filing.submit(change, by=change.requester, at=at)


def an_approved(sheet: Sheet | None = None, *, by: Person | None = None, at: datetime = AT) -> Change:
    """Approved without a meeting: the board's own tests hold meetings."""
    change = a_submitted(sheet, by=by, at=at)
    Change.objects.filter(pk=change.pk).update(state=State.APPROVED.value, decided_at=at)
    return Change.objects.get(pk=change.pk)


def a_scheduled(on: Window, *, by: Person | None = None, at: datetime = AT) -> Change:
    change = an_approved(a_sheet(window=on.pk), by=by, at=at)
    return riding.ride(change, on, by=change.requester, at=at)
