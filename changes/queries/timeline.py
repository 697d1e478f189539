"""The history of one change, in words: each act, and each edited field from and to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from changeboard.history.models import Event
from changeboard.history.sentences import sentence
from changeboard.people.models import Person
from changes import labels
from changes.models import Change, RiskQuestion


@dataclass(frozen=True)
class FieldEdit:
    """One field of an edit: from and to as a person reads them."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Entry:
    at: datetime
    by: Person | None
    text: str
    glyph: str
    edits: list[FieldEdit]


def timeline(change: Change, *, most: int = 200) -> list[Entry]:
    """Newest first. Two queries."""
    questions = dict(RiskQuestion.objects.values_list("key", "text"))
    events = Event.objects.about(change).select_related("by")[:most]
    return [
        Entry(
            event.at, event.by, sentence(event), glyph(event.act), edits(event.facts.get("fields"), questions)
        )
        for event in events
    ]


def glyph(act: str) -> str:
    """The drawing beside an act; a dot for what has none of its own."""
    return labels.GLYPHS.get(act.partition(".")[2], "now")


def edits(fields: object, questions: Mapping[str, str]) -> list[FieldEdit]:
    """From and to of each field. A sent-back event only lists names, which say enough in its sentence."""
    if isinstance(fields, Mapping):
        return [
            FieldEdit(label(name, questions), shown(name, pair[0]), shown(name, pair[1]))
            for name, pair in fields.items()
        ]
    if isinstance(fields, Sequence) and not isinstance(fields, str):
        return [FieldEdit(label(str(name), questions), "", "") for name in fields]
    return []


def label(name: str, questions: Mapping[str, str]) -> str:
    area, _, key = name.partition(".")
    return questions.get(key, key) if area == "answers" else labels.FIELDS.get(area, area)


def shown(name: str, value: object) -> str:
    """A stored fact as a reader needs it; a plan is told by its length, its steps stand on the page."""
    if value in (None, "", [], {}):
        return "nothing"
    if name == "steps" and isinstance(value, Sequence):
        return f"{len(value)} steps" if len(value) != 1 else "1 step"
    if isinstance(value, Mapping):
        parts = [str(value["text"])] if "text" in value else []
        parts += [labels.length(value["seconds"])] if isinstance(value.get("seconds"), int) else []
        return ", ".join(parts)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(item) for item in value)
    return str(value)
