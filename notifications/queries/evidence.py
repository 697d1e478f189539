"""The evidence of one window, for an auditor: who was told what, when, by what server's answer."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from changeboard.directory.models import Client
from changeboard.sheet_cells import neutral
from maintenance.models import Window, WindowRevision
from notifications import labels
from notifications.domain.chain import Kind, text
from notifications.domain.lifecycle import NEEDS_A_PERSON, OPEN, TOLD, Report, State
from notifications.domain.milestones import Milestone
from notifications.models import Attempt, Delivery, NoticePolicy, Seal, Shown
from notifications.queries import acts, policy_words, proof
from notifications.queries.acts import Done
from notifications.queries.policy_words import Said
from notifications.queries.proof import Checked

SCHEMA = "changeboard.evidence/1"
ORDER = {milestone.value: place for place, milestone in enumerate(Milestone)}
HEADS = (
    "link", "sealed_at", "digest", "window", "revision", "audience", "milestone", "client", "contact", "channel",
    "address", "due_at", "at", "outcome", "answer", "message_id", "dated_at", "subject", "by",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One notice to one contact, with every try and act. `link` is where its last proof stands in the chain."""

    delivery: Delivery
    attempts: tuple[Attempt, ...]
    acts: tuple[Done, ...]
    link: int | None

    @property
    def tries_before(self) -> tuple[Attempt, ...]:
        """All but the one whose answer the delivery shows, and what the order system reported: that stands apart."""
        return tuple(
            each
            for each in self.attempts
            if each.answer != self.delivery.server_answer
            and each.outcome not in (Report.SEEN, Report.ACKNOWLEDGED)
        )


@dataclass(frozen=True)
class Readers:
    """A client, or a group of the house (`client` None), and what its contacts were told."""

    name: str
    zone: str
    client: Client | None
    lines: tuple[Line, ...]
    shown: tuple[Shown, ...] = ()


@dataclass
class Total:
    """Of one milestone: notices owed, and how they stand."""

    milestone: str
    owed: int = 0
    told: int = 0
    late: int = 0
    failed: int = 0
    waived: int = 0
    carried: int = 0
    still_open: int = 0


@dataclass(frozen=True)
class Promise:
    """One line of the policy in words, and for whom and when it holds."""

    heading: str
    said: Said


@dataclass(frozen=True)
class Evidence:
    window: Window
    revisions: list[WindowRevision]
    policy: NoticePolicy
    promised: list[Promise]
    totals: list[Total]
    readers: list[Readers]
    # Planned, and overtaken by a move or another policy before anything left the house.
    never_sent: int
    checked: Checked
    last_link: Seal | None
    clients: int


def evidence(window: Window, *, now: datetime) -> Evidence:
    """All there is to know of what was told of this window. A fixed number of queries, and three for each
    5,000 links of its chain."""
    found = Delivery.objects.filter(window=window).for_pages().select_related("settled_by")
    rows = [row for row in found if row.state != State.SUPERSEDED or row.tries]
    policy = NoticePolicy.objects.in_force_at(min(now, window.ends_at))
    readers = _readers(window, rows)
    return Evidence(
        window=window,
        revisions=list(window.revisions.select_related("by").order_by("revision")),
        policy=policy,
        promised=_promised(policy),
        totals=_totals(rows),
        readers=readers,
        never_sent=len(found) - len(rows),
        checked=proof.check(window, now=now),
        last_link=window.seals.order_by("-place").first(),
        clients=sum(each.client is not None for each in readers),
    )


def _promised(policy: NoticePolicy) -> list[Promise]:
    """For each reader in the order in which it is told. Two queries."""
    codes = policy_words.systems()
    lines = sorted(
        policy.lines.with_systems(), key=lambda row: (row.audience, row.when, ORDER[row.milestone])
    )
    return [
        Promise(row.heading, policy_words.said(row.as_line(frozenset(row.system_ids)), codes))
        for row in lines
    ]


