from hypothesis import given
from hypothesis import strategies as st

from changes.domain.meeting_points import Part, shared

ids = st.frozensets(st.integers(1, 9))
parts = st.builds(Part, ids, ids, ids)


@given(parts, parts)
def test_two_changes_meet_in_the_same_points_whichever_is_asked(one, other):
    assert shared(one, other) == shared(other, one)


@given(parts)
def test_a_change_shares_all_with_its_like_and_nothing_with_an_empty_one(one):
    assert (shared(one, one), shared(one, Part()).is_nothing) == (one, True)


@given(parts, parts, parts)
def test_touching_more_never_makes_a_clash_go_away(one, more, other):
    wider = Part(one.systems | more.systems, one.services | more.services, one.people | more.people)
    assert shared(wider, other).clashes >= shared(one, other).clashes


def test_one_system_alone_is_no_clash_but_a_service_or_a_person_is():
    one = frozenset({1})
    assert [Part(one).clashes, Part(services=one).clashes, Part(people=one).clashes] == [False, True, True]
