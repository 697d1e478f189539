"""Inviting the members to the board's meetings: what is missing is written down, then it is sent.

What should be told minus what was: a ring that nobody heard costs one tick. A row stands once under its
key and is claimed by one sender; a repeat has the same Message-ID, Date and SEQUENCE.
"""

import random
from collections import defaultdict
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from changes.actions import meetings
from changes.models import Meeting, Membership, Minutes, Substitute
from notifications.channels.email import invitation, minutes_mail
from notifications.channels.email.send import Post
from notifications.domain import backoff, inviting
from notifications.domain.backoff import Answer, Kind
from notifications.domain.inviting import Method, Said
from notifications.models import Invitation
from notifications.queries import letters

LEASE = timedelta(seconds=150)
# After an outage longer than this nobody waits for them by mail any more: they stand on the page.
MINUTES_WITHIN = timedelta(days=14)
State = Invitation.State


def tell(*, now: datetime, most: int = 500) -> tuple[int, int]:
    """One round: make the meetings ahead, plan, send; returns how many were sent and how many failed."""
    plan(now=now)
    plan_minutes(now=now)
    return send_due(now=now, most=most)


def plan(*, now: datetime) -> int:
    """Write down what the members are still to be told; returns how many mails. A second run adds none.

    A mail that was not tried yet and is no longer right is superseded. Six queries when nothing is new.
    """
    if not Membership.objects.exists():
        return 0
    meetings.ensure_meetings(now=now)
    ahead = list(Meeting.objects.filter(state__in=["planned", "cancelled"], starts_at__gt=now))
    written: dict[tuple[int, int], list[Invitation]] = defaultdict(list)
    for row in Invitation.objects.filter(meeting__in=ahead).order_by("sequence"):
        written[row.meeting_id, row.person_id].append(row)
    seats = [
        *Membership.objects.select_related("person"),
        *Substitute.objects.select_related("person"),
    ]
    return sum(_plan(meeting, seats, written, now=now) for meeting in ahead)


def _plan(
    meeting: Meeting,
    seats: list[Membership | Substitute],
    written: dict[tuple[int, int], list[Invitation]],
    *,
    now: datetime,
) -> int:
    members = {seat.person_id for seat in seats if seat.is_on(meeting.on) and seat.person.email}
    known = {person for at, person in written if at == meeting.pk}
    fresh = []
    for person in sorted(members | known):
        comes = person in members and meeting.state == Meeting.State.PLANNED
        row = _missing(meeting, person, comes, written[meeting.pk, person], now=now)
        fresh += [row] if row else []
    return len(Invitation.objects.bulk_create(fresh, ignore_conflicts=True))


def _missing(
    meeting: Meeting, person: int, comes: bool, rows: list[Invitation], *, now: datetime
) -> Invitation | None:
    target = Method.REQUEST if comes else Method.CANCEL
    last = rows[-1] if rows else None
    if last and (last.state, last.method, last.revision) == (State.PLANNED, target.value, meeting.sequence):
        return None
    waiting = [row.pk for row in rows if row.state == State.PLANNED]
    if waiting:
        Invitation.objects.filter(pk__in=waiting, state=State.PLANNED).update(
            state=State.SUPERSEDED, try_at=None
        )
    # What was tried may have been read, whatever its server answered.
    said = [_said(row) for row in rows if row.tries or row.state not in (State.PLANNED, State.SUPERSEDED)]
    wanted = inviting.owed(revision=meeting.sequence, comes=comes, said=said)
    if wanted is None:
        return None
    sequence = max([wanted.sequence, *(row.sequence + 1 for row in rows)])
    name = f"<board-{meeting.pk}.{person}.{sequence}@{letters.domain()}>"
    return Invitation(
        meeting=meeting, person_id=person, method=wanted.method.value, revision=wanted.revision,
        sequence=sequence, try_at=now, message_id=name, dated_at=now,
    )  # fmt: skip


def _said(row: Invitation) -> Said:
    return Said(Method(row.method), row.revision, row.sequence)


def plan_minutes(*, now: datetime) -> int:
    """Approved minutes go to whoever sits on the board on that day, and to whoever was there; once each."""
    approved = Minutes.objects.filter(approved_at__gt=now - MINUTES_WITHIN).select_related("meeting")
    fresh = [row for each in approved for row in _minutes_mails(each, now=now)]
    return len(Invitation.objects.bulk_create(fresh, ignore_conflicts=True))


def _minutes_mails(minutes: Minutes, *, now: datetime) -> list[Invitation]:
    meeting = minutes.meeting
    there = meeting.attendances.filter(state="present", person__is_active=True).values_list(
        "person_id", flat=True
    )
    readers = {seat.person_id for seat in Membership.objects.on(now.date())} | set(there)
    rows = list(Invitation.objects.filter(meeting=meeting))
    told = {row.person_id for row in rows if row.method == Invitation.Method.MINUTES}
    sequence = max([meeting.sequence, *(row.sequence + 1 for row in rows)])
    return [
        Invitation(
            meeting=meeting, person_id=person, method=Invitation.Method.MINUTES, revision=meeting.sequence,
            sequence=sequence, try_at=now, dated_at=now,
            message_id=f"<minutes-{meeting.pk}.{person}@{letters.domain()}>",
        )
        for person in sorted(readers - told)
    ]  # fmt: skip


def _message(row: Invitation) -> EmailMessage:
    if row.method == Invitation.Method.MINUTES:
        return minutes_mail.message(row)
    return invitation.message(row)


def send_due(*, now: datetime, most: int = 500) -> tuple[int, int]:
    """Send what is due; returns how many were taken and how many failed for good."""
    sent = failed = 0
    with Post() as post:
        for _ in range(most):
            row = _claim(now=now)
            if row is None:
                break
            state = _mark(row, post.send(_message(row)), at=now)
            sent += state == State.ACCEPTED
            failed += state == State.FAILED
    return sent, failed


@transaction.atomic
def _claim(*, now: datetime) -> Invitation | None:
    """Take one due row; what others hold is passed over. A sender that dies leaves it to the next tick."""
    due = Invitation.objects.due(now=now).select_for_update(skip_locked=True, of=("self",))
    row = due.select_related("meeting", "person").first()
    if row is not None:
        row.tries += 1
        Invitation.objects.filter(pk=row.pk).update(
            state=State.SENDING, lease_until=now + LEASE, tries=F("tries") + 1
        )
    return row


def _mark(row: Invitation, answer: Answer, *, at: datetime) -> Invitation.State:
    """Write the server's answer down; try again later while the meeting is still to come."""
    values: dict[str, object] = {"server_answer": answer.text, "lease_until": None, "try_at": None}
    state = State.FAILED
    again = backoff.next_try(answer, row.tries, at, row.not_after, random.random())  # noqa: S311 - jitter
    if answer.kind is Kind.ACCEPTED:
        state = State.ACCEPTED
        values["accepted_at"] = at
    elif again is not None:
        state = State.PLANNED
        values["try_at"] = again
    Invitation.objects.filter(pk=row.pk).update(state=state, **values)
    return state
