"""Big data: ten years of windows, 20,000 changes, 2,000 clients, 100,000 deliveries, in a few bulk inserts."""

from datetime import date, datetime, timedelta

from changeboard import clock
from changeboard.directory.models import Client, Contact, NoGoDate, Service, System
from changeboard.history.models import Event
from changeboard.people.models import Person
from changes.actions import searching
from changes.models import Change, Comment, PlanStep, ServiceImpact
from maintenance.domain.recurrence import slot
from maintenance.domain.volume import Week
from maintenance.models import Cadence, Volume, VolumeFile, Window
from notifications.models import Delivery, Notice

CHANGES, CLIENTS, DELIVERIES, YEARS = 20_000, 2_000, 100_000, 10


def clients(number: int) -> None:
    """Each uses RIS and has a mailbox and an order system."""
    ris = System.objects.get(code="RIS")
    made = Client.objects.bulk_create(
        [
            Client(name=f"Hospital {n:05}", slug=f"hospital-{n:05}", time_zone="America/Denver")
            for n in range(number)
        ],
        batch_size=2000,
    )
    Client.systems.through.objects.bulk_create(
        [Client.systems.through(client_id=client.pk, system_id=ris.pk) for client in made], batch_size=5000
    )
    Contact.objects.bulk_create(
        [
            Contact(client=client, name="PACS desk", channel="email", address=f"desk@{client.slug}.example")
            for client in made
        ],
        batch_size=5000,
    )


def dates_and_volumes(*, now: datetime) -> None:
    """Every client has two no-go dates within the horizon and a week of its own, every third a contract's lead."""
    by = Person.objects.get(username="release")
    file = VolumeFile.objects.create(
        name="all.csv", text="", checked_by=by, checked_at=now, loaded_at=now, loaded_by=by
    )
    rows = list(Client.objects.filter(name__startswith="Hospital"))
    NoGoDate.objects.bulk_create(
        [
            NoGoDate(
                client=client, on=now.date() + timedelta(days=(client.pk * 7 + apart) % 183), reason="Go-live"
            )
            for client in rows
            for apart in (0, 60)
        ],
        batch_size=5000,
    )
    Client.objects.filter(pk__in=[client.pk for client in rows[::3]]).update(contract_lead_days=21)
    Volume.objects.bulk_create(
        [
            Volume(client=client, hours=Week((client.pk % 900,) * 168, (1,) * 168).packed(), file=file)
            for client in rows
        ],
        batch_size=500,
    )


def windows(years: int, *, now: datetime) -> None:
    """Each cadence's windows of so many years, before those of the demonstration; all went as planned."""
    first = clock.local_date(now, "UTC") - timedelta(days=round(365.25 * years))
    last = Window.objects.earliest("on").on - timedelta(days=31)
    Window.objects.bulk_create(
        _window(cadence, on)
        for cadence in Cadence.objects.select_related("system")
        for on in cadence.dates(first, last)
    )


def _window(cadence: Cadence, on: date) -> Window:
    when = slot(on, cadence.start_time, cadence.time_zone, cadence.length_seconds)
    return Window(
        reference=f"{cadence.system.code.upper()}-{on:%Y-%m}", system=cadence.system, cadence=cadence,
        cadence_on=on, on=on, start_time=cadence.start_time, time_zone=cadence.time_zone,
        length_seconds=cadence.length_seconds, budget_seconds=cadence.budget_seconds, starts_at=when.starts_at,
        ends_at=when.ends_at, state="completed", started_at=when.starts_at, verifying_at=when.ends_at,
        finished_at=when.ends_at, actual_downtime_seconds=cadence.budget_seconds * 2 // 3, outcome="as_planned",
    )  # fmt: skip


