"""What the next six months would be: with another policy, cadence, client or contact."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from changeboard.directory.queries.affected import affected_clients
from maintenance.models import Cadence
from maintenance.queries import cadences
from notifications.actions import ticking
from notifications.domain.milestones import Audience, Line, Milestone, When
from notifications.domain.policy import Policy
from notifications.queries import pictures, policy, what_if
from notifications.queries.readership import Addressee, Dependent, readership
from notifications.queries.touched import Touched
from tests.factories.directory import ClientFactory, ContactFactory, ServiceFactory, SystemFactory
from tests.factories.maintenance import CadenceFactory, WindowFactory

pytestmark = pytest.mark.django_db
M = Milestone
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WEEK = Line(Audience.CLIENTS, When.EVERY_WINDOW, M.ONE_WEEK, 7)


def without(*milestones: Milestone) -> Policy:
    found = policy.in_force()
    lines = [each for each in found.lines if each.milestone not in milestones]
    return replace(found, lines=tuple(lines))


def parts(found) -> dict[str, tuple[int, int, int]]:
    return {row.milestone: (row.part.more, row.part.fewer, row.part.moved) for row in found.rows}


def test_the_policy_in_force_changes_nothing(desk, window):
    found = what_if.of_policy(policy.in_force(), now=NOW)
    assert (found.difference.is_none, found.difference.after) == (True, 2)


def test_a_week_more_and_no_day_before(desk, window):
    found = what_if.of_policy(
        replace(without(M.DAY_BEFORE), lines=(*without(M.DAY_BEFORE).lines, WEEK)), now=NOW
    )
    assert parts(found) == {"One week": (1, 0, 0), "Day before": (0, 1, 0)}


def test_a_client_that_would_hear_nothing_is_named_with_its_window(desk, juniper, window):
    (row,) = what_if.of_policy(without(M.TWO_WEEKS, M.DAY_BEFORE), now=NOW).unheard
    assert (row.window.reference, row.window.starts_at, row.clients) == (
        window.reference, window.starts_at, (juniper.name,),
    )  # fmt: skip


def test_a_milestone_that_is_past_goes_at_once_and_is_called_late(desk, window):
    wanted = replace(policy.in_force(), lines=(*policy.in_force().lines, WEEK))
    (late,) = what_if.of_policy(wanted, now=window.starts_at - timedelta(days=6)).late
    assert (late.window.reference, late.milestone, late.many) == (window.reference, "One week", 1)


def test_a_contract_that_would_be_broken_is_named(desk, juniper, window):
    juniper.contract_lead_days = 21
    juniper.save()
    (row,) = what_if.of_policy(without(M.TWO_WEEKS), now=NOW).short
    assert (row.window.reference, row.clients) == (window.reference, (juniper.name,))


def test_what_is_looked_at_has_a_name_that_changes_with_it(desk, window):
    looked = what_if.of_policy(without(M.DAY_BEFORE), now=NOW).fingerprint
    assert looked == what_if.of_policy(without(M.DAY_BEFORE), now=NOW + timedelta(minutes=5)).fingerprint
    assert looked != what_if.of_policy(without(M.TWO_WEEKS), now=NOW).fingerprint
    ContactFactory(client=desk.client)
    assert looked != what_if.of_policy(without(M.DAY_BEFORE), now=NOW).fingerprint


def test_more_windows_and_readers_cost_no_more_queries(ris, desk, window, django_assert_num_queries):
    for day in (17, 18):
        with django_assert_num_queries(20):
            what_if.of_policy(without(M.DAY_BEFORE), now=NOW)
        WindowFactory(system=ris, on=date(2026, 12, day), reference=f"RIS-2026-12-{day}")
        ContactFactory.create_batch(2, client=ClientFactory(name=f"Client {day}", uses=[ris]))
        ticking.tick(now=NOW)


def test_the_readers_of_a_window_are_those_of_the_planner(ris, desk, order_system, window):
    pacs = SystemFactory(code="PACS")
    viewer = ServiceFactory(system=pacs)
    ContactFactory(client=ClientFactory(name="Viewers", uses=[pacs]))
    alone = ClientFactory(name="Alone")
    alone.services.add(viewer)
    ContactFactory(client=alone, active=False)
    ContactFactory(client=ClientFactory(name="Gone", uses=[ris], active=False))
    for touch in (Touched(), Touched(services={viewer.pk}), Touched(systems={pacs.pk})):
        found = readership().readers(ris.pk, touch.systems, touch.services)
        asked = readership().affected(ris.pk, touch.systems, touch.services)
        assert {*found} == {*pictures.readers(window, touch)}
        assert asked == {each.pk for each in affected_clients({ris.pk, *touch.systems}, touch.services)}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"contract_days": 30}, {"Two weeks": (0, 0, 1)}),
        ({"zone": "Pacific/Honolulu"}, {"Two weeks": (0, 0, 1), "Day before": (0, 0, 1)}),
        ({"systems": frozenset()}, {"Two weeks": (0, 1, 0), "Day before": (0, 1, 0)}),
        ({}, {}),
    ],
)
def test_a_changed_client(ris, desk, juniper, window, change, expected):
    known = Dependent("America/Denver", None, frozenset({ris.pk}))
    assert parts(what_if.of_client(juniper, replace(known, **change), now=NOW)) == expected


def test_a_client_no_more_is_told_nothing_and_is_not_called_unheard(desk, juniper, window):
    found = what_if.of_client(juniper, None, now=NOW)
    assert (found.difference.fewer, found.unheard) == (2, ())


def test_without_its_last_contact_a_client_hears_nothing(desk, juniper, window):
    found = what_if.of_contact(desk, None, now=NOW)
    assert (found.difference.fewer, [row.clients for row in found.unheard]) == (2, [(juniper.name,)])
    ContactFactory(client=juniper, address="radiology@juniper.example")
    assert what_if.of_contact(desk, None, now=NOW).unheard == ()


def test_a_contact_in_another_zone_is_told_at_another_time(desk, window):
    moved = replace(Addressee.of(desk), zone="Pacific/Honolulu")
    assert parts(what_if.of_contact(desk, moved, now=NOW)) == {
        "Two weeks": (0, 0, 1),
        "Day before": (0, 0, 1),
    }


def test_a_cadence_a_week_later_tells_of_the_move_and_starts_its_milestones_anew(ris, desk, mailbox):
    cadence = CadenceFactory(system=ris)
    window = WindowFactory(system=ris, cadence=cadence, cadence_on=date(2026, 12, 15))
    ticking.tick(now=window.starts_at - timedelta(days=13))
    now = window.starts_at - timedelta(days=12)
    wanted = Cadence(**{
        name: getattr(cadence, name)
        for name in ("system", "start_time", "length_seconds", "budget_seconds", "time_zone", "begins_on")
    }, rrule="FREQ=MONTHLY;BYDAY=4TU")  # fmt: skip
    moves = cadences.consequences(cadence, wanted, move_announced=True, now=now)
    found = what_if.of_cadence(replace(moves, made=()), wanted, now=now)
    assert parts(found) == {"Two weeks": (1, 0, 0), "Day before": (0, 0, 1), "Moved": (1, 0, 0)}
