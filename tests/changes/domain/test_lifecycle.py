import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeboard.refusal import Refusal
from changes.domain import lifecycle
from changes.domain.lifecycle import LIFE, Act, State


def test_the_straight_road_leads_from_draft_to_closed():
    state = State.DRAFT
    for act in (
        Act.SUBMIT,
        Act.PLACE,
        Act.APPROVE,
        Act.RIDE,
        Act.START,
        Act.VERIFY,
        Act.IMPLEMENT,
        Act.CLOSE,
    ):
        state = lifecycle.after(state, act)
    assert state is State.CLOSED


def test_every_state_before_in_progress_can_be_withdrawn_and_no_other():
    withdrawable = {state for state in State if lifecycle.allows(state, Act.WITHDRAW)}
    assert withdrawable == {
        State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.DEFERRED, State.APPROVED, State.SCHEDULED,
    }  # fmt: skip


def test_an_illegal_act_is_a_conflict_that_names_the_legal_ones():
    with pytest.raises(Refusal) as refused:
        lifecycle.after(State.DRAFT, Act.APPROVE)
    assert (refused.value.conflict, refused.value.legal) == (
        True,
        ("edit", "submit", "preapprove", "withdraw"),
    )


def test_what_is_over_stays_over():
    assert {state for state in State if not lifecycle.legal(state)} == set(lifecycle.OVER)


@given(st.lists(st.sampled_from(list(Act))))
def test_nothing_runs_that_was_not_approved(acts):
    state, approved = State.DRAFT, False
    for act in acts:
        state = LIFE.get((state, act), state)
        approved = (approved and state not in lifecycle.BEFORE_APPROVAL) or state is State.APPROVED
        assert approved or state not in lifecycle.RODE
