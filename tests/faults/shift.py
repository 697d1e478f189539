"""A short day of Go Time, by the verbs, while the real programs run: `python -m tests.faults.shift WEBHOOK SECRET`.

Prints, for each thing that was done, what the order system would show and what had been told by then.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import django

django.setup()

from changeboard.directory.models import Client, System  # noqa: E402
from maintenance.actions import running, scheduling  # noqa: E402
from maintenance.models import Window  # noqa: E402
from notifications.models import Delivery, Tick  # noqa: E402
from notifications.queries import point_of_service  # noqa: E402
from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory  # noqa: E402
from tests.factories.maintenance import WindowFactory, name_people  # noqa: E402
from tests.factories.people import PersonFactory  # noqa: E402

PATIENCE = 60


def now() -> datetime:
    return datetime.now(UTC)


def told(window: Window) -> list[str]:
    rows = Delivery.objects.told().filter(window=window).order_by("accepted_at", "pk")
    return [row.milestone for row in rows]


def wait(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        time.sleep(0.2)


def say(what: str, client: Client, window: Window) -> None:
    shown = point_of_service.answer(client, now=now())
    states = dict(Delivery.objects.filter(window=window).values_list("milestone", "state"))
    sys.stdout.write(json.dumps([what, shown.phase.value, told(window), states]) + "\n")


def hospital(code: str, day: int, webhook: str, secret: str) -> tuple[Client, Window]:
    """It uses one system, whose window begins in half an hour; by its date on another day than the other's."""
    system: System = SystemFactory(code=code)
    client = ClientFactory(uses=[system], oms_webhook_url=webhook, oms_webhook_secret=secret)
    ContactFactory(client=client, name="Orders", channel="oms", address="")
    starts_at = now() + timedelta(minutes=30)
    window = WindowFactory(
        system=system, on=starts_at.date() + timedelta(days=day), start_time=starts_at.time(), starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=15),
    )  # fmt: skip
    return client, window


def a_round_has_run() -> None:
    after = now()
    wait(lambda: Tick.objects.filter(at__gt=after).exists())


def main(webhook: str, secret: str) -> None:
    release = PersonFactory(release=True, username="release")
    client, window = hospital("RIS", 0, webhook, secret)
    other, cancelled = hospital("PACS", 1, webhook, secret)
    wait(lambda: told(window) == ["starting"] and told(cancelled) == ["starting"])
    say("planned", client, window)
    scheduling.cancel(cancelled, reason="A supplier is late", by=release, at=now())
    name_people(window, release)
    running.go(window, by=release, at=now())
    wait(lambda: "under_way" in told(window) and "cancelled" in told(cancelled))
    say("go", client, window)
    say("cancelled", other, cancelled)
    end = window.ends_at + timedelta(minutes=30)
    running.extend(window, expected_end_at=end, by=release, at=now())
    wait(lambda: "extended" in told(window))
    say("extended", client, window)
    running.finish(window, by=release, at=now())
    a_round_has_run()
    say("verifying", client, window)
    for check in window.run.checks.all():
        running.check(check, by=release, at=now())
    running.complete(window, outcome="as_planned", by=release, at=now())
    wait(lambda: "done" in told(window))
    a_round_has_run()
    say("done", client, window)


if __name__ == "__main__":
    main(*sys.argv[1:])
