from dataclasses import replace
from datetime import timedelta

import pytest

from changeboard.history.models import Event
from changes.actions import board, filing, talking
from changes.domain.sheet import Step
from changes.queries.timeline import timeline
from notifications.models import Delivery, Notice
from tests.factories.changes import AT, a_draft, a_scheduled, a_sheet, a_submitted, window
from tests.factories.directory import ClientFactory, ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def entries(change, **asked):
    return timeline(change, **asked).entries


def test_an_edit_is_told_field_by_field_by_whom_and_when():
    change = a_draft()
    later = AT + timedelta(hours=1)
    sheet = a_sheet(title="Join the firewalls", steps=(*a_sheet().steps, Step(text="Look", undo="Nothing")))
    filing.edit(change, sheet, version=1, by=change.requester, at=later)
    edited = entries(change)[0]
    assert (edited.at, edited.by, edited.sort) == (later, change.requester, "edits")
    assert [(edit.label, len(edit.steps)) for edit in edited.edits] == [("What will change", 0), ("Plan", 1)]


def test_what_was_written_stands_with_its_entry():
    change = a_draft()
    talking.say(change, "The zeppelin is blue", by=PersonFactory(), at=AT + timedelta(minutes=1))
    assert (entries(change)[0].said, entries(change)[0].sort) == ("The zeppelin is blue", "talk")


def test_each_sort_shows_its_own_and_all_of_them_everything():
    change = a_submitted()
    talking.say(change, "x", by=PersonFactory(), at=AT)
    board.ask(change, text="Why?", by=PersonFactory(), at=AT)
    sorts = ("edits", "board", "talk", "notices", "life")
    counts = [timeline(change, only=only).count for only in sorts]
    assert (sum(counts), timeline(change).count, counts[:4]) == (
        Event.objects.filter(subject_kind="changes.change").count(), sum(counts), [1, counts[1], 1, 0],
    )  # fmt: skip


def told(on, many):
    """So many clients told two weeks before."""
    notice = Notice.objects.create(window=on, revision=0, audience="clients", milestone="two_weeks")
    for _ in range(many):
        contact = ContactFactory(client=ClientFactory())
        Delivery.objects.create(
            notice=notice, window=on, revision=0, milestone="two_weeks", contact=contact, client=contact.client,
            channel="email", due_at=AT, not_after=on.starts_at, state="accepted", accepted_at=AT + timedelta(days=14),
        )  # fmt: skip


def test_a_wave_of_notices_is_one_entry_of_what_rides_on_the_window():
    on = window()
    change, waiting = a_scheduled(on), a_submitted(a_sheet(window=on.pk))
    told(on, 3)
    newest = entries(change)[0]
    assert (newest.text, newest.by, newest.sort) == (
        f"Notice of {on.reference} sent, two weeks: 3 told (clients)", None, "notices",
    )  # fmt: skip
    assert timeline(waiting, only="notices").count == 0


@pytest.mark.parametrize("lines", [3, 200])
def test_any_number_of_entries_are_four_queries(lines, django_assert_num_queries):
    change = a_scheduled(window())
    by = PersonFactory()
    edit = Event.objects.filter(subject_id=change.pk, act="change.filed").get()
    Event.objects.bulk_create(
        Event(at=AT, by=by, act="change.edited", subject_kind=edit.subject_kind, subject_id=change.pk,
              facts={"fields": {"title": ["Old", f"New {n}"]}})
        for n in range(lines)
    )  # fmt: skip
    with django_assert_num_queries(4):
        found = timeline(change, most=1000)
    assert (found.count > lines, len(found.entries)) == (True, found.count)


def test_the_newest_are_built_and_all_are_counted():
    change = a_draft()
    for minute in range(5):
        title = f"Title {minute}"
        filing.edit(change, replace(a_sheet(), title=title), version=minute + 1, by=change.requester,
                    at=AT + timedelta(minutes=minute))  # fmt: skip
    found = timeline(change, most=2)
    assert ([entry.edits[0].now for entry in found.entries], found.count) == (["Title 4", "Title 3"], 6)
