import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.edits import (
    GONE,
    NEW,
    SAME,
    Did,
    Words,
    added_and_removed,
    differing_steps,
    differing_words,
    shortened,
)


def joined(runs, *how):
    return "".join(run.text for run in runs if run.how in how)


@given(st.text(max_size=200), st.text(max_size=200))
def test_what_stayed_with_what_went_is_the_old_text_and_with_what_came_the_new(was, now):
    runs = differing_words(was, now)
    assert (joined(runs, SAME, GONE), joined(runs, SAME, NEW)) == (was, now)


def test_only_the_words_that_differ_are_told():
    assert differing_words("down for 45 seconds", "down for 30 seconds") == [
        Words(SAME, "down for"), Words(GONE, " 45"), Words(NEW, " 30"), Words(SAME, " seconds"),
    ]  # fmt: skip


def test_texts_too_long_to_compare_are_told_whole():
    was, now = "a " * 801, "b"
    assert differing_words(was, now) == [Words(GONE, was), Words(NEW, now)]


def test_long_parts_that_stayed_are_cut_to_the_words_beside_a_change():
    runs = shortened(
        differing_words("start " * 40 + "old" + " end" * 40, "start " * 40 + "new" + " end" * 40)
    )
    assert [run.text.count("…") for run in runs] == [1, 0, 0, 1]
    assert runs[0].text == " …" + " start" * 8


def test_a_list_tells_what_came_and_what_went_each_as_often_as_it_did():
    assert added_and_removed(["RIS", "PACS", "PACS"], ["RIS", "PACS", "Biz"]) == (["Biz"], ["PACS"])


def steps(*texts, **fields):
    return [{"text": text, **fields} for text in texts]


def told(was, now):
    return [(edit.did, edit.number, edit.text) for edit in differing_steps(was, now)]


CASES = [
    (steps("A", "B"), steps("A", "B"), []),
    (steps("A"), steps("A", "B"), [(Did.ADDED, 2, "B")]),
    (steps("A", "B"), steps("B"), [(Did.REMOVED, 1, "A")]),
    (steps("A", "B", "C"), steps("C", "A", "B"), [(Did.MOVED, 1, "C")]),
    (steps("A", seconds=5), steps("A", seconds=9), [(Did.CHANGED, 1, "A")]),
    (
        steps("Bring up port on A"),
        steps("Bring up port on B"),
        [(Did.CHANGED, 1, "Bring up port on B")],
    ),
    (steps("Stop it"), steps("Call them"), [(Did.ADDED, 1, "Call them"), (Did.REMOVED, 1, "Stop it")]),
]


@pytest.mark.parametrize(("was", "now", "edits"), CASES)
def test_steps_are_added_removed_changed_and_moved(was, now, edits):
    assert told(was, now) == edits


def test_a_changed_step_names_each_field_from_and_to():
    (edit,) = differing_steps(steps("A", undo="x", seconds=5), steps("A", undo="y", seconds=5))
    assert edit.fields == (("undo", "x", "y"),)


plans = st.lists(st.sampled_from("ABCDEF"), max_size=8).map(lambda texts: steps(*texts))


@given(plans, plans)
def test_the_steps_before_with_those_added_and_without_those_removed_are_the_steps_now(was, now):
    did = [edit.did for edit in differing_steps(was, now)]
    assert len(was) + did.count(Did.ADDED) - did.count(Did.REMOVED) == len(now)
    assert (differing_steps(was, was), did.count(Did.CHANGED)) == ([], 0)


def test_three_hundred_new_steps_are_compared_in_no_time():
    was, now = steps(*map(str, range(300))), steps(*map(str, range(300, 600)))
    assert len(differing_steps(was, now)) == 600
