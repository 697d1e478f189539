"""The facts that the chain seals, as they stand in the ledger now: answers and reports, and what persons did."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from changeboard.history.models import Event
from maintenance.models import Window
from notifications.domain.chain import Kind, canonical, text
from notifications.models import Attempt, Seal

# What client services do with a delivery (actions/holding.py).
ACTS = ("notice.held", "notice.released", "notice.resent", "notice.waived", "notice.called")
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


def unsealed_attempts(*, above: int = 0) -> QuerySet[Attempt]:
    """Attempts with a number above this that no link seals, in their order."""
    rows = Attempt.objects.filter(pk__gt=above).order_by("pk")
    return rows.filter(~Exists(Seal.objects.filter(kind=Kind.ANSWER.value, fact=OuterRef("pk"))))


def unsealed_acts(*, above: int = 0) -> QuerySet[Event]:
    """The same of what persons did with deliveries."""
    rows = Event.objects.filter(pk__gt=above, act__in=ACTS, subject_kind=Window._meta.label_lower).order_by(
        "pk"
    )
    return rows.filter(~Exists(Seal.objects.filter(kind=Kind.ACT.value, fact=OuterRef("pk"))))
