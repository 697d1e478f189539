"""What went out in the past year, with proofs; what is due; and one failure for client services to deal with."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db.models import F

from changeboard import clock
from changeboard.directory.models import Channel, Client, Contact, Service
from changes.models import Change, ServiceImpact
from maintenance.actions import announcing
from maintenance.models import Window
from notifications.actions import bouncing, reconciling, sealing, showing
from notifications.domain import reports
from notifications.domain.chain import Kind
from notifications.domain.display import Phase
from notifications.domain.lifecycle import Report
from notifications.domain.reports import Told
from notifications.models import Attempt, Delivery, Notice, Seal

MILESTONES = (("two_weeks", 14), ("day_before", 1))
FULL, OFFERED = "452 4.2.2 mailbox full", "offered at the point of service"
TAKEN_BY_CHAT = "JSON took it"


def tell(*, now: datetime) -> int:
    """The ledger of the past, then the plan of what is to come."""
    if Delivery.objects.exists():
        return 0
    chance = Random(7)  # noqa: S311  (a repeatable story, no secret)
    # An emergency's window was made too late for any notice beforehand.
    foreseen = Window.objects.filter(state="completed", cadence__isnull=False)
    rows = [row for window in foreseen for row in _past(window, chance)]
    written = Delivery.objects.bulk_create(rows, batch_size=1000)
    Attempt.objects.bulk_create(
        (
            Attempt(delivery=row, at=row.accepted_at, outcome="accepted", answer=row.server_answer)
            for row in written
        ),
        batch_size=1000,
    )
    reconciling.reconcile(now=now - timedelta(days=20))
    # Nobody was told of a window before it was made.
    Delivery.objects.filter(due_at__lt=F("window__revisions__at"), window__revisions__kind="made").delete()
    sent = _already_sent(now) + _impact_changed(now)
    _one_failure(now)
    _one_bounce(now)
    reconciling.reconcile(now=now)
    if not Seal.objects.exclude(kind=Kind.ROUND.value).exists():
        # Rounds of a platform that told nobody yet: what the story says of the past would belie them.
        Seal.objects.all().delete()
    while sealing.seal(now=now):
        pass
    return len(written) + sent


def _past(window: Window, chance: Random) -> Iterator[Delivery]:
    """Two notices a client and contact, a few of them late."""
    clients = Client.objects.filter(systems=window.system_id)
    contacts = list(
        Contact.objects.filter(client__in=clients, channel=Channel.EMAIL).select_related("client")
    )
    for milestone, days in MILESTONES:
        notice = Notice.objects.create(window=window, revision=0, audience="clients", milestone=milestone)
        for contact in contacts:
            due = clock.days_before(window.starts_at, days, contact.zone)
            late = (
                timedelta(hours=2, minutes=7)
                if chance.random() < 0.003
                else timedelta(seconds=chance.randint(2, 40))
            )
            yield _sent(notice, window, contact, due, due + late, chance)


def _sent(
    notice: Notice, window: Window, contact: Contact, due: datetime, at: datetime, chance: Random
) -> Delivery:
    name = f"{window.reference.lower()}.r0.{notice.milestone}.c{contact.pk}@example-teleradiology.example"
    return Delivery(
        notice=notice, window=window, revision=0, milestone=notice.milestone, contact=contact,
        client=contact.client, channel=contact.channel, due_at=due, not_after=window.starts_at, state="accepted",
        tries=1, message_id=f"<{name}>", dated_at=due, accepted_at=at,
        subject=f"{window.system} maintenance, {window.on:%a, %b} {window.on.day}",
        server_answer=f"250 2.0.0 Ok: queued as {chance.getrandbits(36):09X}",
    )  # fmt: skip


def _already_sent(now: datetime) -> int:
    """Of the windows ahead: what was due by now has gone, on time."""
    chance = Random(8)  # noqa: S311
    due = list(
        Delivery.objects.filter(state="planned", try_at__lte=now, due_at__lte=now).select_related(
            "window__system", "client"
        )
    )
    for row in due:
        row.state, row.tries, row.try_at = "accepted", 1, None
        row.accepted_at = row.due_at + timedelta(seconds=chance.randint(2, 40))
        row.dated_at = row.due_at
        row.message_id = f"<{row.window.reference.lower()}.{row.pk}@example-teleradiology.example>"
        row.server_answer = f"250 2.0.0 Ok: queued as {chance.getrandbits(36):09X}"
        if row.channel == Channel.OMS:
            row.state, row.server_answer = "offered", OFFERED
        if row.channel == Channel.CHAT:
            row.server_answer = TAKEN_BY_CHAT
    names = ["state", "tries", "try_at", "accepted_at", "dated_at", "message_id", "server_answer"]
    Delivery.objects.bulk_update(due, names, batch_size=500)
    Attempt.objects.bulk_create(
        Attempt(delivery=row, at=row.accepted_at, outcome=row.state, answer=row.server_answer) for row in due
    )
    _shown([row for row in due if row.channel == Channel.OMS], chance)
    for window in {row.window for row in due if row.client_id}:
        first = min(row.due_at for row in due if row.window_id == window.pk)
        announcing.announced(window, at=first + timedelta(seconds=2))
    return len(due)


def _shown(offered: list[Delivery], chance: Random) -> None:
    """Nearly every order system said of the last RIS window what it showed, and mostly that somebody read it."""
    done = (row.window for row in offered if row.milestone == Phase.DONE)
    last = max((window.starts_at for window in done if window.system.code == "RIS"), default=None)
    for row in offered:
        if row.window.starts_at == last and row.client and chance.random() < 0.9:
            report = showing.acknowledge if chance.random() < 0.7 else showing.shown
            report(
                row.client, window=row.window.reference, phase=Phase(row.milestone), sequence=row.revision,
                actor=f"Desk {chance.randint(1, 9)}", at=row.due_at + timedelta(seconds=chance.randint(41, 400)),
            )  # fmt: skip


def _impact_changed(now: datetime) -> int:
    """Yesterday the next window turned out to slow a service down, after its first notice: all were told."""
    window = Window.objects.filter(state="announced", starts_at__gt=now + timedelta(days=1)).first()
    riding = Change.objects.filter(window=window, state="scheduled").order_by("number").last()
    service = Service.objects.filter(system=window.system_id).last() if window else None
    if window is None or riding is None or service is None:
        return 0
    slower = {"impact": "degraded", "seconds": 90, "meanwhile": "Wait two minutes and try again"}
    ServiceImpact.objects.update_or_create(change=riding, service=service, defaults=slower)
    reconciling.reconcile_window(window.pk, now=now - timedelta(days=1))
    return _already_sent(now)


def _one_failure(now: datetime) -> None:
    """A full mailbox at Copperline Health: on client services' page until somebody deals with it."""
    ahead = Delivery.objects.filter(state="accepted", window__starts_at__gt=now, channel=Channel.EMAIL)
    row = ahead.filter(client__name="Copperline Health", contact__is_person=True).first() or ahead.first()
    if row is None:
        return
    Delivery.objects.filter(pk=row.pk).update(
        state="failed", tries=5, accepted_at=None, server_answer=FULL, reason="mailbox full"
    )
    Attempt.objects.filter(delivery=row).delete()
    Attempt.objects.bulk_create(
        Attempt(delivery=row, at=row.due_at + timedelta(minutes=6 * number), outcome="temporary", answer=FULL)
        for number in range(5)
    )


def _one_bounce(now: datetime) -> None:
    """A mailbox at Juniper Valley that is there no more: the notice came back, somebody looks for the right one."""
    told = Delivery.objects.filter(state="accepted", window__starts_at__gt=now, channel=Channel.EMAIL)
    row = told.filter(client__name__startswith="Juniper", contact__is_person=True).first()
    if row is not None:
        words = f"5.1.1 smtp; 550 5.1.1 {row.contact.address}: user unknown in virtual mailbox table"
        token = reports.token(str(settings.SECRET_KEY), row.pk, row.resends)
        told_of = Told(
            reports.key("demo", str(row.pk)), Report.BOUNCED, words, (), token, "", row.contact.address
        )
        bouncing.take(told_of, source="mail", at=now)
