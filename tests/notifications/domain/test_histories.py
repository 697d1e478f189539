"""Whatever happens to a window, each mailbox read from the top tells one true story (FIELD.md, PRODUCT.md 6)."""

import os
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.domain.impact import Concern, Impact
from notifications.domain.milestones import AHEAD, Audience, Line, Milestone, When
from notifications.domain.picture import Reader, Revision
from notifications.domain.quiet import Quiet
from tests.notifications.domain.a_window import (
    AS_USUAL,
    END,
    ORIGINAL,
    RIS,
    SLOWER,
    STANDARD_DAYS,
    START,
    WORKLIST,
)
from tests.notifications.domain.simulation import Mail, World

M = Milestone
# `make test` searches a little; the full search is 10,000 (see the README).
HISTORIES = int(os.environ.get("HISTORIES", "150"))
ZONES = ("America/Chicago", "Pacific/Honolulu", "Asia/Kolkata", "Europe/London", "Pacific/Kiritimati")
# Everybody hears that RIS is down; the worklist concerns who uses it, and some use nothing else of it.
IMPACTS = (AS_USUAL, SLOWER, Impact())
USES = (Concern(frozenset({RIS})), Concern(services=frozenset({WORKLIST})), Concern(frozenset({99})))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

acts = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 24 * 12)),
    st.tuples(st.just("move"), st.integers(-20 * 24, 40 * 24)),
    st.tuples(st.just("cancel"), st.just(0)),
    st.tuples(st.just("impact"), st.integers(0, 2)),
    st.tuples(st.just("concerns"), st.integers(1, 5)),
    st.tuples(st.just("no longer concerns"), st.integers(1, 5)),
    st.tuples(st.just("leaves"), st.integers(1, 5)),
    st.tuples(st.just("another channel"), st.integers(1, 5)),
    st.tuples(st.just("policy"), st.integers(0, len(AHEAD) - 1)),
    st.tuples(st.just("quiet"), st.integers(-2, 30)),
    st.tuples(st.just("outage"), st.integers(1, 72)),
)


def reader(number: int) -> Reader:
    return Reader(number, Audience.CLIENTS, ZONES[number % len(ZONES)], "email")


def line(milestone: Milestone) -> Line:
    return Line(Audience.CLIENTS, When.EVERY_WINDOW, milestone, STANDARD_DAYS[milestone])


def a_world() -> World:
    readers = {number: reader(number) for number in (1, 2, 3)}
    concerns = {number: USES[number % len(USES)] for number in range(1, 6)}
    lines = [line(M.TWO_WEEKS), line(M.DAY_BEFORE)]
    world = World([ORIGINAL], lines, readers, START - 25 * DAY, concerns)
    world.tick()
    return world


def do(world: World, act: str, figure: int) -> None:
    if act == "wait":
        world.walk(figure * HOUR)
    elif act in ("move", "cancel") and world.now < world.present.starts_at and not is_over(world):
        change(world, act, figure * HOUR)
    elif act == "impact" and world.now < world.present.starts_at and not is_over(world):
        touch(world, IMPACTS[figure])
    elif act == "concerns":
        world.readers.setdefault(figure, reader(figure))
    elif act == "no longer concerns":
        world.readers.pop(figure, None)
    elif act == "leaves":
        world.left.add(figure)
    elif act == "another channel":
        world.ways[figure] = "email" if world.ways.get(figure) == "sms" else "sms"
    elif act == "policy":
        asked = line(AHEAD[figure])
        world.lines = [each for each in world.lines if each != asked] or [line(M.DAY_BEFORE)]
        world.lines += [] if asked in world.lines else [asked]
    elif act == "quiet":
        keep_quiet(world, figure)
    elif act == "outage":
        world.is_down = True
        world.walk(figure * HOUR)
        world.is_down = False
    world.tick()


def keep_quiet(world: World, days: int) -> None:
    """A quiet period of up to a week that begins in so many days; one that stands already is taken back."""
    first = (world.now + days * DAY).date()
    others = [each for each in world.quiet if not each.covers(first)]
    told = [Quiet(first, first + days % 7 * DAY, world.now)]
    world.quiet = others if len(others) < len(world.quiet) else [*others, *told]


