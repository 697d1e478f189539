from dataclasses import replace
from datetime import timedelta

import pytest

from changes.actions import between, board, interests, templates
from changes.domain.sheet import Sheet
from changes.models import Change, Choice
from changes.queries.waiting import waiting
from tests.factories.board import a_board
from tests.factories.changes import AT, STEPS, a_draft, a_scheduled, a_sheet, a_submitted, window
from tests.factories.people import GroupFactory, PersonFactory
from tests.factories.templates import a_calm_sheet, a_template

pytestmark = pytest.mark.django_db


def codes(person, now=AT):
    return [item.code for item in waiting(person, now=now)]


def test_a_draft_waits_for_its_requester():
    change = a_draft(Sheet())
    assert (codes(change.requester), codes(PersonFactory())) == (["complete"], [])


def test_an_open_question_waits_for_the_requester_until_the_board_meets():
    change, asker = a_submitted(), PersonFactory(member=True)
    board.ask(change, text="Could this interrupt us?", by=asker, at=AT)
    item = waiting(change.requester, now=AT)[0]
    assert (item.code, item.due_at, item.url) == (
        "answer", change.agenda_items.get().meeting.starts_at, f"{change.get_absolute_url()}#questions",
    )  # fmt: skip


def test_an_answer_waits_for_a_board_member_other_than_its_author():
    change, member = a_submitted(), PersonFactory(member=True)
    question = board.ask(change, text="Could this interrupt us?", by=member, at=AT)
    board.answer(question, text="No", by=change.requester, at=AT)
    assert (codes(member), codes(change.requester)) == (["verify"], [])


def test_a_change_in_progress_an_hour_past_its_window_is_brought_to_somebody():
    on = window()
    change = a_scheduled(on)
    Change.objects.filter(pk=change.pk).update(state="in_progress")
    late = on.ends_at + timedelta(minutes=61)
    assert (codes(change.requester, late), codes(PersonFactory(release=True), late)) == (
        ["overdue"],
        ["overdue"],
    )


def test_marketing_is_asked_to_sign_the_words_for_clients():
    a_submitted(a_sheet(client_paragraph="We connect two devices."))
    marketing = PersonFactory(group=GroupFactory(slug="marketing"))
    assert "sign_paragraph" in codes(marketing)


@pytest.mark.parametrize("rows", [1, 3])
def test_what_waits_is_found_in_a_fixed_number_of_queries(rows, django_assert_num_queries):
    person = PersonFactory(member=True, group=GroupFactory(slug="marketing"))
    for _ in range(rows):
        a_draft(by=person)
        a_submitted(a_sheet(client_paragraph="Words"))
    with django_assert_num_queries(12):
        waiting(person, now=AT)


def test_an_emergency_is_told_at_once_to_everybody_concerned():
    owner = PersonFactory()
    steps = (replace(STEPS[0], owner=owner.pk),)
    change = a_submitted(a_sheet(kind="emergency", steps=steps))
    told = [
        owner,
        PersonFactory(release=True),
        PersonFactory(client_services=True),
        PersonFactory(member=True),
    ]
    assert [codes(person) for person in (*told, PersonFactory(), change.requester)] == [
        ["emergency_told"], ["emergency_told"], ["emergency_told"], ["emergency"], [], [],
    ]  # fmt: skip


def test_the_review_of_an_emergency_waits_for_the_requester_and_overdue_for_the_chair():
    change, chair = a_submitted(a_sheet(kind="emergency")), PersonFactory(chair=True)
    Change.objects.filter(pk=change.pk).update(state="implemented", review_due_at=AT)
    late = AT + timedelta(seconds=1)
    item = waiting(change.requester, now=late)[0]
    assert (item.code, item.due_at, codes(chair), codes(chair, late)) == (
        "review", AT, [], ["review_overdue"],
    )  # fmt: skip


def test_a_suspended_template_is_brought_to_its_requester():
    template = a_template()
    failed = a_draft(a_calm_sheet(kind="standard", template=template.pk))
    templates.suspend(template, by=None, at=AT, because=failed)
    item = waiting(template.requester, now=AT)[0]
    assert (item.code, item.url) == ("template_suspended", f"/templates/{template.pk}/")


def test_an_electronic_vote_waits_for_each_member_who_has_one_until_it_is_cast_or_over():
    members, change = a_board(), a_submitted()
    vote = between.ask(change, deadline_at=AT + timedelta(hours=24), why="", by=members[0], at=AT)
    interests.declare(vote.item, reason="Shares", by=members[2], at=AT)
    between.vote(vote.item, choice=Choice.APPROVE, reason="", by=members[3], at=AT)
    asked = [person for person in members if "vote" in codes(person)]
    waits = next(each for each in waiting(members[1], now=AT) if each.code == "vote")
    assert (asked, waits.due_at) == ([members[0], members[1], *members[4:]], vote.deadline_at)
    assert "vote" not in codes(members[1], AT + timedelta(hours=24))
    assert "vote" not in codes(PersonFactory(member=True))
