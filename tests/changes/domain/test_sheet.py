from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from changes.domain.material import material
from changes.domain.sheet import Sheet, Step, Touch, differences, figures

SHEET = Sheet(title="Old", answers={"vpn": "no"}, steps=(Step(text="Do", undo="Undo", owner=1),))


def test_differences_say_each_field_from_and_to():
    after = replace(SHEET, title="New", answers={"vpn": "at_worst", "images": "no"})
    assert differences(SHEET, after) == {
        "title": ("Old", "New"),
        "answers.vpn": ("no", "at_worst"),
        "answers.images": (None, "no"),
    }


def test_an_empty_answer_is_the_same_as_none():
    assert differences(SHEET, replace(SHEET, answers={"vpn": "no", "clients": "  "})) == {}


def test_wording_is_not_material():
    after = replace(
        SHEET, title="New", why="New", client_paragraph="New", steps=(replace(SHEET.steps[0], owner=2),)
    )
    assert material(differences(SHEET, after)) == []


def test_what_to_do_meanwhile_is_wording_and_the_impact_is_not():
    before = replace(SHEET, services={7: Touch("degraded", 30)})
    worded = replace(SHEET, services={7: Touch("degraded", 30, "Ring us")})
    worse = replace(SHEET, services={7: Touch("outage", 30, "Ring us")})
    assert [material(differences(before, after)) for after in (worded, worse)] == [[], ["services"]]
    assert differences(before, worded) == {"meanwhile": ({}, {7: "Ring us"})}


def test_a_queue_that_comes_or_goes_is_material_its_name_is_wording():
    sheets = [
        replace(SHEET, services={7: Touch("degraded", 30, queue=name)}) for name in ("", "HL7", "DICOM")
    ]
    pairs = [(sheets[0], sheets[1]), (sheets[1], sheets[2]), (sheets[1], sheets[0])]
    assert [material(differences(*pair)) for pair in pairs] == [["services"], [], ["services"]]
    assert differences(*pairs[1]) == {"queues": ({7: "HL7"}, {7: "DICOM"})}


def test_whether_it_can_be_read_is_material_how_is_wording():
    sheets = [
        replace(SHEET, services={7: Touch("outage", 30, fallback=said, fallback_words=words)})
        for said, words in (("yes", ""), ("yes", "The mirror"), ("no", "The mirror"))
    ]
    pairs = [(sheets[0], sheets[1]), (sheets[1], sheets[2])]
    assert [material(differences(*pair)) for pair in pairs] == [[], ["services"]]


def test_a_regulated_function_is_material():
    after = replace(SHEET, regulated="yes", regulated_which="Critical-result calls")
    assert material(differences(SHEET, after)) == ["regulated", "regulated_which"]


def test_answers_plan_systems_and_window_are_material():
    after = replace(SHEET, window=4, systems=frozenset({1}), answers={"vpn": "at_worst"}, steps=())
    assert material(differences(SHEET, after)) == [
        "answers.vpn",
        "steps", "systems", "window",
    ]  # fmt: skip


@given(st.text(), st.integers(0, 10**6))
def test_figures_are_found_in_plain_answers_and_beside_text(text, seconds):
    found = figures({"planned_down": seconds, "undo": {"text": text, "seconds": seconds}})
    assert (found.planned_down_seconds, found.undo_seconds, found.confidence) == (seconds, seconds, None)
