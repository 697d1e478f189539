"""One edited field as a reader needs it: words, lists or steps, from what history kept of before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from changes import history_labels, labels
from changes.domain import edits
from changes.domain.edits import StepEdit, Words
from changes.models import Kind
from changes.queries.answered import Questions, in_words

LONG = 40
PLACES = [*history_labels.FIELDS]


@dataclass(frozen=True)
class StepLine:
    """What became of one step, in words; `fields` are (label, from, to)."""

    edit: StepEdit
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True)
class FieldEdit:
    """One field of an edit. Short values from `was` to `now`; long ones as `words`; lists as what came and
    went; a plan step by step. A field without any of them is only named."""

    label: str
    was: str = ""
    now: str = ""
    words: list[Words] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    steps: list[StepLine] = field(default_factory=list)


def field_edits(fields: object, questions: Questions) -> list[FieldEdit]:
    """Each field that an event tells of. Where it tells no values, the fields are only named."""
    if isinstance(fields, Mapping):
        pairs = {
            str(name): pair for name, pair in fields.items() if isinstance(pair, Sequence) and len(pair) == 2
        }
        owners = pairs.pop("owners", None) if "steps" in pairs else None
        return [_edit(name, pairs[name], questions, owners) for name in sorted(pairs, key=_place)]
    if isinstance(fields, Sequence) and not isinstance(fields, str):
        return [FieldEdit(_label(str(name), questions)) for name in fields]
    return []


def _edit(name: str, pair: Sequence[object], questions: Questions, owners: object) -> FieldEdit:
    was, now = pair
    label = _label(name, questions)
    if name == "steps":
        return FieldEdit(label, steps=_steps(_plan(was, owners, 0), _plan(now, owners, 1)))
    if name == "owners":
        # The steps themselves stayed: they are known by their place.
        lines = _steps(_owned(was), _owned(now))
        return FieldEdit(label, steps=[replace(line, edit=replace(line.edit, text="")) for line in lines])
    if _is_list(was) or _is_list(now):
        names = _names(name, questions)
        added, removed = edits.added_and_removed(_items(was, names), _items(now, names))
        return FieldEdit(label, added=added, removed=removed)
    before, after = _shown(name, was, questions), _shown(name, now, questions)
    if before and after and max(len(before), len(after)) > LONG:
        return FieldEdit(label, words=edits.shortened(edits.differing_words(before, after)))
    return FieldEdit(label, before or "nothing", after or "nothing")


def _place(name: str) -> tuple[int, str]:
    """As on the form: what JSON keeps has no order."""
    area = name.partition(".")[0]
    return (PLACES.index(area) if area in PLACES else len(PLACES), name)


def _label(name: str, questions: Questions) -> str:
    area, _, key = name.partition(".")
    if area == "answers":
        return questions[key].text if key in questions else key
    return history_labels.FIELDS.get(area, area.replace("_", " ").capitalize())


def _shown(name: str, value: object, questions: Questions) -> str:
    """A stored fact in words, "" for none."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    area, _, key = name.partition(".")
    if area == "kind":
        return str(dict(Kind.choices).get(str(value), value))
    if area == "answers" and key in questions:
        return in_words(value, questions[key])
    return in_words(value, None)


def _names(name: str, questions: Questions) -> Mapping[str, str]:
    """What stands behind the codes in a list: of an answer, the names of the services."""
    area, _, key = name.partition(".")
    return questions[key].choices if area == "answers" and key in questions else {}


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _items(value: object, names: Mapping[str, str] | None = None) -> list[str]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [(names or {}).get(str(item), str(item)) for item in value]
    return [str(value)] if value else []


def _plan(steps: object, owners: object, side: int) -> list[edits.Step]:
    """The steps as history kept them, each with its owner where owners were edited too."""
    rows = steps if isinstance(steps, Sequence) and not isinstance(steps, str) else []
    who = owners[side] if isinstance(owners, Sequence) and len(owners) == 2 else []
    plan = [_step(row) for row in rows]
    for step, owner in zip(plan, who if _is_list(who) else [], strict=False):
        step["owner"] = owner
    return plan


def _owned(owners: object) -> list[edits.Step]:
    return [{"text": str(place), "owner": owner} for place, owner in enumerate(_items(owners), start=1)]


def _step(row: object) -> edits.Step:
    if isinstance(row, Mapping):
        return dict(row)
    parts = row if isinstance(row, Sequence) and not isinstance(row, str) else [None, row]
    return dict(zip(history_labels.STEP, parts, strict=False))


def _steps(was: list[edits.Step], now: list[edits.Step]) -> list[StepLine]:
    return [
        StepLine(
            edit, [(_part(name), _value(name, old), _value(name, new)) for name, old, new in edit.fields]
        )
        for edit in edits.differing_steps(was, now)
    ]


def _part(name: str) -> str:
    return history_labels.STEP_LABELS.get(name, name.replace("_", " "))


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.endswith("_seconds") and isinstance(value, int):
        return labels.length(value)
    if name == "phase":
        return history_labels.PHASES.get(str(value), str(value))
    return str(value) if value not in (None, "") else "nothing"
