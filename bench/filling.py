"""Big data: 20,000 changes, 2,000 clients, 100,000 deliveries, in a few bulk inserts."""

from datetime import datetime, timedelta

from changeboard.directory.models import Client, Contact, System
from changeboard.people.models import Person
from changes.models import Change
from maintenance.models import Window
from notifications.models import Delivery, Notice

CHANGES, CLIENTS, DELIVERIES = 20_000, 2_000, 100_000


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


def changes(number: int, *, now: datetime) -> None:
    """Closed ones of the past years, spread over the systems."""
    by = Person.objects.get(username="engineer")
    first = (Change.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    Change.objects.bulk_create(
        [
            Change(
                number=n, reference=f"CHG-{n:04}", title=f"Raise limit {n} of the image receiver", why="Load",
                requester=by, state="closed", close_code="successful", created_at=now - timedelta(hours=n % 20_000),
                submitted_at=now - timedelta(hours=n % 20_000), closed_at=now,
            )
            for n in range(first, first + number)
        ],
        batch_size=2000,
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
