"""The history of one change, in words: acts, edits field by field, what was said, notices that went out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Window

from changeboard.history.models import Event, EventQuerySet
from changeboard.history.sentences import sentence
from changeboard.people.models import Person
from changes import history_labels
from changes.domain.lifecycle import RODE
from changes.models import Change, Comment
from changes.queries.answered import Questions, questions
from changes.queries.field_edits import FieldEdit, field_edits
from maintenance.contributions import Happened, contributors


@dataclass(frozen=True)
class Entry:
    """One line: when, by whom (None: a rule), what in words, its fields, and what was said."""

    at: datetime
    by: Person | None
    text: str
    glyph: str
    sort: str
    edits: list[FieldEdit] = field(default_factory=list)
    said: str = ""
    url: str = ""


@dataclass(frozen=True)
class Timeline:
    """The newest entries, how many there are in all of the sort asked for, and the newest event of them."""

    entries: list[Entry]
    count: int
    newest: int | None


def timeline(
    change: Change,
    *,
    only: str = "",
    most: int = 200,
    comments: Iterable[Comment] | None = None,
    asked: Questions | None = None,
) -> Timeline:
    """Newest first. Three queries, two where the comments are given; one more where it rides on a window."""
    events = _of_sort(Event.objects.about(change), only)
    told = happened(change) if only in ("", "notices") else []
    found = list(events.select_related("by").annotate(of=Window(Count("pk")))[:most])
    newest: list[Event | Happened] = [*found, *told]
    newest.sort(key=lambda each: each.at, reverse=True)
    asked, said = asked or questions(), _said(change.comments.all() if comments is None else comments)
    entries = [_entry(each, asked, said) for each in newest[:most]]
    return Timeline(entries, _count(found) + len(told), max((event.pk for event in found), default=None))


def _count(found: list[Any]) -> int:
    """How many there are of the sort, as each row that was read says."""
    return int(found[0].of) if found else 0


def happened(change: Change) -> list[Happened]:
    """What the floors above did about the window that the change rides on, like notices that went out."""
    window = change.window
    if window is None or change.state not in RODE:
        return []
    return [each for one in contributors() for each in one.happened(window)]


def _of_sort(events: EventQuerySet, only: str) -> EventQuerySet:
    """The events of one sort, or of all. What has no sort of its own is the life of the change."""
    if not only:
        return events
    if only in history_labels.ACTS:
        return events.filter(act__in=history_labels.ACTS[only])
    known = frozenset().union(*history_labels.ACTS.values())
    return events.exclude(act__in=known) if only == "life" else events.none()


def _said(comments: Iterable[Comment]) -> dict[tuple[datetime, int], str]:
    """What was written, by when and by whom: history keeps that something was, not the words."""
    return {(comment.at, comment.by_id): comment.text for comment in comments}


def _entry(of: Event | Happened, questions: Questions, said: dict[tuple[datetime, int], str]) -> Entry:
    if isinstance(of, Happened):
        return Entry(of.at, None, of.text, of.glyph, "notices", url=of.url)
    words = said.get((of.at, of.by_id), "") if of.act == "change.commented" and of.by_id else ""
    return Entry(
        of.at,
        of.by,
        sentence(of),
        glyph(of.act),
        history_labels.sort_of(of.act),
        field_edits(of.facts.get("fields"), questions),
        words or _more(of, MORE_OF.get(of.act, MORE)),
    )


# Facts that say more than the sentence of their act.
MORE = ("reason", "conditions", "word")
MORE_OF = {"change.answered": ("text",)}


def _more(event: Event, names: Iterable[str]) -> str:
    found = [event.facts.get(name) for name in names]
    return "; ".join("; ".join(map(str, one)) if _is_list(one) else str(one) for one in found if one)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def glyph(act: str) -> str:
    """The drawing beside an act; a dot for what has none of its own."""
    return history_labels.GLYPHS.get(act.partition(".")[2], "now")
