"""act → sentence, for timelines. Each app registers its acts when it is ready; `{fact}` marks are filled."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from changeboard import words
from changeboard.history.models import Event

ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?")

_sentences: dict[str, str] = {}


def register(sentences: Mapping[str, str]) -> None:
    """Add sentences by act, like {"change.approved": "Approved by the board"}."""
    _sentences.update(sentences)


def sentence(event: Event) -> str:
    """What happened, in words. An act without a sentence is shown by its name, never hidden."""
    facts = {name: shown(value) for name, value in event.facts.items()}
    return _sentences.get(event.act, event.act.replace(".", ": ").replace("_", " ")).format_map(_Facts(facts))


def shown(value: object) -> object:
    """A fact as a person reads it: an instant or a day that JSON holds as text becomes one again."""
    if isinstance(value, str) and ISO.fullmatch(value):
        return words.shown(datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value))
    return words.shown(value) if isinstance(value, list) else value


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return ""
