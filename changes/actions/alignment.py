"""The wider circle: told, asked, and agreed; the communication plan; the re-test."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Group, Person
from changeboard.refusal import Reason, Refusal, refuse
from changes.actions import searching
from changes.domain.playbook import Stage
from changes.models import Change, Question, ReTest, SignOff, StageNote

# What a person records as done; every other stage follows from what happened.
RECORDED = (Stage.TELL, Stage.COMMUNICATE)


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
def agree(sign_off: SignOff, *, by: Person, at: datetime, word: str = "") -> SignOff:
    """Agree for one's group. Refused for another group, for the requester, and while a question is open."""
    sign_off = SignOff.objects.select_for_update().select_related("group", "change").get(pk=sign_off.pk)
    _check_group(sign_off, by)
    if sign_off.state == SignOff.State.AGREED:
        return sign_off
    sign_off.state, sign_off.by, sign_off.at = SignOff.State.AGREED, by, at
    sign_off.word = word
    sign_off.read_at = sign_off.read_at or at
    sign_off.save()
    record("change.group_agreed", sign_off.change, by=by, at=at, group=sign_off.group, word=word)
    return sign_off


@transaction.atomic
def ask(sign_off: SignOff, *, text: str, by: Person, at: datetime) -> Question:
    """A group asks before it agrees: the question joins the tough questions of the change."""
    sign_off = SignOff.objects.select_for_update().select_related("group", "change").get(pk=sign_off.pk)
    _check_group(sign_off, by)
    if not text.strip():
        raise refuse("question.empty", at_field="text")
    sign_off.state, sign_off.by, sign_off.at, sign_off.word = SignOff.State.ASKED, by, at, text.strip()
    sign_off.read_at = sign_off.read_at or at
    sign_off.save()
    question = Question.objects.create(change=sign_off.change, text=text.strip(), asked_by=by, asked_at=at)
    searching.index(sign_off.change)
    record("change.asked", sign_off.change, by=by, at=at, text=text.strip(), group=sign_off.group)
    return question


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


def _check_group(sign_off: SignOff, by: Person) -> None:
    if by.group_id != sign_off.group_id:
        raise refuse("sign_off.other_group", group=sign_off.group)
    if by.pk == sign_off.change.requester_id:
        raise refuse("sign_off.own_change")
