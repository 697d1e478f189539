from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeboard.refusal import Refusal
from changes.domain import template_life
from changes.domain.template_life import LIFE, Act, State

ON = date(2026, 11, 17)


@given(st.lists(st.sampled_from(list(Act))))
def test_no_path_leads_to_a_valid_template_but_by_the_board(acts):
    state, by_the_board = State.PROPOSED, False
    for act in acts:
        came_from, state = state, LIFE.get((state, act), state)
        if state is not came_from:
            by_the_board = act is Act.APPROVE or (by_the_board and act is Act.SUSPEND)
        assert by_the_board == (state in template_life.BY_THE_BOARD)


def test_an_illegal_act_is_a_conflict_that_names_the_legal_ones():
    with pytest.raises(Refusal) as refused:
        template_life.after("rejected", Act.SUSPEND)
    assert (refused.value.conflict, refused.value.legal) == (True, ("propose_again",))


def test_what_is_retired_stays_retired():
    assert template_life.legal("retired") == []


@pytest.mark.parametrize(
    ("state", "expires_on", "codes"),
    [
        ("approved", date(2026, 11, 18), []),
        ("approved", ON, []),
        ("approved", date(2026, 11, 16), ["template.is_expired"]),
        ("suspended", date(2026, 11, 16), ["template.is_suspended"]),
        ("proposed", date(2026, 11, 18), ["template.is_proposed"]),
    ],
)
def test_a_template_is_valid_when_approved_until_its_last_day(state, expires_on, codes):
    assert [each.code for each in template_life.unusable(state, expires_on, on=ON)] == codes
