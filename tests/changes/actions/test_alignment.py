from dataclasses import replace
from datetime import timedelta

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes import labels
from changes.actions import alignment, board, filing, riding
from changes.models import Change, Question, ReTest, SignOff, StageNote
from changes.queries import news, sheets
from tests.factories.board import a_board
from tests.factories.changes import AT, STEPS, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def change(members):
    return a_submitted(a_sheet(window=window().pk), by=PersonFactory())


def refused(verb, *args, **given):
    with pytest.raises(Refusal) as caught:
        verb(*args, **given)
    return [reason.code for reason in caught.value.reasons]


def of(change, person):
    return SignOff.objects.get(change=change, group=person.group)


def edited(change, **given):
    sheet = replace(sheets.sheet_of(change), **given)
    return filing.edit(change, sheet, version=change.version, by=change.requester, at=AT)


def heard(person):
    return list(news.heard(person).values_list("act", flat=True))


def test_a_group_agrees_with_a_question_that_joins_the_list_of_the_board(change, members):
    alignment.agree(of(change, members[4]), by=members[4], at=AT, word="Fine", question="Are tunnels cut?")
    sign_off, question = of(change, members[4]), Question.objects.get()
    assert (sign_off.state, sign_off.question, question.text) == ("agreed", question, "Are tunnels cut?")


def test_a_group_objects_with_a_reason_and_is_refused_without_one(change, members):
    sign_off = of(change, members[4])
    assert refused(alignment.object_to, sign_off, text=" ", by=members[4], at=AT) == ["sign_off.no_reason"]
    alignment.object_to(sign_off, text="Nobody is on call", by=members[4], at=AT)
    assert (of(change, members[4]).state, of(change, members[4]).word) == ("objected", "Nobody is on call")


def test_an_objection_sent_twice_is_one_line_and_the_group_may_agree_later(change, members):
    for _ in range(2):
        alignment.object_to(of(change, members[4]), text="Nobody is on call", by=members[4], at=AT)
    assert Event.objects.filter(act="change.group_objected").count() == 1
    alignment.agree(of(change, members[4]), by=members[4], at=AT)
    assert of(change, members[4]).state == "agreed"


def test_nobody_objects_for_another_group_and_the_requester_not_for_their_own(change, members):
    sign_off = of(change, members[4])
    assert refused(alignment.object_to, sign_off, text="No", by=members[3], at=AT) == ["sign_off.other_group"]
    own = a_submitted(a_sheet(window=window(AT + timedelta(days=40)).pk), by=members[4])
    assert refused(alignment.object_to, of(own, members[4]), text="No", by=members[4], at=AT) == [
        "sign_off.own_change"
    ]


def test_an_answer_that_the_board_verified_is_told_to_the_circle(change, members):
    question = alignment.ask(of(change, members[4]), text="Are tunnels cut?", by=members[4], at=AT)
    board.answer(question, text="For 30 seconds at worst", by=change.requester, at=AT)
    assert "change.verified_answer" not in heard(members[4])
    board.verify(question, by=members[1], at=AT)
    assert "change.verified_answer" in heard(members[4])


def test_a_material_edit_asks_again_whoever_had_answered_and_says_why(change, members):
    alignment.agree(of(change, members[4]), by=members[4], at=AT)
    edited(change, steps=sheets.sheet_of(change).steps[:1])
    assert (of(change, members[4]).state, of(change, members[4]).reopened_why) == ("waiting", "plan")
    event = Event.objects.get(act="change.circle_asked_again")
    assert event.facts["groups"] == [str(members[4].group)]


def test_an_edit_of_the_wording_asks_nobody_again(change, members):
    alignment.agree(of(change, members[4]), by=members[4], at=AT)
    edited(change, why="Said better")
    assert of(change, members[4]).state == "agreed"


def test_another_window_has_the_communication_plan_agreed_again(change):
    StageNote.objects.create(change=change, stage="communicate", by=change.requester, at=AT)
    edited(change, window=window(AT + timedelta(days=35)).pk)
    assert not StageNote.objects.filter(change=change, stage="communicate").exists()


def test_a_reminder_reaches_those_who_have_not_agreed_and_nobody_else(change, members):
    alignment.agree(of(change, members[4]), by=members[4], at=AT)
    assert len(alignment.remind(change, by=change.requester, at=AT)) == 5
    assert "change.circle_reminded" in heard(members[3])
    assert "change.circle_reminded" not in heard(members[4])


def test_a_second_reminder_within_the_hour_changes_nothing(change):
    alignment.remind(change, by=change.requester, at=AT)
    assert alignment.remind(change, by=change.requester, at=AT + timedelta(minutes=59)) == []
    assert len(alignment.remind(change, by=change.requester, at=AT + timedelta(hours=1))) == 6


def test_where_everybody_agreed_nobody_is_left_to_remind(change, members):
    for member in members:
        alignment.agree(of(change, member), by=member, at=AT)
    assert refused(alignment.remind, change, by=change.requester, at=AT) == ["sign_off.nobody_to_remind"]


def agreed(change, person):
    return alignment.agree(of(change, person), by=person, at=AT, word="Fine")


def test_a_window_that_moves_asks_again_whoever_had_agreed_to_the_day(change, members):
    agreed(change, members[4])
    riding.on_window_moved(change.window, by=members[0], at=AT)
    sign_off = of(change, members[4])
    assert (sign_off.state, sign_off.reopened_why) == ("waiting", labels.FIELDS["window"].lower())
    assert "change.circle_asked_again" in heard(members[4])


def test_a_window_that_moves_asks_nobody_about_what_was_carried_out(change, members):
    agreed(change, members[4])
    Change.objects.filter(pk=change.pk).update(state="implemented")
    riding.on_window_moved(change.window, by=members[0], at=AT)
    assert of(change, members[4]).state == "agreed"


def test_a_re_test_counts_no_more_once_the_plan_is_another(change, members):
    alignment.re_test(change, passed=True, text="Six times", by=members[1], at=AT)
    edited(change, steps=(*STEPS, replace(STEPS[0], text="Save it twice")))
    assert ReTest.objects.get().outdated_why == "plan"


@pytest.mark.parametrize("given", [{"why": "Said better"}, {"window": None}])
def test_a_re_test_still_counts_after_other_words_or_on_another_day(change, members, given):
    alignment.re_test(change, passed=True, text="Six times", by=members[1], at=AT)
    edited(change, **given)
    assert ReTest.objects.get().outdated_why == ""
