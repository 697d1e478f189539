import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changes.actions import alignment, asking_again, board
from changes.models import SignOff
from tests.factories.board import a_board
from tests.factories.changes import AT, a_sheet, a_submitted, window
from tests.factories.people import GroupFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def change(members):
    return a_submitted(a_sheet(window=window().pk), by=PersonFactory(last_name="Engineer"))


def url(name, *parts):
    return reverse(f"changes:{name}", args=parts)


def page(client, change, person):
    client.force_login(person)
    return client.get(url("playbook", change.reference)).content.decode()


def test_each_stage_names_whom_it_waits_for(client, change, members):
    lines = {line.step.stage: line for line in _book(client, change, change.requester).lines}
    assert (lines["present"].waits_for, lines["present"].step.since) == ("the board", AT)
    assert str(members[4].group) in lines["align"].waits_for
    assert lines["draft"].done_by == str(change.requester)


def _book(client, change, person):
    client.force_login(person)
    return client.get(url("playbook", change.reference)).context["book"]


def test_what_another_must_do_has_no_link_that_would_be_refused(client, change, members):
    assert "re-test/" not in page(client, change, change.requester)
    assert "re-test/" in page(client, change, members[1])


def test_a_group_objects_on_the_page_and_the_reason_stands_there(client, change, members):
    sign_off = SignOff.objects.get(change=change, group=members[4].group)
    assert url("object_circle", sign_off.pk) in page(client, change, members[4])
    answer = client.post(url("object_circle", sign_off.pk), {"text": "Nobody is on call"})
    assert answer.status_code == 302
    assert "Nobody is on call" in page(client, change, members[4])


def test_an_objection_without_a_reason_is_refused_beside_its_field(client, change, members):
    sign_off = SignOff.objects.get(change=change, group=members[4].group)
    client.force_login(members[4])
    answer = client.post(url("object_circle", sign_off.pk), {"text": ""})
    assert answer.context["form"].errors == {"text": ["Say why your group objects."]}


def test_the_requester_reminds_and_a_group_member_sees_no_button(client, change, members):
    assert url("remind", change.reference) not in page(client, change, members[4])
    assert url("remind", change.reference) in page(client, change, change.requester)
    assert client.post(url("remind", change.reference)).status_code == 302
    assert SignOff.objects.filter(change=change, reminded_at=AT).count() == 6


def test_the_answer_to_a_groups_question_stands_beside_the_group(client, change, members):
    sign_off = SignOff.objects.get(change=change, group=members[4].group)
    question = alignment.ask(sign_off, text="Are tunnels cut?", by=members[4], at=AT)
    assert "Its question is open" in page(client, change, members[4])
    board.answer(question, text="For 30 seconds at worst", by=change.requester, at=AT)
    board.verify(question, by=members[1], at=AT)
    shown = page(client, change, members[4])
    assert ("Answered and verified" in shown, "For 30 seconds at worst" in shown) == (True, True)


def say(change, members):
    for member in members:
        sign_off = SignOff.objects.get(change=change, group=member.group)
        question = alignment.ask(sign_off, text=f"Asks {member}", by=member, at=AT)
        board.answer(question, text="Yes", by=change.requester, at=AT)
        alignment.re_test(change, passed=True, text="Seen", by=member, at=AT)


def test_the_page_asks_the_same_number_of_queries_however_much_was_said(client, change, members):
    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(url("playbook", change.reference))
        return len(seen)

    client.force_login(members[1])
    say(change, members[2:3])
    # The first visit also fills what a process remembers.
    _, few = count(), count()
    say(change, members[3:])
    assert count() == few


def test_the_paragraph_for_clients_stands_in_the_communication_plan_with_its_state(client, change, members):
    change.client_paragraph = "The network may blink."
    change.save()
    shown = page(client, change, members[1])
    assert ("Communication plan" in shown, "The network may blink." in shown) == (True, True)
    assert "Marketing to sign off" in shown


def lacks(client, change, stage, person):
    lines = {line.step.stage: line for line in _book(client, change, person).lines}
    return {lack.code: (lack.words, lack.url) for lack in lines[stage].missing}


def test_a_test_from_before_an_edit_is_asked_for_again(client, change, members):
    alignment.re_test(change, passed=True, text="Six times", by=members[1], at=AT)
    asking_again.ask_again(change, ["steps"], by=change.requester, at=AT)
    words, url = lacks(client, change, "retest", members[1])["retest_again"]
    assert (words, "re-test/" in url) == ("Tested before this was edited: plan.", True)
    assert "Before an edit" in page(client, change, members[1])


def test_a_group_in_which_only_the_requester_is_left_is_named_and_who_may_mend_it(client, change, members):
    alone = PersonFactory(group=GroupFactory(name="Night shift", slug="night-shift"))
    change = a_submitted(a_sheet(window=change.window_id), by=alone)
    words = "Nobody but the requester is in Night shift: an administrator gives somebody else that group."
    assert lacks(client, change, "align", alone)["mute"] == (words, "")
    admin = PersonFactory(roles=["administrator"])
    assert lacks(client, change, "align", admin)["mute"] == (words, "/people/")
    PersonFactory(group=alone.group)
    assert "mute" not in lacks(client, change, "align", alone)