def is_over(world: World) -> bool:
    return world.present.kind == "cancelled"


def change(world: World, act: str, by: timedelta) -> None:
    start = world.present.starts_at + (by if act == "move" else timedelta(0))
    if start <= world.now:
        return
    kind = "moved" if act == "move" else "cancelled"
    number = world.present.number + 1
    end, impact = start + (END - START), world.present.impact
    world.revisions.append(Revision(number, start, end, kind, world.now, impact))


def touch(world: World, impact: Impact) -> None:
    """What the window does changes, its times stay."""
    now_true = world.present
    if impact != now_true.impact:
        number, (start, end) = now_true.number + 1, world.times
        world.revisions.append(Revision(number, start, end, "impact", world.now, impact))


def read(mails: list[Mail], number: int) -> tuple | None:
    """What the reader believes after reading all of it: the window's times and what stops, or None. Fails at a
    contradiction."""
    believed = None
    for mail in (each for each in mails if each.contact_id == number):
        if mail.milestone is M.MOVED:
            assert believed is not None, f"told of a move from a date never heard of: {mail}"
            assert believed[0] != mail.times, f"told of a move to the date already known: {mail}"
        elif mail.milestone is M.CHANGED:
            assert believed is not None, f"told of a change of what was never announced: {mail}"
            assert believed[0] == mail.times, f"told of a change at another date: {mail}"
            assert believed[1] != mail.impact, f"told of a change that is none: {mail}"
        elif mail.milestone is M.CANCELLED:
            assert believed is not None, f"told that off is what was never announced: {mail}"
        else:
            assert believed in (None, said(mail)), f"{mail} contradicts {believed}"
        believed = None if mail.milestone is M.CANCELLED else said(mail)
    return believed


def said(mail: Mail) -> tuple:
    return mail.times, mail.impact


def truth(world: World, number: int) -> tuple:
    return world.times, world.impact_for(number)


@settings(max_examples=HISTORIES, deadline=None)
@given(st.lists(acts, max_size=14))
def test_each_mailbox_ends_with_one_true_story_and_no_contradiction(history):
    world = a_world()
    for act, figure in history:
        do(world, act, figure)
    world.walk(max(world.present.ends_at - world.now, timedelta(0)) + DAY)
    for number in range(1, 6):
        believed = read(world.mails, number)
        if number not in world.left:
            assert believed in (None, None if is_over(world) else truth(world, number))


@settings(max_examples=HISTORIES, deadline=None)
@given(st.lists(acts, max_size=14))
def test_nobody_hears_the_same_twice_in_one_revision_and_nothing_after_leaving(history):
    world = a_world()
    for act, figure in history:
        before, gone = len(world.mails), set(world.left)
        do(world, act, figure)
        assert not gone & {mail.contact_id for mail in world.mails[before:]}
    told = [(entry.revision, *entry.key) for entry in world.ledger.entries]
    assert len(told) == len(set(told))


@settings(max_examples=HISTORIES, deadline=None)
@given(st.lists(acts, max_size=10))
def test_whoever_is_concerned_two_days_before_is_told_in_time(history):
    world = a_world()
    for act, figure in history:
        do(world, act, figure)
    world.walk(max(world.present.starts_at - 2 * DAY - world.now, timedelta(0)))
    concerned = set(world.readers) - world.left
    in_time = world.now <= world.present.starts_at - 2 * DAY and not is_over(world)
    world.walk(max(world.present.starts_at - world.now, timedelta(0)))
    if in_time:
        for number in concerned:
            assert read(world.mails, number) == truth(world, number)


@settings(max_examples=HISTORIES, deadline=None)
@given(st.lists(acts, max_size=14))
def test_a_second_round_changes_nothing(history):
    world = a_world()
    for act, figure in history:
        do(world, act, figure)
        ledger, mails = list(world.ledger.entries), len(world.mails)
        world.tick()
        assert (world.ledger.entries, len(world.mails)) == (ledger, mails)
