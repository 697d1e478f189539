from datetime import date, time, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from maintenance.domain.slot_clients import KINDS, Affected
from maintenance.domain.slot_search import Treat, search
from maintenance.domain.volume import Volumes, Week
from tests.maintenance.domain.pictures import BIZ, CHICAGO, PACS, RIS, frozen, span
from tests.maintenance.domain.wishes import FLAT, MONDAY, brute, standing, wish

ZONES = st.sampled_from(
    [CHICAGO, "America/Phoenix", "Pacific/Honolulu", "Asia/Kathmandu", "Australia/Lord_Howe"]
)
FIRST = st.sampled_from([MONDAY, date(2027, 3, 8), date(2027, 4, 1), date(2026, 12, 21)])
LEADS, USED = st.sampled_from([0, 3, 14, 120]), st.sets(st.sampled_from([BIZ, PACS, RIS]))
DOWN, EARLIEST = st.sampled_from([0, 30, 900, 4000]), st.sampled_from([time(0), time(1, 30), time(9)])
TREATS = st.sampled_from(list(Treat))


def week(seed, share):
    orders = tuple(Random(seed).randrange(5000) for _ in range(168))
    return Week(orders, tuple(number // share for number in orders))


WEEKS = st.builds(week, st.integers(0, 999), st.integers(2, 9))


def tomorrow(days=0):
    return MONDAY + timedelta(days=1 + days)


def test_a_day_that_another_system_has_is_no_slot_and_is_counted_under_it():
    found = search(wish(last=tomorrow()), standing([span(7, system=BIZ, on=tomorrow())]))
    assert (found.best, dict(found.against)) == ([], {("window.day_taken", "W"): 1})


def test_a_weekend_is_left_out_unless_it_is_allowed():
    saturday = tomorrow(4)
    assert [search(wish(first=saturday, last=saturday, weekends=may), standing()).best != [] for may in (0, 1)] == [
        False, True,
    ]  # fmt: skip


def test_the_last_start_is_over_when_the_allowed_hours_are():
    found = search(wish(last=tomorrow(), length_seconds=3600, earliest=time(8), latest=time(10)), standing())
    assert [slot.wall for slot in found.free] == [time(8), time(9)]


def test_hours_that_are_too_few_say_so():
    found = search(wish(last=tomorrow(), length_seconds=3601, earliest=time(8), latest=time(9)), standing())
    assert dict(found.against) == {("slot.no_room_in_the_hours", ""): 1}


def test_a_start_that_is_over_is_no_slot():
    found = search(wish(first=MONDAY, last=MONDAY), standing())
    assert found.free[0].wall == time(11)


def test_a_clients_bad_day_ranks_behind_every_day_without():
    client = Affected(1, "Pacific/Honolulu", no_go=frozenset({tomorrow()}))
    best = search(wish(last=tomorrow(1), earliest=time(12)), standing(clients=[client])).best
    assert [(slot.on, slot.hit.counts["no_go"]) for slot in best] == [(tomorrow(1), 0), (tomorrow(), 1)]


def test_a_bad_day_is_the_clients_own_calendar_day():
    client = Affected(1, "Asia/Tokyo", no_go=frozenset({tomorrow(1)}))
    found = search(wish(last=tomorrow(), no_go=Treat.LEAVE_OUT), standing(clients=[client]))
    assert [slot.wall for slot in found.free] == [time(8)]


def test_what_takes_nothing_down_hits_nobody_and_is_never_short_notice():
    client = Affected(1, CHICAGO, lead_days=30, no_go=frozenset({tomorrow()}))
    slot = search(wish(last=tomorrow(), worst_seconds=0), standing(clients=[client])).best[0]
    assert (slot.hit.is_bad, slot.is_short_notice) == (False, False)


def test_what_disturbs_the_platform_within_183_days_is_short_notice():
    """183 times 24 hours from 10:12 in winter is 11:12 in summer."""
    last = MONDAY + timedelta(days=183)
    found = search(wish(first=last, last=last, earliest=time(10), latest=time(13)), standing())
    assert [slot.is_short_notice for slot in found.free] == [True, True, False]


def test_a_client_hit_six_days_before_is_hit_twice_in_a_week_and_after_seven_is_not():
    client = Affected(1, CHICAGO, system_ids=frozenset({PACS}))
    found = search(
        wish(first=tomorrow(6), last=tomorrow(7)),
        standing([span(7, system=PACS, on=tomorrow())], clients=[client]),
    )
    assert {slot.on: slot.hit.counts["twice"] for slot in found.best} == {tomorrow(6): 1, tomorrow(7): 0}


def test_fewest_orders_come_first_and_a_holiday_is_as_busy_as_the_weekend():
    week = Week(tuple(4800 if hour >= 120 else 1200 for hour in range(168)), (0,) * 168)
    volumes = Volumes(week, CHICAGO, {}, without=1, of=1)
    best = search(wish(last=tomorrow(2)), standing(volumes=volumes, holidays={tomorrow(1): "Some Day"})).best
    assert [(slot.on, slot.orders) for slot in best] == [
        (tomorrow(), 3.0),
        (tomorrow(2), 3.0),
        (tomorrow(1), 12.0),
    ]


def test_an_urgent_order_counts_as_often_as_it_is_said():
    volumes = Volumes(Week((200,) * 168, (100,) * 168), CHICAGO, {}, without=1, of=1, weight=5)
    assert (
        search(wish(last=tomorrow(), length_seconds=3600, worst_seconds=3600), standing(volumes=volumes))
        .best[0]
        .orders
        == 6.0
    )


def test_clients_without_figures_count_with_their_share_of_the_platforms():
    volumes = Volumes(FLAT, CHICAGO, {}, without=1, of=4)
    assert (
        search(wish(last=tomorrow(), length_seconds=3600, worst_seconds=3600), standing(volumes=volumes))
        .best[0]
        .orders
        == 0.25
    )


def test_the_nearest_misses_have_the_least_against_them():
    windows = [span(7, system=BIZ, on=tomorrow()), span(8, system=RIS, on=tomorrow(1))]
    found = search(wish(last=tomorrow(1)), standing(windows, [frozen((2026, 11, 24), (2026, 11, 25))]))
    assert [(miss.on, len(miss.reasons)) for miss in found.nearest] == [(tomorrow(1), 1), (tomorrow(), 2)]


@st.composite
def situations(draw):
    first = draw(FIRST)
    days = st.integers(-7, 16).map(lambda number: first + timedelta(days=number))
    clients = [
        Affected(number, draw(ZONES), draw(LEADS), frozenset(draw(st.sets(days, max_size=3))), frozenset(draw(USED)))
        for number in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    taken = draw(st.dictionaries(days, st.sampled_from([BIZ, PACS, RIS]), max_size=3))
    walls = st.sampled_from([time(0), time(11), time(23, 30)])
    windows = [
        span(number, system=system, on=on, wall=draw(walls), seconds=draw(st.sampled_from([900, 5400])))
        for number, (on, system) in enumerate(taken.items())
    ]
    volumes = Volumes(
        draw(WEEKS), CHICAGO, {zone: draw(WEEKS) for zone in draw(st.sets(ZONES, max_size=2))}, 2, 7, 3
    )
    what = standing(windows, [frozen((2026, 12, 24), (2026, 12, 27), systems=draw(st.sampled_from([(), (RIS,)])))],
                    clients, volumes, {date(2026, 12, 25): "Christmas Day"})  # fmt: skip
    return draw(wishes(first)), what


@st.composite
def wishes(draw, first):
    return wish(
        first=first, last=first + timedelta(days=draw(st.integers(0, 6))), weekends=draw(st.booleans()),
        system_ids=draw(st.sampled_from([(RIS,), (PACS, RIS)])), worst_seconds=draw(DOWN),
        length_seconds=draw(st.sampled_from([900, 5400, 7200])), earliest=draw(EARLIEST),
        latest=draw(st.sampled_from([time(0), time(18), time(9, 15)])), step_minutes=draw(st.sampled_from([60, 30])),
        no_go=draw(TREATS), lead=draw(TREATS), twice=draw(TREATS),
    )  # fmt: skip


@given(situations())
@settings(max_examples=40, deadline=None)
def test_it_finds_what_a_search_by_brute_force_finds(situation):
    asked, stands = situation
    free = {(slot.on, slot.wall): (dict(slot.hit.counts), slot.orders) for slot in search(asked, stands).free}
    assert free == brute(asked, stands)


@given(situations())
@settings(max_examples=15, deadline=None)
def test_every_day_is_free_or_says_what_stood_against_it(situation):
    asked, stands = situation
    found = search(asked, stands)
    days = sorted([*(slot.on for slot in found.best), *(miss.on for miss in found.misses)])
    assert days == [
        asked.first + timedelta(days=number) for number in range((asked.last - asked.first).days + 1)
    ]
    assert all(miss.reasons for miss in found.misses)
    assert tuple(asked.treatment) == KINDS
