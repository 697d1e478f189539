"""What the minutes say of a meeting that ended: from its roll, its votes, decisions, questions and notes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.template.loader import render_to_string

from changeboard.history.models import Event
from changeboard.history.queries import Line, timeline
from changeboard.words import shown
from changes.domain import quorum
from changes.models import (
    AgendaItem,
    Choice,
    ConflictOfInterest,
    Meeting,
    MeetingRule,
    MinuteEntry,
    Minutes,
    ParkedPoint,
    Vote,
)
from changes.queries.attendance import roll
from changes.queries.seats import seats


@dataclass(frozen=True)
class Written:
    """One entry as it is drawn up; `item` is None for the opening."""

    item: AgendaItem | None
    heading: str
    text: str


def written(meeting: Meeting) -> list[Written]:
    """The whole text, item by item. The follow-ups are in it only where somebody noted something."""
    items = meeting.items.select_related("change", "template", "decision__by").prefetch_related(
        "votes__person", "votes__cast_by", "notes__by", "decision__conditions__owner",
        "change__questions__asked_by", "change__questions__answered_by", "change__questions__verified_by",
    )  # fmt: skip
    entries, stood = [Written(None, "Opening", _opening(meeting))], _stood(meeting)
    for item in items:
        if item.subject is not None or item.notes.all():
            since = stood.get(item.change_id) if item.change_id else None
            entries.append(Written(item, heading(item), _text(item, meeting, since)))
    if parked := _parked(meeting):
        entries.append(Written(None, "Parking lot", parked))
    return entries


def heading(item: AgendaItem) -> str:
    if item.change:
        return f"{item.change.reference} {item.change.title}"
    return item.template.name if item.template else item.get_kind_display()


def _opening(meeting: Meeting) -> str:
    came = roll(meeting)
    here = {each.person.pk for each in came.present}
    needed = MeetingRule.objects.current().needed
    facts = {
        "meeting": meeting,
        "roll": came,
        "quorum": quorum.quorum(seats(meeting.on), here, needed=needed),
    }
    return _plain(render_to_string("changes/minutes/opening.txt", facts))


def _stood(meeting: Meeting) -> dict[int, datetime]:
    """When the last meeting before this one ended at which each of its changes stood. One query."""
    before = AgendaItem.objects.filter(
        change__agenda_items__meeting=meeting,
        meeting__starts_at__lt=meeting.starts_at,
        meeting__ended_at__isnull=False,
    )
    return dict(before.order_by("change").values_list("change").annotate(Max("meeting__ended_at")))


def _text(item: AgendaItem, meeting: Meeting, since: datetime | None) -> str:
    """What is said of one item. Its questions where something came of them after `since`; the others,
    which earlier minutes repeat, are counted."""
    asked = []
    if item.change and meeting.ended_at:
        asked = [each for each in item.change.questions.all() if each.asked_at <= meeting.ended_at]
    told = [each for each in asked if since is None or each.stirred_at > since]
    decision = getattr(item, "decision", None)
    conditions = [(each, shown(each.due_at)) for each in decision.conditions.all()] if decision else []
    facts = {
        "item": item,
        "decision": decision,
        "conditions": conditions,
        "votes": _votes(list(item.votes.all())),
        "notes": item.notes.all(),
        "conflicts": _conflicts(item, decision.at if decision else meeting.ended_at),
        "questions": told,
        "earlier": len(asked) - len(told),
        "reason": _taken_back(item) if item.is_gone else "",
    }
    return _plain(render_to_string("changes/minutes/item.txt", facts))


def _parked(meeting: Meeting) -> str:
    """What was put aside, what became of it, and what still waits. One query."""
    points = [(each, shown(each.meeting.on)) for each in ParkedPoint.objects.shown_in(meeting)]
    return _plain(render_to_string("changes/minutes/parked.txt", {"points": points, "meeting": meeting}))


def _taken_back(item: AgendaItem) -> str:
    """Why what was taken back in the meeting was; empty without a reason. One query."""
    acts = (
        Event.objects.about(item.change).filter(act="change.withdrawn")
        if item.change
        else Event.objects.none()
    )
    last = acts.first()
    return str(last.facts.get("reason", "")) if last else ""


def _votes(votes: list[Vote]) -> list[tuple[str, list[Vote]]]:
    """The votes by choice, in the order of the ballot."""
    return [
        (word, cast)
        for value, word in Choice.choices
        if (cast := [each for each in votes if each.choice == value])
    ]


def _conflicts(item: AgendaItem, at: datetime | None) -> list[ConflictOfInterest]:
    """Who had no vote on the item by their own word. One query."""
    if item.subject is None or at is None:
        return []
    rows = ConflictOfInterest.objects.about(item.subject).standing(at=at)
    return list(rows.select_related("person"))


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def corrections(entry: MinuteEntry) -> list[Line]:
    """What was said in the entry before, the newest first. Two queries."""
    lines = timeline(entry.minutes.meeting, limit=300)
    return [line for line in lines if any(name == entry.heading for name, _, _ in line.changes)]


def to_approve(meeting: Meeting) -> list[Minutes]:
    """Minutes of earlier meetings that wait for the board's approval, the oldest first. Two queries."""
    waiting = Minutes.objects.filter(approved_at=None, meeting__starts_at__lt=meeting.starts_at)
    return list(waiting.select_related("meeting").prefetch_related("entries").order_by("meeting__starts_at"))
