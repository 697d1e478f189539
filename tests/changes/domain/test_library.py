from dataclasses import replace

import pytest

from changes.domain.library import differences, missing
from changes.domain.sheet import Step

STEP = Step(text="Drain the queues", undo="Let them fill", planned_seconds=300)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({}, []),
        ({"text": " "}, ["library.no_text"]),
        ({"undo": ""}, ["library.no_undo"]),
        ({"text": "", "undo": "\t"}, ["library.no_text", "library.no_undo"]),
    ],
)
def test_a_step_says_what_is_done_and_how_it_is_undone(given, codes):
    assert [reason.code for reason in missing(replace(STEP, **given))] == codes


def test_a_difference_is_from_and_to_and_never_the_owner():
    now = replace(STEP, planned_seconds=60, needs_downtime=True, owner=7)
    assert differences(STEP, now) == {"planned_seconds": (300, 60), "needs_downtime": (False, True)}
