"""The board's work of a period, read for its statistics. Nothing of it is stored."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from changeboard.history.models import Event
from changeboard.people.models import Group, Person
from changes.domain import board_statistics as figures
from changes.domain.board_statistics import Answer, Attended, Case, Edit, Ruling, Sitting
from changes.domain.sheet import number
from changes.models import Attendance, Change, Condition, Decision, Meeting, Membership, Substitute

SUBMITTED, EDITED, ANSWERED = "change.submitted", "change.edited", "change.answered"
WORST = "answers.worst_down"


@dataclass(frozen=True)
class Line:
    """One change that the board decided on in the period."""

    change: Change
    case: Case


@dataclass(frozen=True)
class Seat:
    """How often one member, or the members of one group, were there."""

    name: str
    attended: Attended


@dataclass(frozen=True)
class Statistics:
    """`deferrals` are those of the period, the newest first; sums are over the lines."""

    lines: list[Line]
    deferrals: list[Decision]
    members: list[Seat]
    groups: list[Seat]
    meetings: int

    @property
    def settled(self) -> list[timedelta]:
        return [line.case.took for line in self.lines if line.case.took is not None]

    @property
    def median(self) -> timedelta | None:
        return figures.quantile(self.settled, 0.5)

    @property
    def ninetieth(self) -> timedelta | None:
        return figures.quantile(self.settled, 0.9)

    @property
    def approved(self) -> int:
        return sum(line.case.is_approved for line in self.lines)

    @property
    def regretted(self) -> list[Line]:
        return [line for line in self.lines if line.case.is_regretted]

    @property
    def worst_removed_seconds(self) -> int:
        return sum(max(line.case.worst_removed_seconds, 0) for line in self.lines)

    @property
    def worst_added_seconds(self) -> int:
        return sum(max(-line.case.worst_removed_seconds, 0) for line in self.lines)

    @property
    def undo_steps_added(self) -> int:
        return sum(max(line.case.undo_steps_added, 0) for line in self.lines)

    @property
    def conditions(self) -> int:
        return sum(line.case.conditions for line in self.lines)

    @property
    def wrong_at_first(self) -> int:
        return sum(line.case.wrong_at_first for line in self.lines)

    @property
    def waited_for_answers(self) -> timedelta:
        return sum((line.case.waited_for_answers for line in self.lines), timedelta())

    @property
    def waited_deferred(self) -> timedelta:
        return sum((line.case.waited_deferred for line in self.lines), timedelta())

    @property
    def median_days(self) -> float | None:
        return in_days(self.median)

    @property
    def ninetieth_days(self) -> float | None:
        return in_days(self.ninetieth)

    @property
    def waited_for_answers_days(self) -> float | None:
        return in_days(self.waited_for_answers)

    @property
    def waited_deferred_days(self) -> float | None:
        return in_days(self.waited_deferred)


def in_days(length: timedelta | None) -> float | None:
    return None if length is None else length / timedelta(days=1)


def statistics(since: datetime, until: datetime) -> Statistics:
    """The work of the board between two instants. Eight queries, however many changes and meetings."""
    lines = _lines(since, until)
    rulings = [each for line in lines for each in line.change.decisions.all()]
    deferrals = [each for each in rulings if each.outcome == figures.DEFERRED and since <= each.at < until]
    sittings, people = _sittings(since, until)
    seats = [(person, figures.attended(sittings, person.pk)) for person in people]
    by_group: dict[Group | None, Attended] = defaultdict(lambda: Attended(0, 0, 0))
    for person, attended in seats:
        by_group[person.group] += attended
    groups = sorted(by_group.items(), key=lambda pair: str(pair[0] or ""))
    return Statistics(
        lines,
        sorted(deferrals, key=lambda each: each.at, reverse=True),
        [Seat(str(person), attended) for person, attended in seats],
        [Seat(str(group or "No group"), attended) for group, attended in groups],
        len(sittings),
    )


def _lines(since: datetime, until: datetime) -> list[Line]:
    """The changes decided on in the period, by number. Four queries."""
    found = Change.objects.filter(decisions__at__gte=since, decisions__at__lt=until).distinct()
    changes = list(found.prefetch_related("decisions").order_by("number"))
    events = _events(changes)
    conditions = Counter(Condition.objects.filter(change__in=changes).values_list("change", flat=True))
    return [Line(change, _case(change, events[change.pk], conditions[change.pk])) for change in changes]


def _events(changes: list[Change]) -> Mapping[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    rows = Event.objects.filter(
        subject_kind="changes.change",
        subject_id__in=[change.pk for change in changes],
        act__in=(SUBMITTED, EDITED, ANSWERED),
    )
    for event in rows.order_by("at", "pk"):
        found[event.subject_id].append(event)
    return found


def _case(change: Change, events: list[Event], conditions: int) -> Case:
    submitted = [event.at for event in events if event.act == SUBMITTED]
    rulings = [Ruling(each.at, each.outcome) for each in change.decisions.all()]
    return Case(
        submitted_at=min(submitted, default=change.submitted_at),
        rulings=sorted(rulings, key=lambda each: each.at),
        edits=[_edit(event) for event in events if event.act == EDITED],
        answers=[
            Answer(event.at, str(event.facts.get("question", "")))
            for event in events
            if event.act == ANSWERED
        ],
        conditions=conditions,
        # Backed out in its window counts before somebody closes it.
        ended=change.close_code or ("backed_out" if change.state == "backed_out" else ""),
    )


def _edit(event: Event) -> Edit:
    fields = event.facts.get("fields")
    pairs = fields if isinstance(fields, Mapping) else {}
    was, now = pairs.get(WORST, (None, None))
    before, after = number(was), number(now)
    steps = pairs.get("steps", ((), ()))
    worst = (before, after) if before is not None and after is not None else None
    return Edit(event.at, worst, figures.with_undo(steps[1]) - figures.with_undo(steps[0]))


def _sittings(since: datetime, until: datetime) -> tuple[list[Sitting], list[Person]]:
    """The meetings held in the period, and who had a seat in one of them. Four queries, the last for groups."""
    meetings = list(Meeting.objects.filter(state="ended", starts_at__gte=since, starts_at__lt=until))
    present: dict[int, set[int]] = defaultdict(set)
    rows = Attendance.objects.filter(meeting__in=meetings, state=Attendance.State.PRESENT)
    for meeting, person in rows.values_list("meeting", "person"):
        present[meeting].add(person)
    seats = list(Membership.objects.select_related("person__group").order_by("person__last_name", "person"))
    substitutes = list(Substitute.objects.all())
    sittings = [_sitting(each, present[each.pk], seats, substitutes) for each in meetings]
    on_the_board = set[int]().union(*(each.members for each in sittings))
    return sittings, list(
        {seat.person_id: seat.person for seat in seats if seat.person_id in on_the_board}.values()
    )


def _sitting(
    meeting: Meeting, present: set[int], seats: Iterable[Membership], substitutes: Iterable[Substitute]
) -> Sitting:
    had = (
        seat
        for seat in seats
        if seat.since_on <= meeting.on and (not seat.until_on or seat.until_on >= meeting.on)
    )
    return Sitting(
        meeting.on,
        frozenset(seat.person_id for seat in had),
        frozenset(present),
        frozenset(
            each.member_id
            for each in substitutes
            if each.from_on <= meeting.on <= each.until_on and each.person_id in present
        ),
    )
