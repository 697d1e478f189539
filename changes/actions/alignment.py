"""The wider circle: told, asked, and agreed; the communication plan; the re-test."""

from datetime import datetime, timedelta

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Group, Person
from changeboard.refusal import Reason, Refusal, conflict, refuse
from changes.actions import board
from changes.domain.playbook import Stage
from changes.models import Change, Question, ReTest, SignOff, StageNote

# What a person records as done; every other stage follows from what happened.
RECORDED = (Stage.TELL, Stage.COMMUNICATE)
# Who was reminded is left in peace for so long.
AGAIN_AFTER = timedelta(hours=1)
State = SignOff.State


@transaction.atomic
def start(change: Change, *, by: Person | None, at: datetime) -> list[SignOff]:
    """Start the playbook: every group of the wider circle is told and asked. Twice changes nothing."""
    if not SignOff.objects.filter(change=change).exists():
        SignOff.objects.bulk_create(SignOff(change=change, group=group) for group in Group.objects.all())
        StageNote.objects.get_or_create(
            change=change, stage=Stage.TELL, defaults={"by": by, "at": at, "text": ""}
        )
        record("change.circle_told", change, by=by, at=at, groups=Group.objects.count())
    return list(SignOff.objects.filter(change=change).select_related("group"))


@transaction.atomic
def agree(sign_off: SignOff, *, by: Person, at: datetime, word: str = "", question: str = "") -> SignOff:
    """Agree for one's group, or agree with a question: that joins the tough questions, and all are aligned
    only once its answer is verified. Refused for another group and for the requester."""
    sign_off = _held(sign_off, by)
    if sign_off.state == State.AGREED:
        return sign_off
    if question.strip():
        sign_off.question = board.ask(sign_off.change, text=question, by=by, at=at, group=sign_off.group)
    _answer(sign_off, State.AGREED, word, by=by, at=at)
    record("change.group_agreed", sign_off.change, by=by, at=at, group=sign_off.group, word=word)
    return sign_off


@transaction.atomic
def ask(sign_off: SignOff, *, text: str, by: Person, at: datetime) -> Question:
    """A group asks before it agrees: the question joins the tough questions that the board sees."""
    sign_off = _held(sign_off, by)
    sign_off.question = board.ask(sign_off.change, text=text, by=by, at=at, group=sign_off.group)
    _answer(sign_off, State.ASKED, text, by=by, at=at)
    return sign_off.question


@transaction.atomic
def object_to(sign_off: SignOff, *, text: str, by: Person, at: datetime) -> SignOff:
    """Object for one's group, with a reason. It may agree later; an agreement may be taken back so."""
    sign_off = _held(sign_off, by)
    if not text.strip():
        raise refuse("sign_off.no_reason", at_field="text")
    if (sign_off.state, sign_off.word) != (State.OBJECTED, text.strip()):
        _answer(sign_off, State.OBJECTED, text, by=by, at=at)
        record(
            "change.group_objected", sign_off.change, by=by, at=at, group=sign_off.group, word=text.strip()
        )
    return sign_off


@transaction.atomic
def remind(change: Change, *, by: Person, at: datetime) -> list[SignOff]:
    """Remind the groups that have not agreed; their people read it in their news. Within the hour of the
    last reminder it changes nothing. Refused where nobody is left to remind."""
    waiting = list(SignOff.objects.waiting_of(change).select_for_update(of=("self",)))
    if not waiting:
        raise conflict("sign_off.nobody_to_remind")
    due = [each for each in waiting if each.reminded_at is None or at - each.reminded_at >= AGAIN_AFTER]
    if due:
        SignOff.objects.filter(pk__in=[each.pk for each in due]).update(reminded_at=at)
        record("change.circle_reminded", change, by=by, at=at, groups=[str(each.group) for each in due])
    return due


@transaction.atomic
def record_stage(change: Change, *, stage: Stage, text: str, by: Person, at: datetime) -> StageNote:
    """Record a stage as done. Refused for stages that follow from what happened."""
    if stage not in RECORDED:
        raise refuse("playbook.stage_follows", stage=stage.value)
    if stage is Stage.COMMUNICATE and not change.client_paragraph.strip():
        raise refuse("playbook.no_paragraph")
    note, is_new = StageNote.objects.get_or_create(
        change=change, stage=stage, defaults={"by": by, "at": at, "text": text}
    )
    if is_new:
        record(f"change.stage_{stage.value}", change, by=by, at=at, text=text)
    return note


@transaction.atomic
def re_test(change: Change, *, passed: bool, text: str, by: Person, at: datetime) -> ReTest:
    """Record the test repeated before Go. Refused for the requester, and without a word on what was seen."""
    faults = []
    if by.pk == change.requester_id:
        faults.append(Reason("retest.own_change", {}))
    if not text.strip():
        faults.append(Reason("retest.no_words", {}, "text"))
    if faults:
        raise Refusal(faults)
    test = ReTest.objects.create(change=change, passed=passed, text=text.strip(), by=by, at=at)
    record("change.retested", change, by=by, at=at, passed=passed, text=text.strip())
    return test


def _held(sign_off: SignOff, by: Person) -> SignOff:
    """The row, locked. Refused for whoever is of another group, and for the requester."""
    rows = SignOff.objects.select_for_update(of=("self",)).select_related("group", "change")
    sign_off = rows.get(pk=sign_off.pk)
    if by.group_id != sign_off.group_id:
        raise refuse("sign_off.other_group", group=sign_off.group)
    if by.pk == sign_off.change.requester_id:
        raise refuse("sign_off.own_change")
    return sign_off


def _answer(sign_off: SignOff, state: State, word: str, *, by: Person, at: datetime) -> None:
    sign_off.state, sign_off.by, sign_off.at, sign_off.word = state, by, at, word.strip()
    sign_off.read_at, sign_off.reopened_why = sign_off.read_at or at, ""
    sign_off.save()
