"""The risk questions as their answers are told: in words, by the type of the question."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from changeboard.directory.models import Service
from changes import labels
from changes.domain.sheet import Value, number, words
from changes.models import AnswerType, RiskQuestion


@dataclass(frozen=True)
class Asked:
    """A question: its text, its type, and the words of its choices (of services: their names)."""

    text: str
    type: str
    choices: Mapping[str, str] = field(default_factory=dict)


Questions = Mapping[str, Asked]
LENGTHS = (AnswerType.SECONDS, AnswerType.TEXT_AND_SECONDS)


def questions() -> dict[str, Asked]:
    """Every question, in use or not, by its key. One query; one more where services are asked for."""
    rows = list(RiskQuestion.objects.values_list("key", "text", "type", "choices"))
    asks_for_services = any(kind == AnswerType.SERVICES for _, _, kind, _ in rows)
    services = dict(Service.objects.values_list("slug", "name")) if asks_for_services else {}
    return {
        key: Asked(text, kind, services if kind == AnswerType.SERVICES else dict(map(_pair, choices)))
        for key, text, kind, choices in rows
    }


def in_words(value: object, asked: Asked | None) -> str:
    """An answer, or a figure of one, as a person says it; "" for none."""
    if value is None or value == "":
        return ""
    kind = asked.type if asked else ""
    if asked and isinstance(value, list):
        return ", ".join(asked.choices.get(str(each), str(each)) for each in value)
    if asked and isinstance(value, str) and asked.choices:
        return asked.choices.get(value, value)
    if kind == AnswerType.PERCENT:
        return f"{value} %"
    if isinstance(value, Mapping):
        return _text_and_length(value)
    return labels.length(value) if kind in LENGTHS and isinstance(value, int) else str(value)


def _text_and_length(value: Value) -> str:
    length = number(value)
    return ", ".join(filter(None, [words(value), "" if length is None else labels.length(length)]))


def _pair(choice: tuple[object, object]) -> tuple[str, str]:
    code, said = choice
    return str(code), str(said)
