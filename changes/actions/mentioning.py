"""Whom a text mentions by name. Verbs keep it in the history; who is told of it reads it there."""

from changeboard.refusal import Reason, Refusal
from changes.domain.mentions import mentioned
from changes.queries import mentions


def whom(text: str, *, before: str = "") -> list[int]:
    """The ids of those whom `text` mentions and the text `before` did not.

    Refused, beside the text, for each name that belongs to no active person.
    """
    new = [name for name in mentioned(text) if name not in mentioned(before)]
    found = mentions.persons([f"@{name}" for name in new])
    unknown = [name for name in new if name not in found or not found[name].is_active]
    if unknown:
        raise Refusal(Reason("change.nobody_is_called", {"name": f"@{name}"}, "text") for name in unknown)
    return [found[name].pk for name in new]
