from datetime import timedelta

import pytest

from changes.actions import filing
from changes.domain.sheet import Step, Touch
from changes.queries import preview
from changes.queries.beside import beside
from tests.factories.changes import AT, a_draft, a_sheet, a_submitted, window
from tests.factories.directory import ServiceFactory, SystemFactory
from tests.factories.maintenance import FreezeFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def touching(slug):
    return {ServiceFactory(slug=slug).pk: Touch("degraded", 30)}


def by_hand_of(person, phase="during"):
    return (Step(text="Do it", undo="Undo it", owner=person.pk, phase=phase),)


def found(sheet, on, **given):
    return [
        (one.change, one.systems, one.services, one.people, one.clashes)
        for one in beside(sheet, on, **given).meetings
    ]


def test_another_change_on_the_same_service_clashes():
    on = window()
    other = a_submitted(a_sheet(window=on.pk))
    assert found(a_sheet(window=on.pk), on) == [(other, ["RIS"], ["Vpn tunnels"], [], True)]


def test_a_person_on_two_things_at_once_clashes_before_and_after_the_window_not():
    on, person = window(), PersonFactory()
    other = a_submitted(a_sheet(window=on.pk, services=touching("telephones"), steps=by_hand_of(person)))
    now, before = a_sheet(steps=by_hand_of(person)), a_sheet(steps=by_hand_of(person, "before"))
    assert [found(now, on), found(before, on)] == [
        [(other, ["RIS"], [], [str(person)], True)],
        [(other, ["RIS"], [], [], False)],
    ]


def test_a_change_on_nothing_of_ours_is_not_named():
    on = window()
    pacs = frozenset({SystemFactory(code="PACS").pk})
    a_submitted(a_sheet(window=on.pk, systems=pacs, services=touching("telephones")))
    assert found(a_sheet(), on) == []


def test_drafts_what_was_withdrawn_and_the_change_itself_are_left_out():
    on = window()
    a_draft(a_sheet(window=on.pk))
    gone, own = a_submitted(a_sheet(window=on.pk)), a_submitted(a_sheet(window=on.pk))
    filing.withdraw(gone, by=gone.requester, at=AT)
    assert found(a_sheet(), on, change=own.pk) == []


def test_the_clashes_come_first():
    on = window()
    calm = a_submitted(a_sheet(window=on.pk, services=touching("telephones")))
    loud = a_submitted(a_sheet(window=on.pk))
    assert [one[0] for one in found(a_sheet(), on)] == [loud, calm]


def test_a_freeze_is_named_where_it_holds_for_a_touched_system_and_no_longer_once_lifted():
    on, pacs = window(), SystemFactory(code="PACS")
    span = {"starts_at": on.starts_at, "ends_at": on.ends_at}
    some, soft = FreezeFactory(name="PACS only", **span), FreezeFactory(name="All", hard=False, **span)
    some.systems.add(pacs)
    FreezeFactory(name="Lifted", lifted_at=AT, **span)
    FreezeFactory(name="Later", starts_at=on.ends_at, ends_at=on.ends_at + timedelta(days=1))
    both = a_sheet(systems=frozenset({on.system_id, pacs.pk}))
    assert [set(beside(sheet, on).freezes) for sheet in (a_sheet(), both)] == [{soft}, {some, soft}]


@pytest.mark.parametrize("others", [1, 3])
def test_the_panel_costs_the_same_for_any_number_of_changes(others, django_assert_num_queries):
    on, sheet = window(), a_sheet()
    for _ in range(others):
        a_submitted(a_sheet(window=on.pk, steps=by_hand_of(PersonFactory())))
    with django_assert_num_queries(20):
        beside(sheet, on)


@pytest.mark.parametrize("others", [1, 3])
def test_all_that_the_form_says_costs_the_same_for_any_number_of_changes(others, django_assert_num_queries):
    on = window()
    for _ in range(others):
        a_submitted(a_sheet(window=on.pk, steps=by_hand_of(PersonFactory())))
    sheet = a_sheet(window=on.pk)
    with django_assert_num_queries(28):
        so_far = preview.so_far(sheet, now=AT)
    assert (len(so_far.beside.meetings), so_far.fit.sums.budget) == (others, 900)
