import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.domain.inviting import Method, Said, owed

FIRST = Said(Method.REQUEST, 0, 0)


@pytest.mark.parametrize(
    ("revision", "comes", "said", "wanted"),
    [
        (0, True, [], FIRST),
        (0, True, [FIRST], None),
        (1, True, [FIRST], Said(Method.REQUEST, 1, 1)),
        (1, False, [FIRST], Said(Method.CANCEL, 1, 1)),
        (0, False, [FIRST], Said(Method.CANCEL, 0, 1)),
        (0, False, [], None),
        (0, True, [FIRST, Said(Method.CANCEL, 0, 1)], Said(Method.REQUEST, 0, 2)),
        (3, True, [], Said(Method.REQUEST, 3, 3)),
    ],
)
def test_what_a_member_is_still_to_be_told(revision, comes, said, wanted):
    assert owed(revision=revision, comes=comes, said=said) == wanted


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30))
def test_sequences_only_rise_and_the_last_word_is_what_holds(turns):
    said, revision = [], 0
    for moves, comes in turns:
        revision += moves
        wanted = owed(revision=revision, comes=comes, said=said)
        said += [wanted] if wanted else []
        assert owed(revision=revision, comes=comes, said=said) is None
        invited = bool(said) and said[-1].method is Method.REQUEST
        assert invited == comes
    sequences = [each.sequence for each in said]
    assert sequences == sorted(set(sequences))
