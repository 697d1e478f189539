"""The board's statistics as their page and their file show them, made by the verbs."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changes.actions import board, filing, meetings
from changes.actions.conditions import Wanted
from changes.models import Attendance, Meeting, Outcome
from changes.queries.board_statistics import statistics
from tests.factories.board import a_board, all_approve, in_session, item_of
from tests.factories.changes import ANSWERS, AT, STEPS, a_sheet, a_submitted

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SINCE, UNTIL = AT - timedelta(days=9), AT + timedelta(days=9)


@pytest.fixture(autouse=True)
def afterwards():
    with time_machine.travel(AT + timedelta(days=4), tick=False):
        yield


@pytest.fixture
def members():
    return a_board()


def shorter(change, sheet):
    """The same with a worst case of 10 seconds and with one more step."""
    answers = {**ANSWERS, "worst_down": {"text": "10 seconds", "seconds": 10}}
    given = {
        "systems": sheet.systems,
        "services": sheet.services,
        "answers": answers,
        "steps": (*STEPS, STEPS[1]),
    }
    change.refresh_from_db()
    filing.edit(change, a_sheet(**given), version=change.version, by=change.requester, at=AT + HOUR)


def approved(change, members, outcome=Outcome.APPROVE, wanted=(), sentence=""):
    item = item_of(change)
    item = in_session(item, by=members[0], at=AT + 2 * HOUR)
    all_approve(item, members, at=AT + 3 * HOUR)
    decided_at = AT + timedelta(days=2)
    return board.decide(
        item, outcome=outcome, sentence=sentence, conditions=wanted, by=members[0], at=decided_at
    )


def test_what_the_board_changed_is_read_from_the_history(members):
    sheet = a_sheet()
    change = a_submitted(sheet)
    shorter(change, sheet)
    question = board.ask(change, text="Who?", by=members[1], at=AT)
    for at in (AT, AT + timedelta(days=1)):
        question = board.answer(question, text=f"Them {at}", by=change.requester, at=at)
    wanted = [Wanted("On call", members[4], AT + timedelta(days=5))]
    approved(change, members, Outcome.WITH_CONDITIONS, wanted)
    seen = statistics(SINCE, UNTIL)
    assert (seen.worst_removed_seconds, seen.undo_steps_added, seen.conditions) == (20, 1, 1)
    assert (seen.wrong_at_first, seen.waited_for_answers_days, seen.median_days) == (1, 1.0, 2.0)


def test_deferrals_say_why_and_attendance_is_counted_by_member_and_group(members):
    approved(a_submitted(), members, Outcome.DEFER, sentence="Rehearse it")
    item = item_of(a_submitted())
    meeting = type(item.meeting).objects.get(state="live")
    Attendance.objects.filter(person=members[5]).update(state="excused")
    meetings.end(meeting, by=members[0], at=AT + timedelta(days=3))
    seen = statistics(SINCE, UNTIL)
    assert [each.sentence for each in seen.deferrals] == ["Rehearse it"]
    assert sorted(row.attended.present for row in seen.members) == [0, 1, 1, 1, 1, 1]
    assert (len(seen.groups), seen.meetings, seen.median) == (6, 1, None)


def test_what_was_approved_and_backed_out_is_regretted(members):
    change = a_submitted()
    approved(change, members)
    type(change).objects.filter(pk=change.pk).update(close_code="backed_out")
    seen = statistics(SINCE, UNTIL)
    assert ([line.change for line in seen.regretted], seen.approved) == ([change], 1)


def test_the_statistics_take_the_same_queries_for_one_change_and_for_three(members):
    counts, before = [], AT - timedelta(days=7)
    Meeting.objects.create(on=before.date(), starts_at=before, ends_at=before + HOUR, state="ended")
    changes = [a_submitted() for _ in range(3)]
    for some in (changes[:1], changes[1:]):
        for change in some:
            item = item_of(change)
            if item.meeting.state == "planned":
                approved(change, members)
            else:
                all_approve(item, members, at=AT)
                board.decide(item, outcome=Outcome.APPROVE, sentence="", by=members[0], at=AT + HOUR)
        with CaptureQueriesContext(connection) as asked:
            statistics(SINCE, UNTIL)
        counts.append(len(asked))
    assert counts == [8, 8]


@pytest.mark.parametrize("period", ["3", "12", "all", "nonsense", ""])
def test_the_page_and_its_file_are_of_the_period_in_the_address(client, members, period):
    change = a_submitted()
    approved(change, members)
    client.force_login(members[1])
    page = client.get(reverse("changes:statistics"), {"period": period})
    lines = client.get(reverse("changes:statistics"), {"period": period, "format": "csv"}).content.decode()
    assert (page.status_code, page.content.decode().count('aria-current="true"')) == (200, 1)
    assert lines.splitlines()[1].startswith(
        f"{change.reference},2026-11-17T16:00:00Z,2026-11-19T16:00:00Z,approve,"
    )


def test_a_period_without_a_meeting_says_so(client, members):
    client.force_login(members[1])
    page = client.get(reverse("changes:statistics")).content.decode()
    assert ("No meeting was held" in page, "Nothing was deferred" in page) == (True, True)
