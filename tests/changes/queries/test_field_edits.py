import pytest

from changes.domain.edits import Words
from changes.queries.answered import Asked
from changes.queries.field_edits import field_edits

QUESTIONS = {
    "vpn": Asked(
        "Could it interrupt VPN tunnels?", "choice", {"no": "No", "at_worst": "Only if it goes wrong"}
    )
}
A = ["during", "Bring up A", "Shut A", 45, 30, 30, False]
B = ["during", "Bring up B", "Shut B", 45, 30, 30, False]


def one(name, was, now, **more):
    (edit,) = field_edits({name: [was, now], **more}, QUESTIONS)
    return edit


@pytest.mark.parametrize(
    ("name", "was", "now", "told"),
    [
        ("title", "Old", "New", ("What will change", "Old", "New")),
        ("window", None, "RIS-2026-12", ("Window", "nothing", "RIS-2026-12")),
        ("kind", "normal", "emergency", ("Kind", "Normal", "Emergency")),
        ("answers.vpn", "no", "at_worst", ("Could it interrupt VPN tunnels?", "No", "Only if it goes wrong")),
        ("answers.confidence", 90, 95, ("confidence", "90", "95")),
        ("answers.undo", {"text": "Pull it", "seconds": 90}, None, ("undo", "Pull it, 1:30", "nothing")),
        ("read_only", False, True, ("Read only", "no", "yes")),
    ],
)
def test_a_short_value_is_told_from_and_to_in_words(name, was, now, told):
    edit = one(name, was, now)
    assert (edit.label, edit.was, edit.now) == told


def test_a_long_text_is_told_word_by_word():
    edit = one(
        "why", "Support of the present set-up ends in May", "Support of the present set-up ends in June"
    )
    assert edit.words[-2:] == [Words("gone", " May"), Words("new", " June")]
    assert (edit.was, edit.now) == ("", "")


def test_a_text_that_was_not_there_before_is_told_whole():
    edit = one("why", "", "x " * 50)
    assert (edit.was, edit.words) == ("nothing", [])


def test_a_list_is_told_by_what_came_and_went():
    edit = one("systems", ["RIS", "PACS"], ["RIS", "Biz"])
    assert (edit.added, edit.removed) == (["Biz"], ["PACS"])


def told(edit):
    return [(line.edit.did, line.edit.number, line.edit.text, line.fields) for line in edit.steps]


def test_a_plan_is_told_step_by_step():
    slower = [*B[:4], 60, 60, True]
    edit = one("steps", [A, B], [slower])
    assert told(edit) == [
        ("changed", 1, "Bring up B", [
            ("planned length", "0:30", "1:00"), ("length at worst", "0:30", "1:00"), ("needs downtime", "no", "yes"),
        ]),
        ("removed", 1, "Bring up A", []),
    ]  # fmt: skip


def test_owners_are_told_with_their_steps_or_alone_by_place():
    with_steps = one("steps", [A], [A, B], owners=[["Nora"], ["Sam", "Sam"]])
    alone = one("owners", ["Nora", ""], ["Nora", "Sam"])
    assert told(with_steps) == [
        ("changed", 1, "Bring up A", [("owner", "Nora", "Sam")]),
        ("added", 2, "Bring up B", []),
    ]
    assert told(alone) == [("changed", 2, "", [("owner", "nothing", "Sam")])]


@pytest.mark.parametrize(
    "fields", [None, "text", 5, {"title": "no pair"}, {"steps": [None, 3]}, {"steps": [[7], [None]]}]
)
def test_facts_of_a_shape_nobody_knows_never_fail(fields):
    assert isinstance(field_edits(fields, {}), list)


def test_an_event_that_only_names_fields_names_them():
    assert [edit.label for edit in field_edits(["window", "answers.vpn"], QUESTIONS)] == [
        "Window", "Could it interrupt VPN tunnels?",
    ]  # fmt: skip
