"""The words of the step library: refusals, history, and its edits from and to."""

from collections.abc import Mapping

from changes.labels import length
from changes.models import Phase

REFUSALS: dict[str, str] = {
    "library.no_text": "Say what is done.",
    "library.no_undo": "Say how it is undone. Write “Nothing to undo” where that is so.",
    "library.there_already": "The library has “{text}” already.",
    "library.edited_meanwhile": "Somebody else saved this step meanwhile. What it is now stands under History; "
    "open it again to edit it.",
}

HISTORY: dict[str, str] = {
    "library.added": "Put into the library",
    "library.edited": "Edited",
    "library.taken_out": "Taken out of use",
    "library.put_back": "Put back into use",
}

FIELDS: dict[str, str] = {
    "text": "What is done",
    "undo": "How it is undone",
    "phase": "When",
    "planned_seconds": "Planned",
    "worst_seconds": "At worst",
    "undo_seconds": "To undo",
    "needs_downtime": "Platform down",
}


def in_words(edits: Mapping[str, tuple[object, object]]) -> dict[str, list[str]]:
    """Edits as the history keeps and shows them: {"Planned": ["5:00", "10:00"]}."""
    return {FIELDS[name]: [_shown(name, value) for value in pair] for name, pair in edits.items()}


def _shown(name: str, value: object) -> str:
    if name == "phase":
        return str(Phase(str(value)).label)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return length(value) if isinstance(value, int) else str(value)
