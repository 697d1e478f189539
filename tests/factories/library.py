"""Steps of the library, as rows."""

from changes.models import LibraryStep


def a_library_step(text: str = "Drain the queues", **given: object) -> LibraryStep:
    whole = {
        "undo": "Let the queues fill again", "phase": "before",
        "planned_seconds": 300, "worst_seconds": 600, "undo_seconds": 60,
    }  # fmt: skip
    return LibraryStep.objects.create(text=text, **{**whole, **given})
