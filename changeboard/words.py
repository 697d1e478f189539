"""Label tables: a reason's code → its sentence. Each app adds its own when it is ready.

Rules speak in codes and facts (changeboard.refusal); this is where the words live that a person reads.
"""

from collections.abc import Mapping
from datetime import date, datetime

from changeboard import clock
from changeboard.refusal import Reason

_sentences: dict[str, str] = {}
_platform_zone = "UTC"


def register(sentences: Mapping[str, str], *, zone: str | None = None) -> None:
    """Add sentences by code; `{fact}` marks are filled from the reason's facts."""
    global _platform_zone
    _sentences.update(sentences)
    _platform_zone = zone or _platform_zone


def has(code: str) -> bool:
    """Whether there are words for this code."""
    return code in _sentences


def sentence(reason: Reason) -> str:
    """What a person reads for this reason. A code without words is shown as it is, never hidden."""
    facts = {name: shown(value) for name, value in reason.facts.items()}
    return _sentences.get(reason.code, reason.code).format_map(_Facts(facts))


def shown(value: object) -> str:
    """A fact as text: instants in the platform's zone with the zone named, lists with commas."""
    if isinstance(value, datetime):
        there = clock.local(value, _platform_zone)
        return f"{there:%a} {there.day} {there:%b %Y, %H:%M %Z}"
    if isinstance(value, date):
        return f"{value:%a} {value.day} {value:%b %Y}"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(shown(item) for item in value)
    return str(value)


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"({name})"
