"""What the database adds up is what the claims say, window by window."""

import pytest

from changes.actions import riding
from changes.domain.sheet import Step, Touch
from changes.models import Change
from changes.queries.claims import claims_on
from changes.queries.loads import loads_on, services_on
from maintenance.contributions import load_of
from tests.factories.changes import ANSWERS, AT, a_scheduled, a_sheet, a_submitted, an_approved, window
from tests.factories.directory import ServiceFactory

pytestmark = pytest.mark.django_db


def steps(*lengths):
    return tuple(
        Step("Cut", "Join", needs_downtime=down, planned_seconds=planned, worst_seconds=worst)
        for planned, worst, down in lengths
    )


def answers(planned, worst):
    return {**ANSWERS, "planned_down": planned, "worst_down": {"text": "So long", "seconds": worst}}


@pytest.fixture
def windows():
    """One with steps and with figures alone, one with what does not count, one with nothing."""
    first, second, third = window(), window(AT.replace(year=2027)), window(AT.replace(year=2028))
    long = steps((45, 60, True), (30, 86_400, True), (600, 900, False))
    an_approved(a_sheet(window=first.pk, answers=answers(90, 86_460), steps=long))
    an_approved(a_sheet(window=first.pk, answers=answers(0, 30), steps=steps((10, 20, False))))
    a_submitted(a_sheet(window=second.pk))
    return [first.pk, second.pk, third.pk]


def test_the_sums_are_those_of_the_claims(windows, django_assert_num_queries):
    claims = claims_on(windows)
    with django_assert_num_queries(1):
        found = loads_on(windows)
    assert found == {pk: load_of(claims[pk]) for pk in windows if claims[pk]}
    assert found[windows[0]].worst_seconds == 60 + 86_400 + 30


def test_a_change_that_does_not_know_its_planned_downtime_counts_at_its_worst(windows):
    Change.objects.filter(window=windows[0], worst_down_seconds=30).update(planned_down_seconds=None)
    assert loads_on(windows)[windows[0]] == load_of(claims_on(windows)[windows[0]])


def test_only_what_rides_touches_services(django_assert_num_queries):
    on, vpn, phones = window(), ServiceFactory(), ServiceFactory(slug="telephones")
    touching = an_approved(a_sheet(window=on.pk, services={vpn.pk: Touch("degraded", 30)}))
    a_submitted(a_sheet(window=on.pk, services={phones.pk: Touch("degraded", 30)}))
    a_scheduled(on)
    riding.ride(touching, on, by=touching.requester, at=AT)
    with django_assert_num_queries(1):
        assert services_on([on.pk])[on.pk] >= {vpn.pk}
    assert phones.pk not in services_on([on.pk])[on.pk]
