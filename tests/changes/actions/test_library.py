from dataclasses import replace

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import library
from changes.domain.sheet import Step
from changes.models import LibraryStep
from tests.factories.changes import AT
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
STEP = Step(text="Drain the queues", undo="Let them fill", phase="before", planned_seconds=300)


@pytest.fixture
def by():
    return PersonFactory(release=True)


def codes(verb, *args, **given):
    with pytest.raises(Refusal) as refused:
        verb(*args, **given, at=AT)
    return [reason.code for reason in refused.value.reasons]


def acts():
    return list(Event.objects.filter(act__startswith="library.").order_by("pk").values_list("act", flat=True))


def test_a_step_comes_in_without_blanks_and_at_worst_no_shorter_than_planned(by):
    row = library.add(replace(STEP, text="  Drain \n the queues ", owner=by.pk), by=by, at=AT)
    assert (row.step, acts()) == (replace(STEP, worst_seconds=300), ["library.added"])


def test_everything_that_is_wrong_is_said_at_once(by):
    assert codes(library.add, Step(), by=by) == ["library.no_text", "library.no_undo"]


def test_two_steps_in_use_never_say_the_same(by):
    library.add(STEP, by=by, at=AT)
    assert codes(library.add, replace(STEP, text="drain THE queues"), by=by) == ["library.there_already"]


def test_what_is_out_of_use_is_in_nobodys_way_but_does_not_come_back_beside_another(by):
    old = library.take_out(library.add(STEP, by=by, at=AT), by=by, at=AT)
    library.add(STEP, by=by, at=AT)
    assert codes(library.put_back, old, by=by) == ["library.there_already"]


def test_an_edit_is_in_the_history_from_and_to_and_none_is_not(by):
    row = library.add(STEP, by=by, at=AT)
    row = library.edit(row, row.step, version=1, by=by, at=AT)
    row = library.edit(row, replace(row.step, planned_seconds=600), version=1, by=by, at=AT)
    changes = Event.objects.get(act="library.edited").facts["changes"]
    assert (row.version, changes) == (2, {"Planned": ["5:00", "10:00"], "At worst": ["5:00", "10:00"]})


def test_neither_of_two_editors_overwrites_the_other_unseen(by):
    row = library.add(STEP, by=by, at=AT)
    library.edit(row, replace(row.step, undo="Fill them"), version=1, by=by, at=AT)
    assert codes(library.edit, row, STEP, version=1, by=by) == ["library.edited_meanwhile"]
    assert LibraryStep.objects.get().undo == "Fill them"


def test_taking_out_and_putting_back_twice_is_once(by):
    row = library.add(STEP, by=by, at=AT)
    for verb in (library.take_out, library.take_out, library.put_back, library.put_back):
        row = verb(row, by=by, at=AT)
    assert (row.taken_out_at, acts()) == (None, ["library.added", "library.taken_out", "library.put_back"])
