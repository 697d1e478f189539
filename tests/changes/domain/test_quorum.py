import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.quorum import Lean, Seat, Tally, may_vote, quorum, tally

SEATS = [Seat(number, f"M{number}", number % 4) for number in range(12)]


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


def test_a_missing_quorum_names_who_is_away():
    assert quorum(SEATS[:3], {0}).missing == ("M1", "M2")


def test_a_guest_does_not_count():
    assert quorum(SEATS[:4], {0, 99}).present == 1


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


@given(st.lists(st.sampled_from(["approve", "object", "abstain"]), max_size=12), st.integers(0, 6))
def test_what_is_mathematically_decided_stays_so_whoever_votes_next(choices, still_to_come):
    now = tally(choices, len(choices) + still_to_come).lean
    ends = {
        tally([*choices, *[vote] * still_to_come], len(choices) + still_to_come).lean
        for vote in ("approve", "object", "abstain")
    }
    assert now in (Lean.OPEN, Lean.TIE) or ends == {now}


def test_nobody_votes_on_their_own_change_nor_does_a_substitute_they_named():
    assert may_vote(1, requester_id=2, named_by_requester={3})
    assert not may_vote(2, requester_id=2, named_by_requester=set())
    assert not may_vote(3, requester_id=2, named_by_requester={3})
