from dataclasses import replace

import pytest

from changes.domain.risk import Axis, Level, Part, Rule, Rules
from changes.domain.risk_questions import (
    Asking,
    Ties,
    edit_faults,
    faults,
    key_of,
    moved,
    out_faults,
    unjust,
)

LEVELS = tuple(zip((0, 5, 10, 17), Level, strict=True))
ASKED = Asking(text="How many nodes?", type="number")
CHOICE = Asking(text="How?", type="choice", choices=(("no", "No"), ("some", "Some"), ("all", "All")))


def rules(*parts):
    return Rules(tuple(Rule(Axis.IMPACT, (part,)) for part in parts), LEVELS)


def codes(reasons):
    return [(reason.code.removeprefix("risk_question."), reason.field) for reason in reasons]


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [
        ("How many nodes?", (), "how_many_nodes"),
        ("How many nodes?", ("how_many_nodes", "how_many_nodes_2"), "how_many_nodes_3"),
        ("Levels", (), "levels_2"),
        ("Affected clients", (), "affected_clients_2"),
        ("Größe", (), "groe"),
        ("🚀 多少?", (), "question"),
        ("x" * 200, (), "x" * 30),
    ],
)
def test_a_key_is_made_of_the_text_and_is_nobody_elses(text, taken, key):
    assert key_of(text, taken) == key


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"text": " "}, [("no_text", "text")]),
        ({"choices": (("no", "No"),)}, [("number_of_choices", "choices")]),
        ({"choices": tuple((f"c{n}", f"C{n}") for n in range(12))}, []),
        ({"choices": tuple((f"c{n}", f"C{n}") for n in range(13))}, [("number_of_choices", "choices")]),
        ({"text": "", "choices": (("no", "No"), ("no", "NO"))},
         [("no_text", "text"), ("code_twice", "choices"), ("words_twice", "choices")]),
    ],
)  # fmt: skip
def test_everything_that_cannot_be_asked_is_said_at_once(given, found):
    assert codes(faults(replace(CHOICE, **given))) == found


@pytest.mark.parametrize(
    ("ties", "found"),
    [
        (Ties("nodes"), []),
        (Ties("nodes", answered=1), [("type_answered", "type")]),
        (Ties("nodes", versions=[2]), [("type_judged", "type")]),
        (Ties("confidence"), [("type_own", "type")]),
    ],
)
def test_the_type_stays_once_anything_leans_on_it(ties, found):
    assert codes(edit_faults(ASKED, replace(ASKED, type="text"), ties)) == found


def test_what_the_product_reads_is_always_required_and_free_in_its_words():
    free = replace(ASKED, text="Other words", help="Other hint")
    assert edit_faults(ASKED, free, Ties("confidence")) == []
    assert codes(edit_faults(ASKED, replace(free, required=False), Ties("confidence"))) == [
        ("own_is_required", "required")
    ]


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ((("no", "Never"), ("few", "Few"), ("all", "Every one")), []),
        ((("some", "Some"), ("all", "All")), [("choice_held", "choices")]),
        ((("all", "All"), ("no", "No")), [("order_held", "choices")]),
    ],
)
def test_choices_that_are_held_keep_code_and_order(choices, found):
    ties = Ties("how", answered=3, codes={"no", "all"})
    assert codes(edit_faults(CHOICE, replace(CHOICE, choices=choices), ties)) == found


def test_what_the_product_or_the_rules_in_force_read_stays_in_use():
    named = [Ties("undo"), Ties("nodes", versions=[2], judged_by=2), Ties("nodes", answered=9, versions=[3])]
    assert [codes(out_faults(ties)) for ties in named] == [[("own", "")], [("judged", "")], []]


@pytest.mark.parametrize(
    ("points", "found"),
    [
        ({"no": 0, "some": 1, "all": 1}, []),
        ({"no": 0, "some": 2}, [("less_for_worse", "choices")]),
        ({}, []),
    ],
)
@pytest.mark.parametrize("named", ["how", "*"])
def test_a_worse_choice_never_gives_fewer_points(named, points, found):
    given = rules(Part(named, choices=points)) if points else rules()
    assert codes(unjust("how", CHOICE, given)) == found


@pytest.mark.parametrize(("place", "order"), [(1, "bac"), (2, "abc"), (3, "acb"), (0, "bac"), (99, "acb")])
def test_a_question_moves_to_its_place_and_no_further_than_the_ends(place, order):
    assert "".join(moved("abc", "b", place)) == order