def changes(number: int, *, now: datetime) -> None:
    """Of the past years, spread over windows, states, kinds of risk and systems; found by their words."""
    by, systems = Person.objects.get(username="engineer"), list(System.objects.all())
    first = (Change.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    made = [_change(n, by, now - timedelta(hours=n % 20_000)) for n in range(first, first + number)]
    _board(made, now=now)
    made = Change.objects.bulk_create(made, batch_size=2000)
    _touch(made)
    through = Change.systems.through
    through.objects.bulk_create(
        [through(change_id=change.pk, system_id=systems[change.pk % len(systems)].pk) for change in made],
        batch_size=5000,
    )
    searching.index_all()


def _board(made: list[Change], *, now: datetime) -> None:
    """What is closed rode on a window of the past, what is open asks for one ahead or rides on it."""
    past = list(Window.objects.filter(state="completed").values_list("pk", flat=True))
    ahead = list(Window.objects.upcoming(now=now).values_list("pk", flat=True))
    for place, change in enumerate(made):
        on = past if change.state == "closed" else ahead
        change.window_id = on[place // 25 % len(on)] if on is ahead else on[place % len(on)]


def _touch(made: list[Change]) -> None:
    """Each touches a service; every fifth takes the platform down in two steps."""
    services = list(Service.objects.all())
    ServiceImpact.objects.bulk_create(
        [
            ServiceImpact(
                change=change, service=services[change.number % len(services)], impact="degraded", seconds=9
            )
            for change in made
        ],
        batch_size=5000,
    )
    PlanStep.objects.bulk_create(
        [
            PlanStep(change=change, position=place, text="Switch over", undo="Switch back", owner=change.requester,
                     planned_seconds=20, worst_seconds=30, needs_downtime=True)
            for change in made if change.number % 5 == 0
            for place in (1, 2)
        ],
        batch_size=5000,
    )  # fmt: skip


def _change(n: int, by: Person, at: datetime) -> Change:
    """Two in fifty are open, every hundredth speaks of a firewall."""
    state = {7: "in_review", 32: "scheduled"}.get(n % 50, "closed")
    level, likelihood, impact = (("low", 1, 3), ("moderate", 2, 4), ("high", 3, 4))[n // 3 % 3]
    what = "Replace the rules of firewall" if n % 100 == 0 else "Raise the limit of image receiver"
    return Change(
        number=n, reference=f"CHG-{n:04}", title=f"{what} {n}", requester=by, state=state,
        why="It runs full on busy nights, and readers wait for images that have arrived long ago.",
        close_code="successful" if state == "closed" else "", risk_level=level, likelihood=likelihood,
        impact=impact, risk_score=likelihood * impact, planned_down_seconds=0, worst_down_seconds=n % 90,
        created_at=at, submitted_at=at, asked_at=at, closed_at=at if state == "closed" else None,
    )  # fmt: skip


STEPS, COMMENTS, LINES = 40, 60, 200


def a_full_change(*, now: datetime) -> Change:
    """A change with 40 steps, 60 comments and 200 lines of history."""
    change = Change.objects.filter(state="in_review").order_by("-number")[0]
    by = change.requester
    PlanStep.objects.bulk_create(
        PlanStep(change=change, position=n, text=f"Take node {n} out and bring it back", undo="Bring it back",
                 owner=by, planned_seconds=60, worst_seconds=90)
        for n in range(1, STEPS + 1)
    )  # fmt: skip
    Comment.objects.bulk_create(
        Comment(
            change=change, by=by, at=now - timedelta(minutes=n), text=f"Node {n} was slow last week. " * 4
        )
        for n in range(COMMENTS)
    )
    Event.objects.bulk_create(_line(change, n, now) for n in range(LINES))
    searching.index(change)
    return change


def _line(change: Change, n: int, now: datetime) -> Event:
    """An edit of title and why."""
    fields = {
        "title": [f"Raise limit {n}", f"Raise limit {n + 1}"],
        "why": [change.why, f"{change.why} Since {n}."],
    }
    return Event(
        at=now - timedelta(minutes=n), by=change.requester, act="change.edited", facts={"fields": fields},
        subject_kind=change._meta.label_lower, subject_id=change.pk,
    )  # fmt: skip


def deliveries(number: int) -> None:
    """What was told of past windows, accepted."""
    contacts = list(
        Contact.objects.filter(channel="email", client__isnull=False).values_list("pk", "client_id")
    )
    rows: list[Delivery] = []
    for window in Window.objects.filter(state="completed").order_by("-starts_at"):
        notice, _ = Notice.objects.get_or_create(
            window=window, revision=0, audience="clients", milestone="one_week"
        )
        due = window.starts_at - timedelta(days=7)
        for contact, client in contacts[: number - len(rows)]:
            rows.append(
                Delivery(
                    notice=notice, window=window, revision=0, milestone="one_week", contact_id=contact,
                    client_id=client, channel="email", due_at=due, not_after=window.starts_at, state="accepted",
                    tries=1, accepted_at=due, server_answer="250 ok",
                )
            )  # fmt: skip
        if len(rows) >= number:
            break
    Delivery.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)
