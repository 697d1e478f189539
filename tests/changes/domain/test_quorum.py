from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.quorum import Lean, Needed, Seat, Standing, Tally, count, quorum, tally

SEATS = [Seat(number, f"M{number}", number % 4, f"G{number % 4}") for number in range(12)]
CHOICES = st.sampled_from(["approve", "object", "abstain"])
NOBODY_NEEDED = Needed(percent=1, groups=0)


@pytest.mark.parametrize(
    ("members", "present", "groups", "is_met"),
    [
        (12, [0, 1, 2, 3, 4, 5], 4, True),
        (12, [0, 1, 2, 3, 4], 4, False),
        (11, [0, 1, 2, 3, 4, 5], 4, True),
        (11, [0, 1, 2, 3, 4], 4, False),
        (5, [0, 1, 2], 3, True),
        (5, [0, 1, 4], 2, False),
    ],
)
def test_quorum_is_half_of_the_members_rounded_up_from_three_groups(members, present, groups, is_met):
    counted = quorum(SEATS[:members], set(present))
    assert (counted.groups, counted.is_met) == (groups, is_met)


@pytest.mark.parametrize(
    ("needed", "present", "is_met"),
    [(Needed(67, 3), 8, False), (Needed(67, 3), 9, True), (Needed(1, 2), 2, True), (Needed(1, 2), 1, False)],
)
def test_the_share_and_the_groups_are_settings(needed, present, is_met):
    assert quorum(SEATS, set(range(present)), needed=needed).is_met == is_met


def test_a_missing_quorum_names_who_is_away_and_which_groups_have_nobody():
    counted = quorum(SEATS[:5], {0})
    assert (counted.missing, counted.missing_groups) == (("M1", "M2", "M3", "M4"), ("G1", "G2", "G3"))


def test_a_guest_does_not_count():
    assert quorum(SEATS[:4], {0, 99}).present == 1


def test_who_is_barred_does_not_count_though_their_seat_is_one_of_the_members():
    counted = quorum(SEATS[:4], {0, 1}, barred={1})
    assert (counted.present, counted.members, counted.missing) == (1, 4, ("M2", "M3"))


@pytest.mark.parametrize(
    ("votes", "lean"),
    [
        (Tally(4, 1, 0, 1), Lean.APPROVE),
        (Tally(3, 1, 0, 2), Lean.OPEN),
        (Tally(1, 4, 0, 1), Lean.OBJECT),
        (Tally(3, 3, 0, 0), Lean.TIE),
        (Tally(0, 0, 6, 0), Lean.TIE),
    ],
)
def test_an_item_is_decided_as_soon_as_those_to_come_cannot_turn_it(votes, lean):
    assert votes.lean is lean


# Six members of four groups: three of three groups are a quorum. "a" approves, "o" objects, "-" abstains.
@pytest.mark.parametrize(
    ("votes", "barred", "is_over", "standing"),
    [
        ("", [], False, Standing.OPEN),
        ("aaa", [], False, Standing.OPEN),
        ("aaaa", [], False, Standing.DECIDED),
        ("aaa-", [], False, Standing.DECIDED),
        ("aaao", [], False, Standing.OPEN),
        ("oooo", [], False, Standing.DECIDED),
        ("aaaooo", [], False, Standing.TIE),
        ("------", [], False, Standing.HOPELESS),
        ("aaa", [5], False, Standing.DECIDED),
        ("", [0, 1, 2], False, Standing.OPEN),
        ("", [0, 1, 2, 3], False, Standing.HOPELESS),
        ("aa", [], True, Standing.HOPELESS),
        ("aao", [], True, Standing.DECIDED),
        ("ao-", [], True, Standing.TIE),
        ("---", [], True, Standing.HOPELESS),
    ],
)
def test_an_item_is_decided_tied_hopeless_or_open(votes, barred, is_over, standing):
    words = {"a": "approve", "o": "object", "-": "abstain"}
    cast = {place: words[vote] for place, vote in enumerate(votes)}
    assert count(SEATS[:6], cast, barred=barred, is_over=is_over).standing is standing


def test_the_requesters_seat_is_not_to_come():
    assert count(SEATS[:6], {0: "approve"}, barred={5}).tally == Tally(1, 0, 0, 4)


def test_the_vote_of_who_is_barred_no_longer_counts():
    assert count(SEATS[:6], {0: "approve", 5: "object"}, barred={5}).tally == Tally(1, 0, 0, 4)


def test_who_is_present_and_has_not_voted_is_named():
    assert count(SEATS[:6], {0: "approve"}, present={0, 1, 2}, barred={2}).silent == ("M1",)


votes_of_a_board = st.dictionaries(st.integers(0, 7), CHOICES, max_size=8)
benches = st.tuples(st.integers(1, 8), votes_of_a_board, st.sets(st.integers(0, 7), max_size=4))


@given(st.lists(CHOICES, max_size=4))
def test_the_order_of_votes_does_not_matter(choices):
    assert len({tally(each, 6) for each in permutations(choices)}) <= 1


@given(benches)
def test_nothing_is_decided_both_ways(bench):
    members, votes, barred = bench
    stands = count(SEATS[:members], votes, barred=barred, needed=NOBODY_NEEDED)
    tally = stands.tally
    ways = (
        tally.approve > tally.objections + tally.to_come,
        tally.objections > tally.approve + tally.to_come,
    )
    assert sum(ways) == (tally.lean in (Lean.APPROVE, Lean.OBJECT))


@given(benches, st.lists(CHOICES, min_size=8, max_size=8), st.booleans())
def test_what_is_decided_stays_decided_whatever_else_comes(bench, later, is_over):
    members, votes, barred = bench
    now = count(SEATS[:members], votes, barred=barred)
    rest = {place: later[place] for place in range(members) if place not in votes}
    end = count(SEATS[:members], votes | rest, barred=barred, is_over=is_over)
    if now.standing is Standing.DECIDED:
        assert (end.standing, end.tally.lean) == (Standing.DECIDED, now.tally.lean)
    if now.standing is Standing.HOPELESS:
        assert end.standing is Standing.HOPELESS or end.tally.lean is Lean.OBJECT


@given(benches, st.booleans())
def test_with_nobody_to_come_nothing_stays_open_but_for_want_of_a_quorum(bench, is_over):
    members, votes, barred = bench
    votes = dict.fromkeys(range(members), "abstain") | votes
    assert count(SEATS[:members], votes, barred=barred, is_over=is_over).standing is not Standing.OPEN
