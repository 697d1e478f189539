import pytest
import time_machine
from django.urls import reverse

from changes.models import Attendance, Meeting, Membership
from tests.factories.board import a_board, in_session, item_of
from tests.factories.changes import AT, a_submitted
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_the_meeting():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def meeting(members):
    return in_session(a_submitted(), by=members[0], at=AT).meeting


def address(name, meeting, *more):
    return reverse(f"changes:{name}", args=[meeting.on.isoformat(), *more])


def test_a_member_who_opens_the_page_is_present_and_others_are_not(client, meeting, members):
    for person in (members[1], PersonFactory()):
        client.force_login(person)
        client.get(meeting.get_absolute_url())
    assert set(Attendance.objects.values_list("person", flat=True)) == {members[0].pk, members[1].pk}


def test_whoever_leads_ticks_and_nobody_else(client, meeting, members):
    opened = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        answer = client.post(address("tick_attendance", meeting, members[1].pk), {"state": "excused"})
        opened += [role] if answer.status_code != 403 else []
    assert (opened, Attendance.objects.get(person=members[1]).state) == (["chair"], "excused")


def test_a_deputy_takes_over_with_one_click_and_the_minutes_say_it(client, meeting, members):
    Membership.objects.filter(person=members[4]).update(role="deputy")
    client.force_login(members[4])
    client.post(address("take_over", meeting))
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert (Meeting.objects.get(pk=meeting.pk).chair, "Took over the chair" in page) == (members[4], True)


def test_apologies_are_sent_and_taken_back_in_the_browser(client, members):
    meeting = item_of(a_submitted()).meeting
    client.force_login(members[2])
    client.post(address("excuse", meeting), {"reason": "On leave"})
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert ("On leave" in page, "I come after all" in page) == (True, True)
    client.post(address("come", meeting))
    assert Attendance.objects.count() == 0


def test_apologies_of_somebody_without_a_seat_are_refused_in_the_meeting(client, meeting):
    client.force_login(PersonFactory())
    answer = client.post(address("excuse", meeting), {"reason": ""})
    assert (answer.status_code, answer.templates[0].name) == (400, "changes/meeting_detail.html")
    assert len(answer.context["excuse_form"].non_field_errors()) == 1


def test_a_tick_that_is_refused_stands_at_the_line_of_its_person_and_the_meeting_goes_on(
    client, meeting, members
):
    client.force_login(members[0])
    Membership.objects.filter(person=members[2]).delete()
    gone = client.post(
        address("tick_attendance", meeting, members[2].pk),
        {"state": "present"},
        headers={"HX-Request": "true"},
    )
    page = gone.content.decode()
    assert (gone.status_code, "every 1s" in page, "<html" in page) == (400, True, False)
    assert gone.context["faulty"].who == members[2].pk


@pytest.mark.parametrize("act", ["take_over", "end_meeting"])
def test_taking_over_or_ending_a_meeting_that_is_over_is_refused_beside_its_button(
    client, meeting, members, act
):
    client.force_login(members[0])
    client.post(address("end_meeting", meeting))
    answer = client.post(address(act, meeting))
    page = answer.content.decode()
    assert (answer.status_code, answer.templates[0].name) == (409, "changes/meeting_detail.html")
    assert page.partition('class="head"')[2].count('class="field__error" role="alert"') == 1
