"""The facts that the chain seals, as they stand in the ledger now: answers and reports, and what persons did."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from changeboard.history.models import Event
from maintenance.models import Window
from notifications.domain.chain import Kind, canonical, text
from notifications.models import Attempt, Seal

# What client services do with a delivery (actions/holding.py).
ACTS = ("notice.held", "notice.released", "notice.resent", "notice.waived", "notice.called")
WINDOW = Window._meta.label_lower
OF_ATTEMPT = (
    "pk", "at", "outcome", "answer", "by__username", "delivery_id", "delivery__window_id",
    "delivery__window__reference", "delivery__revision", "delivery__milestone", "delivery__notice__audience",
    "delivery__client__name", "delivery__contact__name", "delivery__channel", "delivery__address",
    "delivery__due_at", "delivery__resends", "delivery__message_id", "delivery__dated_at", "delivery__subject",
    "delivery__body_hash",
)  # fmt: skip
# What of an answer belongs to the try itself, and what the delivery said then and may say otherwise later.
OF_THE_TRY = (
    "attempt",
    "at",
    "outcome",
    "answer",
    "by",
    "delivery",
    "window",
    "revision",
    "milestone",
    "audience",
)
NAMED_ONCE = ("message_id", "dated_at")
OF_THE_MAIL = ("address", "subject", "body_hash")


class Fact(NamedTuple):
    """One fact: of which window and delivery, and what there is to say of it."""

    kind: Kind
    number: int
    window: int
    delivery: int | None
    says: dict[str, object]

    @property
    def body(self) -> str:
        return canonical(self.says)


def answers(attempts: QuerySet[Attempt]) -> Iterator[Fact]:
    """These attempts as facts. One query."""
    for row in attempts.values_list(*OF_ATTEMPT).iterator(5000):
        (number, at, outcome, answer, by, delivery, window, reference, revision, milestone, audience, client,
         contact, channel, address, due_at, resends, message_id, dated_at, subject, body_hash) = row  # fmt: skip
        yield Fact(
            Kind.ANSWER, number, window, delivery,
            {
                "attempt": number, "at": text(at), "outcome": outcome, "answer": answer, "by": by or "",
                "delivery": delivery, "window": reference, "revision": revision, "milestone": milestone,
                "audience": audience, "client": client or "", "contact": contact, "channel": channel,
                "address": address, "due_at": text(due_at), "resends": resends, "message_id": message_id,
                "dated_at": text(dated_at), "subject": subject, "body_hash": body_hash,
            },
        )  # fmt: skip


def acts(events: QuerySet[Event]) -> Iterator[Fact]:
    """These lines of history as facts. One query, and one for the references of their windows."""
    rows = list(events.values_list("pk", "at", "by__username", "act", "subject_id", "facts"))
    references = dict(Window.objects.filter(pk__in={row[4] for row in rows}).values_list("pk", "reference"))
    for number, at, by, act, window, said in rows:
        yield Fact(
            Kind.ACT, number, window, said.get("delivery"),
            {
                "event": number, "at": text(at), "act": act, "by": by or "",
                "window": references.get(window, ""), "facts": said,
            },
        )  # fmt: skip


class Sought(NamedTuple):
    """Among which facts is looked for what no link seals: answers with a number above this and acts since then, of
    this window, before this instant."""

    above: int = 0
    since: datetime | None = None
    window: Window | None = None
    before: datetime | None = None


def unsealed(sought: Sought, most: int) -> list[Fact]:
    """What no link seals, answers first, in the order of their numbers. At most six queries."""
    attempts, events = Attempt.objects.all(), Event.objects.filter(act__in=ACTS, subject_kind=WINDOW)
    if sought.window is not None:
        attempts = attempts.filter(delivery__window=sought.window)
        events = events.filter(subject_id=sought.window.pk)
    if sought.before is not None:
        attempts, events = attempts.filter(at__lt=sought.before), events.filter(at__lt=sought.before)
    if sought.since is not None:
        events = events.filter(at__gt=sought.since)
    new = _not_in(Kind.ANSWER, attempts.filter(pk__gt=sought.above), sought, most)
    found = list(answers(Attempt.objects.filter(pk__in=new).order_by("pk"))) if new else []
    new = _not_in(Kind.ACT, events, sought, most - len(found))
    return found + (list(acts(Event.objects.filter(pk__in=new).order_by("pk"))) if new else [])


def _not_in(kind: Kind, rows: QuerySet[Any], sought: Sought, most: int) -> list[int]:
    """The numbers of these rows that no link of the kind seals. A set difference: however little the database
    knows of the tables, it reads each of them once."""
    seals = Seal.objects.filter(kind=kind.value)
    if kind is Kind.ANSWER:
        seals = seals.filter(fact__gt=sought.above)
    if kind is Kind.ACT and sought.since is not None:
        seals = seals.filter(fact__in=rows.values("pk"))
    if sought.window is not None:
        seals = seals.filter(window=sought.window)
    left = rows.order_by().values_list("pk").difference(seals.order_by().values_list("fact")).order_by("id")
    return [number for (number,) in left[:most]] if most > 0 else []
