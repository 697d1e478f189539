import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeboard.refusal import Refusal
from maintenance.domain import lifecycle
from maintenance.domain.lifecycle import LIFE, Act, State

EVERY = [(state, act) for state in State for act in Act]


def test_the_straight_road_leads_from_planned_to_completed():
    state = State.PLANNED
    for act in (Act.ANNOUNCE, Act.GO, Act.FINISH, Act.COMPLETE):
        state = lifecycle.after(state, act)
    assert state is State.COMPLETED


def test_a_moved_window_is_announced_anew():
    assert lifecycle.after(State.ANNOUNCED, Act.MOVE) is State.PLANNED


@pytest.mark.parametrize(
    ("state", "legal"),
    [
        (State.PLANNED, ["announce", "move", "set_budget", "cancel", "go"]),
        (State.ANNOUNCED, ["move", "set_budget", "cancel", "go"]),
        (State.IN_PROGRESS, ["finish"]),
        (State.VERIFYING, ["complete"]),
        (State.COMPLETED, []),
        (State.CANCELLED, []),
    ],
)
def test_each_state_names_the_acts_that_are_possible_in_it(state, legal):
    assert lifecycle.legal(state) == legal


@pytest.mark.parametrize(("state", "act"), [pair for pair in EVERY if pair not in LIFE])
def test_an_act_without_a_line_in_the_table_is_a_conflict_that_names_the_legal_ones(state, act):
    with pytest.raises(Refusal) as refused:
        lifecycle.after(state, act)
    (reason,) = refused.value.reasons
    assert (refused.value.conflict, list(refused.value.legal), reason.facts["act"]) == (
        True,
        lifecycle.legal(state),
        act.value,
    )


def test_every_window_ends_completed_or_cancelled():
    ends = {state for state in State if not lifecycle.legal(state)}
    assert ends == {State.COMPLETED, State.CANCELLED}


@given(st.lists(st.sampled_from(Act), max_size=12))
def test_no_run_of_acts_comes_back_from_go(acts):
    state, went = State.PLANNED, False
    for act in acts:
        if (state, act) in LIFE:
            state = lifecycle.after(state, act)
            went = went or act is Act.GO
    assert went is (state in (State.IN_PROGRESS, State.VERIFYING, State.COMPLETED))


@given(st.sampled_from(State), st.sampled_from(Act))
def test_the_words_of_the_database_work_as_the_states_do(state, act):
    assert ((state, act) in LIFE) is (act.value in lifecycle.legal(state.value))
