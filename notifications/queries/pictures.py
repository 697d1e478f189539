"""Windows, contacts and ledger as the pure plan wants them, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import BooleanField, ExpressionWrapper, Max, Min, Q

from changeboard.directory.models import Client, Contact
from changeboard.directory.queries.affected import affected_clients
from changeboard.history.models import Event
from maintenance.models import Hold, Window, WindowRevision
from maintenance.queries import announceable
from notifications.domain import quiet
from notifications.domain.impact import Concern, Impact
from notifications.domain.lifecycle import State
from notifications.domain.milestones import Audience, Line, Milestone
from notifications.domain.picture import Entry, Reader, Revision, WindowPicture
from notifications.models import Delivery
from notifications.queries import impacts
from notifications.queries.touched import Touched

AHEAD = timedelta(days=62)
BEHIND = timedelta(days=9)
RETRACTED = timedelta(days=30)
# Looking a word up is ten times as quick as asking its enumeration, and there are a hundred thousand.
MILESTONES = {each.value: each for each in Milestone}
AUDIENCES = {each.value: each for each in Audience}
STATES = {each.value: each for each in State}


def meant(window: Window, touches: Touched | None) -> WindowPicture:
    """What a line of the policy asks about a window, and nothing else. No query."""
    return WindowPicture(
        window.pk,
        (),
        is_short_notice=touches is not None and touches.is_short_notice,
        system_id=window.system_id,
        has_emergency=touches is not None and touches.has_emergency,
        takes_downtime=window.takes_downtime,
    )


def pictures(
    windows: Sequence[Window], touches: dict[int, Touched], *, now: datetime
) -> dict[int, WindowPicture]:
    """By window id. Three queries: the revisions, when an end was put off, which a freeze holds; more for those
    over budget, and for those that were revised."""
    kept = impacts.kept(revised) if (revised := [each.pk for each in windows if each.revision]) else {}
    revisions = _revisions(windows, kept)
    extended = _extended_at(windows)
    refused = announceable.kept_back(windows)
    held = set(Hold.objects.open().filter(window__in=windows).values_list("window", flat=True))
    return {
        window.pk: replace(
            meant(window, touches.get(window.pk)),
            revisions=tuple(revisions.get(window.pk) or [_only_revision(window)]),
            started_at=window.started_at,
            extended_at=_runs_over_since(window, extended.get(window.pk), now),
            expected_end_at=window.expected_end_at,
            done_at=done_at(window),
            is_over_budget=window.pk in refused,
            is_held=window.pk in held,
            concerns=_concerns(window, kept.get(window.pk, {})),
        )
        for window in windows
    }


def done_at(window: Window) -> datetime | None:
    """When clients may be told that it is done: after verifying, never before."""
    return window.finished_at if window.state == "completed" else None


def _concerns(window: Window, kept: Mapping[int, Impact]) -> dict[int, Concern]:
    """Asked for only where two revisions differ in their impact."""
    return impacts.concerns(window, kept.values()) if len(set(kept.values())) > 1 else {}


def _revisions(
    windows: Sequence[Window], kept: Mapping[int, Mapping[int, Impact]]
) -> dict[int, list[Revision]]:
    found: dict[int, list[Revision]] = defaultdict(list)
    rows = WindowRevision.objects.filter(window__in=[window.pk for window in windows])
    for row in rows.order_by("window_id", "revision"):
        impact = kept.get(row.window_id, {}).get(row.revision)
        found[row.window_id].append(
            Revision(row.revision, row.starts_at, row.ends_at, row.kind, row.at, impact)
        )
    return found


def _only_revision(window: Window) -> Revision:
    return Revision(window.revision, window.starts_at, window.ends_at, "made", window.starts_at)


def _extended_at(windows: Sequence[Window]) -> dict[int, datetime]:
    events = Event.objects.filter(
        act="window.extended",
        subject_kind=Window._meta.label_lower,
        subject_id__in=[window.pk for window in windows],
    )
    return dict(events.values_list("subject_id").annotate(first=Min("at")))


def _runs_over_since(window: Window, extended_at: datetime | None, now: datetime) -> datetime | None:
    """When it was said that the end is later; or the planned end, when it is past and work goes on."""
    if window.expected_end_at is not None and window.expected_end_at > window.ends_at:
        return extended_at or now
    still_going = window.started_at is not None and window.state in ("in_progress", "verifying")
    return window.ends_at if still_going and now > window.ends_at else None


def readers(window: Window, touches: Touched) -> list[Reader]:
    """Everybody whom this window concerns: affected clients' contacts and the house's own. Two queries."""
    clients = affected_clients({window.system_id, *touches.systems}, touches.services)
    of_clients = Contact.objects.of_clients().filter(client__in=clients)
    found = [_reader(contact, Audience.CLIENTS) for contact in of_clients]
    for contact in Contact.objects.internal():
        # A shared mailbox of a group hears of every window; persons are the wider circle.
        found.append(_reader(contact, Audience.WIDER_CIRCLE if contact.is_person else Audience.INTERNAL))
    return found


def _reader(contact: Contact, audience: Audience) -> Reader:
    return Reader(
        contact_id=contact.pk,
        audience=audience,
        zone=contact.zone,
        channel=contact.channel,
        contract_days=contact.client.contract_lead_days if contact.client else None,
        wants_point_of_service=contact.wants_point_of_service,
    )


def ledger(window: Window) -> list[Entry]:
    """All rows of the window, of every revision. One query."""
    return ledgers([window.pk]).get(window.pk, [])


def ledgers(windows: Iterable[int], contacts: Collection[int] | None = None) -> dict[int, list[Entry]]:
    """The same for several windows, by their ids; of all contacts or of these. One query."""
    reachable = Q(contact__active=True) & (Q(client=None) | Q(client__active=True))
    rows = Delivery.objects.filter(window__in=list(windows)).annotate(
        reachable=ExpressionWrapper(reachable, BooleanField())
    )
    rows = rows if contacts is None else rows.filter(contact__in=contacts)
    fields = rows.order_by("window_id", "revision", "id").values_list(
        "window_id", "contact_id", "channel", "revision", "milestone", "notice__audience", "state",
        "pk", "due_at", "try_at", "not_after", "tries", "reachable", "contact__channel",
    )  # fmt: skip
    found: dict[int, list[Entry]] = defaultdict(list)
    for (
        window, contact, channel, revision, milestone, audience, state,
        number, due_at, try_at, not_after, tries, reached, told_by,
    ) in fields.iterator(5000):  # fmt: skip
        found[window].append(
            Entry(
                contact, channel, revision, MILESTONES[milestone], AUDIENCES[audience], STATES[state],
                number, due_at, try_at, not_after, tries, reached, told_by,
            )
        )  # fmt: skip
    return found


def windows_to_plan(
    *, now: datetime, lines: Sequence[Line], until: datetime | None = None, contract: int = 0
) -> list[int]:
    """Ids of the windows whose notices may be due by `until` (now) under these lines, and a contract of so many
    days, change or be retracted, soonest first. Two queries.

    Those that start within reach, ended within nine days, or were moved or cancelled lately.
    """
    near = Q(starts_at__lt=(until or now) + reach(lines, contract), ends_at__gt=now - BEHIND)
    retracted = Q(
        pk__in=WindowRevision.objects.filter(revision__gt=0, at__gt=now - RETRACTED).values("window_id")
    )
    return list(
        Window.objects.filter(near | retracted).order_by("starts_at", "pk").values_list("pk", flat=True)
    )


def reach(lines: Sequence[Line], contract: int = 0) -> timedelta:
    """How far ahead of its window the first notice of anybody may be due: two months, or more where a line or
    a contract asks for more, or a quiet period brings it forward. One query."""
    longest = Client.objects.active().aggregate(days=Max("contract_lead_days"))["days"] or 0
    days = max([longest, contract, *(line.days_before for line in lines)])
    periods = {each for line in lines for each in line.quiet}
    return max(AHEAD, timedelta(days=days + quiet.longest(periods) + 7))
