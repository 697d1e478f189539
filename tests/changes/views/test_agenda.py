"""The order of the agenda and the reader's pack, as their pages show them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changes.actions import board as asking
from changes.actions import filing, reordering
from changes.models import ReadMark
from changes.queries.pack import pack
from tests.factories.board import a_board, item_of
from tests.factories.changes import AT, STEPS, a_sheet, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_meeting():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def members():
    return a_board()


def url(name, *parts):
    return reverse(f"changes:{name}", args=parts)


def test_the_button_down_moves_an_item_and_keeps_the_focus_with_it(client, members):
    items = [item_of(a_submitted()) for _ in range(3)]
    on, order = items[0].meeting.on, reordering.in_order(items[0].meeting)
    client.force_login(members[0])
    typed = {"do": "step-down-1", "seen": ",".join(map(str, order))}
    page = client.post(url("move_item", on), typed, follow=True).content.decode()
    assert reordering.in_order(items[0].meeting) == [order[1], order[0], order[2]]
    assert ("Moved: now item 2 of 3" in page, page.count("autofocus")) == (True, 1)


def test_dropped_at_a_place_it_stands_there(client, members):
    items = [item_of(a_submitted()) for _ in range(3)]
    on, order = items[0].meeting.on, reordering.in_order(items[0].meeting)
    client.force_login(members[0])
    client.post(url("move_item", on), {"do": "step-place-3-1", "seen": ",".join(map(str, order))})
    assert reordering.in_order(items[0].meeting) == [order[2], order[0], order[1]]


@pytest.mark.parametrize("do", ["", "step-up", "step-down-9", "step-place-1", "nonsense"])
def test_a_move_that_says_nothing_is_400_and_moves_nothing(client, members, do):
    item = item_of(a_submitted())
    client.force_login(members[0])
    answer = client.post(url("move_item", item.meeting.on), {"do": do, "seen": str(item.pk)})
    assert (answer.status_code, item.meeting.by_hand) == (400, [])


def test_a_member_does_not_arrange_the_agenda(client, members):
    item = item_of(a_submitted())
    client.force_login(members[1])
    answers = [
        client.get(url("order", item.meeting.on)).status_code,
        client.post(url("move_item", item.meeting.on)).status_code,
        client.post(url("usual_order", item.meeting.on)).status_code,
    ]
    assert answers == [403, 403, 403]


def test_the_pack_says_everything_that_one_prepares_with(client, members):
    change = a_submitted(a_sheet(client_paragraph="VPN tunnels may drop for 30 seconds."))
    asking.ask(change, text="Who presses the button?", by=members[1], at=AT)
    client.force_login(members[0])
    page = client.get(url("pack", item_of(change).meeting.on)).content.decode()
    wanted = (
        "If one fails today, all VPN tunnels drop.", "Shut the port on A", "Who presses the button?",
        "VPN tunnels may drop for 30 seconds.", "Likelihood ", "Six times on the lab pair", "Read by 0 of 6",
    )  # fmt: skip
    assert [words for words in wanted if words not in page] == []


def test_the_pack_takes_the_same_queries_for_one_item_and_for_four(members):
    meeting, counts = item_of(a_submitted()).meeting, []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            pack(meeting, person=members[1])
        counts.append(len(asked))
        for _ in range(3):
            a_submitted()
    assert counts == [counts[0], counts[0]]


def test_read_is_marked_once_taken_back_and_counted_for_members_only(client, members):
    item = item_of(a_submitted())
    for person in (members[1], members[1], members[2], PersonFactory()):
        client.force_login(person)
        client.post(url("read_item", item.pk), {"read": "yes"})
    counted = pack(item.meeting, person=members[1]).items[0]
    client.force_login(members[1])
    client.post(url("read_item", item.pk), {"read": "no"})
    after = pack(item.meeting, person=members[1]).items[0]
    assert (counted.is_read, counted.readers, after.is_read, after.readers) == (True, 2, False, 1)
    assert ReadMark.objects.count() == 2


def edited(change, sheet):
    change.refresh_from_db()
    filing.edit(change, sheet, version=change.version, by=change.requester, at=AT + timedelta(minutes=5))


def test_a_material_edit_after_reading_is_marked_and_a_word_is_not(members):
    sheet = a_sheet()
    change = a_submitted(sheet)
    item = item_of(change)
    ReadMark.objects.create(item=item, person=members[1], at=AT)
    edited(change, a_sheet(title="Join the two", systems=sheet.systems, services=sheet.services))
    worded = pack(item.meeting, person=members[1]).items[0]
    edited(
        change, a_sheet(title="Join the two", systems=sheet.systems, services=sheet.services, steps=STEPS[1:])
    )
    changed = pack(item.meeting, person=members[1]).items[0]
    assert (worded.is_read, worded.readers, changed.is_read, changed.readers) == (True, 1, False, 0)
    assert changed.changed_at == AT + timedelta(minutes=5)
