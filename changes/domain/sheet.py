"""A change as it is written on its form: what was typed, typed. Forms and the API make it, verbs take it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

Value = str | int | Mapping[str, str | int] | list[str]


@dataclass(frozen=True)
class Step:
    """One step of the plan. Lengths in seconds; `owner` is a person's id."""

    text: str = ""
    undo: str = ""
    phase: str = "during"
    owner: int | None = None
    planned_seconds: int = 0
    worst_seconds: int = 0
    undo_seconds: int = 0
    needs_downtime: bool = False

    @property
    def at_worst(self) -> int:
        """Never shorter than planned, also where only the plan was typed."""
        return max(self.worst_seconds, self.planned_seconds)


@dataclass(frozen=True)
class Touch:
    """How a service is touched: one of the four words of PRODUCT.md section 2, and seconds at worst."""

    impact: str
    seconds: int = 0
    # What people do until it works again: one line, and wording, so never judged.
    meanwhile: str = ""
    # What piles up and must drain before it is done: "HL7 outbound, about 3 min". "" where nothing does.
    queue: str = ""
    # Whether it can still be read: "yes", "no", or "" while nobody said; and who switches it, how fresh it is.
    fallback: str = ""
    fallback_words: str = ""


@dataclass(frozen=True)
class Sheet:
    """Ids for systems, services, window and template; answers by question key; steps in their order."""

    title: str = ""
    why: str = ""
    kind: str = "normal"
    systems: frozenset[int] = frozenset()
    services: Mapping[int, Touch] = field(default_factory=dict)
    answers: Mapping[str, Value] = field(default_factory=dict)
    steps: Sequence[Step] = ()
    window: int | None = None
    client_paragraph: str = ""
    template: int | None = None
    # Whether a regulated function is touched: "yes", "no", or "" while nobody said; and which.
    regulated: str = ""
    regulated_which: str = ""


@dataclass(frozen=True)
class Sums:
    """A plan in four numbers: its steps, and seconds as planned, with the platform down, and down at worst."""

    steps: int
    planned_seconds: int
    down_seconds: int
    worst_down_seconds: int


def sums(steps: Sequence[Step]) -> Sums:
    """Steps that say nothing yet do not count."""
    said = [step for step in steps if step.text.strip() or step.undo.strip()]
    down = [step for step in said if step.needs_downtime]
    return Sums(
        steps=len(said),
        planned_seconds=sum(step.planned_seconds for step in said),
        down_seconds=sum(step.planned_seconds for step in down),
        worst_down_seconds=sum(step.at_worst for step in down),
    )


@dataclass(frozen=True)
class Figures:
    """The figures among the answers; None where not answered. Lengths in seconds, confidence 0 to 100."""

    planned_down_seconds: int | None = None
    worst_down_seconds: int | None = None
    confidence: int | None = None
    undo_seconds: int | None = None


def figures(answers: Mapping[str, Value]) -> Figures:
    """What the ship-with questions say in numbers, found by their keys."""
    return Figures(
        planned_down_seconds=number(answers.get("planned_down")),
        worst_down_seconds=number(answers.get("worst_down")),
        confidence=number(answers.get("confidence")),
        undo_seconds=number(answers.get("undo")),
    )


def number(value: Value | None) -> int | None:
    """The number in an answer: itself, or the seconds beside its text."""
    inner = value.get("seconds") if isinstance(value, Mapping) else value
    return inner if isinstance(inner, int) else None


def words(value: Value | None) -> str:
    """The text in an answer, "" where it has none."""
    inner = value.get("text", "") if isinstance(value, Mapping) else value
    return inner.strip() if isinstance(inner, str) else ""


def is_answered(value: Value | None) -> bool:
    """Whether something was said; of an answer with text and length, whether both were given."""
    if isinstance(value, list):
        return bool(value)
    if isinstance(value, Mapping):
        return bool(words(value)) and number(value) is not None
    return isinstance(value, int) or bool(words(value))


# What is said of a service in words: the name in the history → the part of the touch.
WORDED = {"meanwhile": "meanwhile", "queues": "queue", "fallbacks": "fallback_words"}


def differences(before: Sheet, after: Sheet) -> dict[str, tuple[object, object]]:
    """Field by field, from and to. Answers are named singly ("answers.vpn"); who owns a step is "owners"."""
    pairs = {
        item.name: (getattr(before, item.name), getattr(after, item.name))
        for item in fields(Sheet)
        if item.name not in ("answers", "steps", "services")
    }
    pairs["services"] = (_touched(before), _touched(after))
    for name, worded in WORDED.items():
        pairs[name] = (_worded(before, worded), _worded(after, worded))
    said_before, said_after = _said(before), _said(after)
    for key in [*said_before, *(key for key in said_after if key not in said_before)]:
        pairs[f"answers.{key}"] = (said_before.get(key), said_after.get(key))
    pairs["steps"] = (_work(before.steps), _work(after.steps))
    pairs["owners"] = ([step.owner for step in before.steps], [step.owner for step in after.steps])
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _said(sheet: Sheet) -> dict[str, Value]:
    return {key: value for key, value in sheet.answers.items() if is_answered(value)}


def _touched(sheet: Sheet) -> dict[int, Touch]:
    """How each service is touched, without the words beside it: what the board judged.

    Of a queue it judged that there is one, whatever its name.
    """
    return {
        key: replace(touch, meanwhile="", fallback_words="", queue="drains" if touch.queue else "")
        for key, touch in sheet.services.items()
    }


def _worded(sheet: Sheet, name: str) -> dict[int, str]:
    return {key: getattr(touch, name) for key, touch in sheet.services.items() if getattr(touch, name)}


def _work(steps: Sequence[Step]) -> list[tuple[object, ...]]:
    """The steps without their owners: what the board judged."""
    return [
        (s.phase, s.text, s.undo, s.undo_seconds, s.planned_seconds, s.at_worst, s.needs_downtime)
        for s in steps
    ]
