from datetime import timedelta

import pytest

from changes.models import Change
from changes.queries import aboard
from maintenance.contributions import Riding
from tests.factories.changes import AT, a_harmless_sheet, a_scheduled, a_sheet, a_submitted, window

pytestmark = pytest.mark.django_db


def test_what_rides_and_what_asks_to_are_counted_as_changes_not_as_steps():
    on = window()
    a_scheduled(on)
    a_submitted(a_sheet(window=on.pk))
    assert aboard.riding_on([on.pk])[on.pk].count == 2


def test_what_would_be_down_sooner_than_the_horizon_is_at_short_notice():
    on = window()
    a_submitted(a_sheet(window=on.pk))
    a_submitted(a_harmless_sheet(window=on.pk))
    assert aboard.riding_on([on.pk]) == {on.pk: Riding(2, 1)}


def test_what_was_asked_for_in_time_is_not_at_short_notice():
    on = window(AT + timedelta(days=190))
    a_submitted(a_sheet(window=on.pk))
    assert aboard.riding_on([on.pk]) == {on.pk: Riding(1, 0)}


def test_what_was_withdrawn_or_rejected_is_not_counted():
    on = window()
    for state in ("withdrawn", "rejected"):
        Change.objects.filter(pk=a_submitted(a_sheet(window=on.pk)).pk).update(state=state)
    assert aboard.riding_on([on.pk]) == {}


def test_any_number_of_windows_and_changes_is_one_query(django_assert_num_queries):
    windows = [window(AT + timedelta(days=days)) for days in (28, 56, 84)]
    for on in windows:
        a_submitted(a_sheet(window=on.pk))
    with django_assert_num_queries(1):
        counted = aboard.riding_on([on.pk for on in windows])
    assert [counted[on.pk].count for on in windows] == [1, 1, 1]
