from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from changes.forms.steps import EMPTY, rearranged, rows_typed

ROWS = [{"text": name} for name in "abc"]


def texts(rows):
    return "".join(row.get("text", "-") for row in rows)


def test_buttons_add_remove_and_move_rows():
    acts = ["step-add", "step-remove-2", "step-up-2", "step-down-1", "step-up-1", "step-down-3"]
    assert [texts(rearranged(ROWS, act)) for act in acts] == ["abc-", "ac", "bac", "bac", "abc", "abc"]


def test_a_new_row_is_in_the_window():
    assert rearranged([], "step-add") == [EMPTY]


def test_a_row_is_placed_anywhere_and_never_beyond_the_ends():
    acts = ["step-place-3-1", "step-place-1-3", "step-place-2-2", "step-place-1-99", "step-place-2"]
    assert [texts(rearranged(ROWS, act)) for act in acts] == ["cab", "bca", "abc", "bca", "abc"]


@given(st.integers(1, 3), st.integers(0, 9))
def test_placing_loses_no_row_and_keeps_the_order_of_the_others(at, to):
    placed = rearranged(ROWS, f"step-place-{at}-{to}")
    others = [row for row in ROWS if row != ROWS[at - 1]]
    assert ([row for row in placed if row in others], len(placed)) == (others, 3)


@given(st.text(max_size=30))
def test_a_made_up_button_loses_nothing(act):
    kept = rearranged(ROWS, f"step-{act}")
    assert len(kept) >= len(ROWS) - 1


def test_rows_left_empty_are_no_steps():
    data = QueryDict("steps=3&step-1-text=a&step-2-text=&step-2-undo=&step-3-undo=c")
    assert [(row["text"], row["undo"]) for row in rows_typed(data)] == [("a", ""), ("", "c")]


def test_a_count_that_is_none_reads_no_rows():
    assert rows_typed(QueryDict("steps=many&step-1-text=a")) == []
