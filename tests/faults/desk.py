"""What people do before and after a storm: `python -m tests.faults.desk owe 10000 | resend`."""

import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402

from changeboard.directory.models import Client, Contact, System  # noqa: E402
from changeboard.people.models import Person  # noqa: E402
from maintenance.models import Window, WindowRevision  # noqa: E402
from notifications.actions import holding, reconciling  # noqa: E402
from notifications.models import Backlog, Delivery  # noqa: E402


@transaction.atomic
def owe(readers: int) -> None:
    """A window in nine days of which that many mailboxes, five a client, have not heard yet."""
    now = datetime.now(UTC).replace(microsecond=0)
    ris, _ = System.objects.get_or_create(code="RIS", defaults={"name": "RIS", "mark": "circle"})
    clients = Client.objects.bulk_create(
        [Client(name=f"Hospital {n:05}", slug=f"hospital-{n:05}") for n in range(-(-readers // 5))]
    )
    through = Client.systems.through
    through.objects.bulk_create([through(client_id=client.pk, system_id=ris.pk) for client in clients])
    Contact.objects.bulk_create(
        [
            Contact(
                client=clients[n // 5], name=f"Desk {n}", channel="email", address=f"desk{n}@hospital.example"
            )
            for n in range(readers)
        ]
    )
    starts_at = now + timedelta(days=9)
    window = Window.objects.create(
        system=ris, reference="RIS-STORM", on=starts_at.date(), start_time=starts_at.time(), length_seconds=900,
        starts_at=starts_at, ends_at=starts_at + timedelta(seconds=900), budget_seconds=900,
    )  # fmt: skip
    WindowRevision.objects.create(
        window=window, revision=0, starts_at=window.starts_at, ends_at=window.ends_at, kind="made", at=now
    )
    person = Person.objects.create_user("clientservices", email="services@changeboard.example")
    # So many at once stop the sending until a person has looked: one has.
    Backlog.objects.create(stopped_at=now, waiting=readers, released_at=now, released_by=person)
    reconciling.reconcile(now=now)
    sys.stdout.write(f"{Delivery.objects.due(now=now).count()}\n")


def resend() -> None:
    """Whatever failed is sent again by a person, as the page that shows it in red asks for."""
    failed = list(Delivery.objects.filter(state="failed"))
    for row in failed:
        holding.resend(row, by=Person.objects.get(username="clientservices"), at=datetime.now(UTC))
    sys.stdout.write(f"{len(failed)}\n")


if __name__ == "__main__":
    owe(int(sys.argv[2])) if sys.argv[1] == "owe" else resend()