def _totals(rows: Sequence[Delivery]) -> list[Total]:
    totals: dict[str, Total] = {}
    for row in sorted(rows, key=lambda row: ORDER[row.milestone]):
        total = totals.setdefault(row.milestone, Total(labels.MILESTONES[row.milestone]))
        total.owed += 1
        total.told += row.state in TOLD
        total.late += row.state in TOLD and row.is_late
        total.failed += row.state in NEEDS_A_PERSON
        total.waived += row.state == State.WAIVED
        total.carried += row.state in (State.SKIPPED, State.SUPERSEDED)
        total.still_open += row.state in (*OPEN, State.SENDING)
    return list(totals.values())


def _readers(window: Window, rows: Sequence[Delivery]) -> list[Readers]:
    """Clients by name, then the house's own. Five queries."""
    attempts, done, shown = _attempts(window), acts.of_window(window), _shown(window)
    links = dict(window.seals.order_by("number").values_list("delivery", "number"))
    ordered = sorted(rows, key=_place)
    return [
        Readers(
            name=name,
            zone=first.client.time_zone if first.client else first.contact.zone,
            client=first.client,
            lines=tuple(
                Line(row, tuple(attempts[row.pk]), tuple(done[row.pk]), links.get(row.pk)) for row in of_them
            ),
            shown=tuple(shown[first.client_id]) if first.client_id else (),
        )
        for (_, name), group in groupby(ordered, key=_whose)
        for of_them in [list(group)]
        for first in of_them[:1]
    ]


def _whose(row: Delivery) -> tuple[bool, str]:
    owner = row.client or row.contact.group
    return row.client is None, str(owner or row.contact)


def _place(row: Delivery) -> tuple[object, ...]:
    return *_whose(row), row.revision, row.due_at, ORDER[row.milestone], row.contact.name, row.pk


def _attempts(window: Window) -> dict[int, list[Attempt]]:
    found: dict[int, list[Attempt]] = defaultdict(list)
    rows = Attempt.objects.filter(delivery__window=window).select_related("by").order_by("at", "pk")
    for row in rows:
        found[row.delivery_id].append(row)
    return found


def _shown(window: Window) -> dict[int, list[Shown]]:
    """By client: what its order system reported, in order."""
    found: dict[int, list[Shown]] = defaultdict(list)
    for row in Shown.objects.filter(window=window).order_by("at", "pk"):
        found[row.client_id].append(row)
    return found


def lines(window: Window) -> Iterator[tuple[str, ...]]:
    """The links of the window's chain as lines of a file, under HEADS: an answer or an act each. One query."""
    for link in window.seals.order_by("place").iterator(5000):
        says = link.says
        told = (
            says
            if link.kind == Kind.ANSWER
            else {**says, **_of_the_act(says["facts"]), "outcome": says["act"]}
        )
        words = ("" if told.get(name) is None else str(told[name]) for name in HEADS[3:])
        yield (str(link.number), text(link.at) or "", link.digest, *map(neutral, words))


def _of_the_act(said: dict[str, object]) -> dict[str, object]:
    """A person's own words stand where a server's would."""
    return {**said, "answer": said.get("reason") or said.get("note") or ""}


def as_json(found: Evidence, *, at: datetime, by: str) -> dict[str, object]:
    """The same for a program, with every link whole: whoever has it can work the digests out again."""
    window = found.window
    return {
        "schema": SCHEMA,
        "window": window.reference,
        "system": window.system.code,
        "state": window.state,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "revisions": [
            {
                "revision": each.revision, "kind": each.kind, "starts_at": each.starts_at, "ends_at": each.ends_at,
                "reason": each.reason, "by": str(each.by or ""), "at": each.at,
            }
            for each in found.revisions
        ],
        "policy": found.policy.version,
        "totals": [vars(total) for total in found.totals],
        "links": [
            {**stored.link._asdict(), "digest": stored.digest}
            for stored in Seal.objects.filter(window=window).order_by("place").stored(5000)
        ],
        "head": {"number": found.checked.head_number, "digest": found.checked.head},
        "is_whole": not found.checked.faults,
        "printed_at": at,
        "printed_by": by,
    }  # fmt: skip
