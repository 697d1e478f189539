"""The step library: a step is added, edited, taken out of use and put back. Plans keep the copies they took."""

from dataclasses import asdict, fields, replace
from datetime import datetime

from django.db import connection, transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict
from changes import library_labels
from changes.domain import library
from changes.domain.sheet import Step
from changes.models import LibraryStep

# Any number will do: who names a step waits for whoever is naming one, so that texts stay unique.
NAMING = 4_207_312
KEPT = [field.name for field in fields(Step) if field.name != "owner"]


@transaction.atomic
def add(step: Step, *, by: Person, at: datetime) -> LibraryStep:
    """Put a step into the library, without an owner. Refused where a step in use says the same."""
    step = _checked(step, but=None)
    row = LibraryStep.objects.create(**_kept(step))
    record("library.added", row, by=by, at=at)
    return row


@transaction.atomic
def edit(row: LibraryStep, step: Step, *, version: int, by: Person, at: datetime) -> LibraryStep:
    """Write what the step is from now on; no plan changes. `version` is the one that the editor saw.

    Refused when somebody saved meanwhile. Saved as it was, nothing is written.
    """
    row = LibraryStep.objects.locked(row.pk)
    if row.version != version:
        raise conflict("library.edited_meanwhile")
    step, was = _checked(step, but=row), row.step
    edits = library.differences(was, step)
    if edits:
        for name, value in _kept(step).items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        record("library.edited", row, by=by, at=at, changes=library_labels.in_words(edits))
    return row


@transaction.atomic
def take_out(row: LibraryStep, *, by: Person, at: datetime) -> LibraryStep:
    """Nobody takes it any more. A second time nothing happens."""
    row = LibraryStep.objects.locked(row.pk)
    if row.taken_out_at is None:
        row.taken_out_at = at
        row.save(update_fields=["taken_out_at"])
        record("library.taken_out", row, by=by, at=at)
    return row


@transaction.atomic
def put_back(row: LibraryStep, *, by: Person, at: datetime) -> LibraryStep:
    """Into use again. Refused where another step in use says the same; a second time nothing happens."""
    row = LibraryStep.objects.locked(row.pk)
    if row.taken_out_at is not None:
        _one_at_a_time()
        if _is_there(row.text, but=row):
            raise conflict("library.there_already", text=row.text)
        row.taken_out_at = None
        row.save(update_fields=["taken_out_at"])
        record("library.put_back", row, by=by, at=at)
    return row


def _checked(step: Step, *, but: LibraryStep | None) -> Step:
    """The step without blanks around it, at worst no shorter than planned; refused with every fault at once."""
    _one_at_a_time()
    text, undo = " ".join(step.text.split()), " ".join(step.undo.split())
    step = replace(step, text=text, undo=undo, worst_seconds=step.at_worst, owner=None)
    faults = library.missing(step)
    if text and _is_there(text, but=but):
        faults.append(Reason("library.there_already", {"text": text}, "text"))
    if faults:
        raise Refusal(faults)
    return step


def _is_there(text: str, *, but: LibraryStep | None) -> bool:
    others = LibraryStep.objects.in_use().exclude(pk=but.pk if but else 0)
    return others.filter(text__iexact=text).exists()


def _kept(step: Step) -> dict[str, object]:
    return {name: value for name, value in asdict(step).items() if name in KEPT}


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NAMING])
