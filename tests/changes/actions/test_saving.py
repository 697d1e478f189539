import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import saving
from changes.models import SavedView
from tests.changes.actions.test_filing_at_once import at_once
from tests.factories.changes import AT
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def a_view(by, name="High risk", query="view=open&risk=high", **given):
    return saving.save(query, name=name, by=by, at=AT, **given)


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return [(reason.code, reason.field) for reason in refusal.value.reasons]


def test_a_view_is_kept_with_its_name_and_in_the_history():
    view = a_view(PersonFactory(), name="  High   risk ")
    assert (view.name, view.query, Event.objects.get().act) == (
        "High risk",
        "view=open&risk=high",
        "view.saved",
    )


def test_the_same_view_sent_twice_is_one():
    by = PersonFactory()
    assert (a_view(by).pk, SavedView.objects.count()) == (a_view(by, name="high RISK").pk, 1)


def test_one_person_has_a_name_once_and_another_may_use_it():
    by = PersonFactory()
    a_view(by)
    assert refused(lambda: a_view(by, query="view=mine")) == [("view.name_taken", "name")]
    assert a_view(PersonFactory()).pk


def test_a_shared_name_is_nobody_elses_shared_name():
    a_view(PersonFactory(), is_shared=True)
    other = PersonFactory()
    assert refused(lambda: a_view(other, is_shared=True)) == [("view.shared_name_taken", "name")]
    own = a_view(other)
    assert refused(lambda: saving.rename(own, name=own.name, is_shared=True, by=other, at=AT)) == [
        ("view.shared_name_taken", "name")
    ]


@pytest.mark.parametrize("name", ["", "   "])
def test_a_view_needs_a_name(name):
    assert refused(lambda: a_view(PersonFactory(), name=name)) == [("view.no_name", "name")]


def test_nobody_keeps_more_than_thirty():
    by = PersonFactory()
    for number in range(saving.MOST):
        a_view(by, name=f"View {number}")
    assert refused(lambda: a_view(by, name="One more")) == [("view.too_many", "name")]


def test_a_view_gets_another_name_and_is_shared():
    by = PersonFactory()
    view = saving.rename(a_view(by), name="Hot", is_shared=True, by=by, at=AT)
    seen = SavedView.objects.of(PersonFactory())
    assert ((view.name, view.is_shared), [each.name for each in seen]) == (("Hot", True), ["Hot"])


def test_a_view_is_removed_once():
    by = PersonFactory()
    view = a_view(by)
    for _ in range(2):
        saving.remove(view, by=by, at=AT)
    acts = list(Event.objects.order_by("id").values_list("act", flat=True))
    assert (SavedView.objects.count(), acts) == (0, ["view.saved", "view.removed"])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_share_one_name_at_once_one_is_refused():
    people = [PersonFactory(), PersonFactory()]
    outcomes = at_once(*[lambda by=by: a_view(by, is_shared=True).name for by in people])
    assert sorted(outcomes) == ["High risk", "view.shared_name_taken"]


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_once_saves_one_view():
    by = PersonFactory()
    outcomes = at_once(*[lambda: a_view(by).name] * 2)
    assert (outcomes, SavedView.objects.count()) == (["High risk"] * 2, 1)
