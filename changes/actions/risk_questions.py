"""Risk questions: one is added, edited, moved, taken out of use and put back. Scores and answers stay."""

from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict
from changes import risk_question_labels
from changes.domain import risk_questions
from changes.domain.risk_questions import Asking
from changes.models import RiskQuestion, RuleSet
from changes.queries import risk_questions as pictures

# Any number will do: who edits the questions waits for whoever does, so that texts, keys and order agree.
EDITING = 4_207_313


@transaction.atomic
def add(asking: Asking, *, by: Person, at: datetime) -> RiskQuestion:
    """Ask it from now on, after all others. Its key is made of its text and never changes."""
    _one_at_a_time()
    asking = asking.trimmed
    _refuse(pictures.faults(asking))
    key = risk_questions.key_of(asking.text, set(RiskQuestion.objects.values_list("key", flat=True)))
    last = RiskQuestion.objects.aggregate(last=Max("position"))["last"] or 0
    row = RiskQuestion.objects.create(key=key, position=last + 1, **asdict(asking))
    record("risk_question.added", row, by=by, at=at)
    return row


@transaction.atomic
def edit(row: RiskQuestion, asking: Asking, *, version: int, by: Person, at: datetime) -> RiskQuestion:
    """Ask it like this from now on; no answer and no score changes. `version` is the one that the editor saw.

    Refused when somebody saved meanwhile. Saved as it was, nothing is written.
    """
    row = _held(row)
    if row.version != version:
        raise conflict("risk_question.edited_meanwhile")
    asking = asking.trimmed
    _refuse(pictures.faults(asking, row))
    if edits := risk_questions.differences(row.asking, asking):
        for name, value in asdict(asking).items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        record("risk_question.edited", row, by=by, at=at, changes=risk_question_labels.in_words(edits))
    return row


@transaction.atomic
def move(row: RiskQuestion, *, place: int, by: Person, at: datetime) -> int:
    """Ask it at this place, from 1 on, and say which it is. There already, nothing happens."""
    _one_at_a_time()
    rows = {each.key: each for each in RiskQuestion.objects.select_for_update()}
    order = list(rows)
    now = risk_questions.moved(order, row.key, place)
    if now != order:
        for position, key in enumerate(now, start=1):
            rows[key].position = position
        RiskQuestion.objects.bulk_update(rows.values(), ["position"])
        was, to = order.index(row.key) + 1, now.index(row.key) + 1
        record("risk_question.moved", rows[row.key], by=by, at=at, place=was, to=to)
    return now.index(row.key) + 1


@transaction.atomic
def take_out(row: RiskQuestion, *, by: Person, at: datetime) -> RiskQuestion:
    """Ask it no more. Refused where the product or the rules in force read it; a second time nothing happens."""
    row = _held(row)
    if row.active:
        # Who puts a rule set in force holds its row: either waits for the other.
        list(RuleSet.objects.select_for_update())
        if found := risk_questions.out_faults(pictures.ties(row)):
            raise Refusal(found, conflict=True)
        row.active = False
        row.save(update_fields=["active"])
        record("risk_question.taken_out", row, by=by, at=at)
    return row


@transaction.atomic
def put_back(row: RiskQuestion, *, by: Person, at: datetime) -> RiskQuestion:
    """Ask it again, at its old place. A second time nothing happens."""
    row = _held(row)
    if not row.active:
        row.active = True
        row.save(update_fields=["active"])
        record("risk_question.put_back", row, by=by, at=at)
    return row


def _held(row: RiskQuestion) -> RiskQuestion:
    _one_at_a_time()
    return RiskQuestion.objects.select_for_update().get(pk=row.pk)


def _refuse(found: list[Reason]) -> None:
    if found:
        raise Refusal(found)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [EDITING])
