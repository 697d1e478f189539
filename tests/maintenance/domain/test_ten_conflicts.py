"""Each conflict: where it holds, its edge, and what of it is refused or may be accepted."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from maintenance.domain.budget import Length
from maintenance.domain.conflicts import Accepted, Hit, Kind, Picture, Reader, Rider, conflicts
from tests.maintenance.domain.pictures import PACS, TUESDAY, frozen, span

MADE = datetime(2026, 6, 1, 15, tzinfo=UTC)
K = Kind


def found(**parts):
    window = parts.pop("window", None) or span(7)
    return conflicts(Picture(window, parts.pop("known_at", MADE), **parts))


def kinds(**parts):
    return [conflict.kind for conflict in found(**parts)]


def rider(number, *, services=(), people=()):
    names = {pk: f"service {pk}" for pk in services}
    return Rider(number, f"CHG-{number:04}", names, {pk: f"person {pk}" for pk in people})


def reader(name="Mercy", *, zone="America/Chicago", lead=None, no_go=()):
    return Reader(len(name), name, zone, lead, frozenset(no_go))


def test_nothing_stands_against_a_window_by_itself():
    assert found() == []


def test_two_windows_of_a_system_at_once_are_refused_and_nobody_can_accept_it():
    (one,) = found(windows=[span(8, wall=time(15))])
    assert (one.kind, one.is_refused, one.can_be_accepted) == (K.OVERLAP, True, False)


def test_two_systems_on_one_day_are_refused_and_nobody_can_accept_it():
    (one,) = found(windows=[span(8, system=PACS)])
    assert (one.kind, one.is_refused, one.can_be_accepted) == (K.DAY_TAKEN, True, False)


@pytest.mark.parametrize("hard", [True, False])
def test_a_hard_freeze_is_refused_a_soft_one_warns_and_both_can_be_answered_for(hard):
    (one,) = found(freezes=[frozen((2026, 12, 15), (2026, 12, 16), hard=hard, pk=3)])
    assert (one.kind, one.about, one.is_refused, one.can_be_accepted) == (K.FREEZE, "3", hard, True)


@pytest.mark.parametrize(("budget", "over"), [(420, []), (419, [1])])
def test_it_is_the_likely_worst_that_is_over_budget(budget, over):
    downtime = [Length(300, 420)]
    assert [one.weight for one in found(downtime=downtime, budget_seconds=budget)] == over


def test_a_window_where_its_cadence_puts_it_is_on_it_and_an_hour_later_is_off():
    starts = frozenset({span().starts_at})
    assert kinds(cadence=starts) == []
    assert kinds(cadence=starts, window=span(7, wall=time(12))) == [K.OFF_CADENCE]


def test_a_window_off_its_cadence_says_where_that_would_put_it():
    starts = frozenset({span(on=date(2026, 12, 14)).starts_at, span(on=date(2026, 12, 22)).starts_at})
    (one,) = found(cadence=starts)
    assert one.reason.facts["nearest"] == span(on=date(2026, 12, 14)).starts_at


def test_two_changes_on_one_service_are_named_with_the_service():
    riders = [rider(1, services=[4, 5]), rider(2, services=[5, 6]), rider(3, services=[7])]
    (one,) = found(riders=riders)
    named = {"one": "CHG-0001", "other": "CHG-0002", "services": ["service 5"]}
    assert (one.kind, dict(one.reason.facts)) == (K.SAME_SERVICE, named)


def test_a_person_on_three_changes_is_one_conflict_that_names_them():
    riders = [rider(number, people=[9]) for number in (1, 2, 3)]
    (one,) = found(riders=riders)
    assert (one.kind, one.reason.facts["changes"]) == (K.SAME_PERSON, ["CHG-0001", "CHG-0002", "CHG-0003"])


@pytest.mark.parametrize(
    ("on", "zone", "hits"),
    [
        (TUESDAY, "America/Chicago", [K.NO_GO]),
        (date(2026, 12, 16), "America/Chicago", []),
        # 11:00 in Chicago is Wednesday in Auckland.
        (date(2026, 12, 16), "Pacific/Auckland", [K.NO_GO]),
        (TUESDAY, "Pacific/Auckland", []),
    ],
)
def test_a_no_go_date_is_the_clients_own_calendars(on, zone, hits):
    assert kinds(readers=[reader(zone=zone, no_go=[on])]) == hits


def test_a_window_that_ends_at_midnight_leaves_the_next_day_alone():
    night = span(7, wall=time(23), seconds=3600)
    assert kinds(window=night, readers=[reader(no_go=[date(2026, 12, 16)])]) == []
    longer = replace(night, ends_at=night.ends_at + timedelta(seconds=1))
    assert kinds(window=longer, readers=[reader(no_go=[date(2026, 12, 16)])]) == [K.NO_GO]


@pytest.mark.parametrize(("on", "hits"), [(date(2026, 12, 9), [K.TWICE]), (date(2026, 12, 8), [])])
def test_a_client_is_hit_twice_when_two_windows_are_less_than_a_week_apart(on, hits):
    assert kinds(hits=[Hit(span(8, system=PACS, on=on), {1: "Mercy"})]) == hits


def test_two_windows_in_a_week_that_hit_no_client_both_are_no_conflict():
    assert kinds(hits=[Hit(span(8, system=PACS, on=date(2026, 12, 14)), {})]) == []


@pytest.mark.parametrize(("day", "short"), [(15, []), (16, [1])])
def test_a_contracts_lead_counts_days_from_when_the_window_came_to_lie_there(day, short):
    known = datetime(2026, 11, day, 16, tzinfo=UTC)
    assert [one.weight for one in found(readers=[reader(lead=30)], known_at=known)] == short


def test_of_many_clients_three_are_named_and_the_rest_counted():
    (one,) = found(readers=[reader("M" * number, no_go=[TUESDAY]) for number in range(1, 8)])
    assert (one.reason.facts["clients"], one.reason.facts["more"]) == (["M", "MM", "MMM"], 4)
    assert one.reason.code == "window.no_go_for_many"


def accepted(conflict, **other):
    whole = Accepted(conflict.kind.value, conflict.about, conflict.parts, conflict.weight)
    return replace(whole, **other)


def test_what_was_accepted_covers_the_same_and_less():
    riders = [rider(1, services=[4, 5]), rider(2, services=[4, 5])]
    (both,) = found(riders=riders)
    (less,) = found(riders=[rider(1, services=[4]), rider(2, services=[4, 5])])
    assert (accepted(both).covers(both), accepted(both).covers(less)) == (True, True)
    assert accepted(less).covers(both) is False


def test_a_longer_overrun_than_the_accepted_one_is_a_new_conflict():
    (over,) = found(downtime=[Length(300, 300)], budget_seconds=290)
    (more,) = found(downtime=[Length(301, 301)], budget_seconds=290)
    assert (accepted(over).covers(more), accepted(more).covers(over)) == (False, True)


def test_accepting_a_soft_freeze_is_no_override_when_it_becomes_hard():
    (soft,) = found(freezes=[frozen((2026, 12, 15), (2026, 12, 16), hard=False, pk=3)])
    (hard,) = found(freezes=[frozen((2026, 12, 15), (2026, 12, 16), pk=3)])
    assert (accepted(soft).covers(hard), accepted(hard).covers(soft)) == (False, True)


def test_what_was_accepted_before_figures_were_kept_covers_whatever_it_comes_to():
    (over,) = found(downtime=[Length(300, 300)], budget_seconds=290)
    assert accepted(over, weight=None).covers(over) is True


def test_conflicts_come_in_the_order_of_the_product():
    riders = [rider(1, services=[4], people=[9]), rider(2, services=[4], people=[9])]
    every = kinds(
        windows=[span(8, wall=time(15)), span(9, system=PACS)],
        freezes=[frozen((2026, 12, 15), (2026, 12, 16))],
        downtime=[Length(300, 420)],
        cadence=frozenset(),
        riders=riders,
        readers=[reader(lead=300, no_go=[TUESDAY])],
        hits=[Hit(span(8, on=date(2026, 12, 14)), {1: "Mercy"})],
    )
    assert every == list(Kind)
