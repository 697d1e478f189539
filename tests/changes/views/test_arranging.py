from datetime import date

import pytest
import time_machine
from django.urls import reverse

from changes.actions import meetings
from changes.models import Meeting, MeetingRule
from tests.factories.board import a_board
from tests.factories.changes import AT
from tests.factories.people import one_of_each_role

pytestmark = pytest.mark.django_db
RULE = reverse("changes:meeting_rule")
TYPED = {
    "weekday": "2", "start_time": "09:30", "length_minutes": "90", "every_weeks": "1", "counted_from": "",
    "on_holiday": "skip", "quorum_percent": "50", "quorum_groups": "3",
}  # fmt: skip


@pytest.fixture(autouse=True)
def a_week_before():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def chair(client):
    person = a_board()[0]
    client.force_login(person)
    return person


@pytest.fixture
def first(chair):
    meetings.ensure_meetings(now=AT)
    return Meeting.objects.earliest("starts_at")


def act(name, meeting):
    return reverse(f"changes:{name}_meeting", args=[meeting.on.isoformat()])


@pytest.mark.parametrize("name", ["move", "cancel", "hold", "rule"])
def test_the_chair_and_an_administrator_arrange_meetings_and_nobody_else(client, first, name):
    opened = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        address = RULE if name == "rule" else act(name, first)
        opened += [role] if client.post(address, {}).status_code != 403 else []
    assert sorted(opened) == ["administrator", "chair"]


def test_the_preview_shows_the_dates_of_what_is_typed_and_writes_nothing(client, chair):
    page = client.post(RULE, TYPED | {"preview": "1"})
    shown = [each.sitting.on for each in page.context["dates"]][:2]
    assert (page.status_code, shown, MeetingRule.objects.count()) == (
        200,
        [date(2026, 11, 18), date(2026, 11, 25)],
        0,
    )


def test_a_holiday_that_takes_a_meeting_is_named_in_the_preview(client, chair):
    page = client.post(RULE, TYPED | {"weekday": "3", "preview": "1"})
    assert "Thanksgiving" in page.content.decode()


def test_the_rule_is_saved_and_the_board_page_says_it(client, chair, first):
    answer = client.post(RULE, TYPED, follow=True)
    assert (answer.status_code, Meeting.objects.earliest("starts_at").on) == (200, date(2026, 11, 18))
    assert "Every Wednesday at 09:30" in answer.content.decode()


def test_every_fault_of_the_rule_stands_beside_its_field_and_what_was_typed_stays(client, chair):
    page = client.post(RULE, TYPED | {"length_minutes": "5", "every_weeks": "99", "start_time": "x"})
    assert (page.status_code, sorted(page.context["form"].errors), MeetingRule.objects.count()) == (
        400,
        ["every_weeks", "length_minutes", "start_time"],
        0,
    )
    assert 'value="99"' in page.content.decode()


def test_a_meeting_is_moved_in_the_browser_and_its_page_says_why(client, first):
    typed = {"on": "2026-11-20", "start_time": "10:00", "reason": "The chair is away"}
    page = client.post(act("move", first), typed, follow=True).content.decode()
    assert "The chair is away" in page


def test_a_move_without_a_reason_is_refused_beside_its_field(client, first):
    page = client.post(act("move", first), {"on": "2026-11-20", "start_time": "10:00"})
    assert (page.status_code, page.context["form"].errors) == (
        400,
        {"reason": ["Say why: the members read it."]},
    )


def test_a_cancelled_meeting_stands_on_the_board_page_and_can_be_held_after_all(client, first):
    page = client.post(act("cancel", first), {"reason": "Storm"}, follow=True).content.decode()
    assert "Cancelled: Storm" in page
    client.post(act("hold", first))
    assert Meeting.objects.get(pk=first.pk).state == "planned"
    assert client.post(act("cancel", first), {"reason": ""}).status_code == 400


def test_the_page_of_the_rule_asks_a_fixed_number_of_queries(client, chair, django_assert_num_queries):
    client.get(RULE)
    with django_assert_num_queries(15):
        client.get(RULE)
