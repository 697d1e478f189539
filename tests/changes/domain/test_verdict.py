import pytest

from changes.domain.quorum import Seat, count
from changes.domain.verdict import Bar, Verdict, against, barred, is_casting

SEATS = [Seat(number, f"M{number}", number % 4, f"G{number % 4}") for number in range(6)]
WORDS = {"a": "approve", "o": "object", "-": "abstain"}


def codes(verdict, votes, bar=None, present=range(6)):
    cast = {place: WORDS[vote] for place, vote in enumerate(votes)}
    return [each.code for each in against(verdict, count(SEATS, cast, present=set(present)), bar=bar)]


@pytest.mark.parametrize(
    ("requester", "pairs", "conflicted", "found"),
    [
        (1, [], [], {1: Bar.OWN}),
        (1, [(1, 7)], [], {1: Bar.OWN, 7: Bar.PAIR}),
        (7, [(1, 7)], [], {7: Bar.OWN, 1: Bar.PAIR}),
        (9, [(1, 7)], [2], {9: Bar.OWN, 2: Bar.CONFLICT}),
        (2, [], [2], {2: Bar.OWN}),
        (None, [(1, 7)], [], {}),
    ],
)
def test_who_has_no_vote_and_why(requester, pairs, conflicted, found):
    assert barred(requester_id=requester, pairs=pairs, conflicted=conflicted) == found


@pytest.mark.parametrize(
    ("verdict", "votes", "present", "expected"),
    [
        ("approve", "aaao", range(6), []),
        ("approve", "ooaaoo", range(6), ["decision.approve_against_the_votes"]),
        ("reject", "aaao", range(6), ["decision.reject_against_the_votes"]),
        ("reject", "ooo", range(6), []),
        ("approve", "", range(6), ["decision.nobody_approved"]),
        ("reject", "---", range(6), ["decision.nobody_objected"]),
        ("defer", "", range(6), []),
        ("defer", "", range(2), ["decision.no_quorum"]),
        ("approve", "aa", range(2), ["decision.no_quorum"]),
        ("approve", "aao", range(3), []),
        ("approve", "aaoo", range(4), []),
        ("reject", "aaoo", range(4), []),
        ("approve", "aaoo", range(5), ["decision.tie_is_open"]),
    ],
)
def test_what_speaks_against_a_decision(verdict, votes, present, expected):
    assert codes(Verdict(verdict), votes, present=present) == expected


@pytest.mark.parametrize(
    ("bar", "code"),
    [
        (Bar.OWN, "decision.own_change"),
        (Bar.PAIR, "decision.own_change"),
        (Bar.CONFLICT, "decision.conflict"),
    ],
)
def test_who_has_no_vote_records_no_decision(bar, code):
    assert codes(Verdict.APPROVE, "aaaa", bar=bar) == [code]


@pytest.mark.parametrize(
    ("verdict", "votes", "casting"),
    [
        ("approve", "aaoo", True),
        ("reject", "aaoo", True),
        ("defer", "aaoo", False),
        ("approve", "aao", False),
        ("approve", "--", False),
    ],
)
def test_the_chair_has_a_casting_vote_only_on_a_tie(verdict, votes, casting):
    cast = {place: WORDS[vote] for place, vote in enumerate(votes)}
    assert is_casting(Verdict(verdict), count(SEATS, cast)) == casting
