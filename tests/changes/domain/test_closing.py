"""Closing counts: what a change needs before it, and which codes a review allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain import closing, troubles
from changes.domain.closing import CarriedOut

QUIET = CarriedOut()
REVIEWED = CarriedOut(reviewed="as_planned")
codes = st.sampled_from(sorted(closing.CODES))
outcomes = st.sampled_from(["", *closing.SAME])
went = st.builds(CarriedOut, st.booleans(), st.booleans(), st.sampled_from([0, 30]), outcomes)


def found(was, code, records=()):
    return [each.code for each in closing.faults(was, close_code=code, troubles=records)]


def test_a_quiet_change_that_went_well_is_closed_without_a_review():
    assert found(QUIET, "successful") == []


@pytest.mark.parametrize(
    ("was", "code", "refused"),
    [
        (CarriedOut(is_emergency=True), "successful", ["close.no_review"]),
        (CarriedOut(down_seconds=1), "successful", ["close.no_review_down"]),
        (CarriedOut(was_backed_out=True), "backed_out", ["close.no_review_backed_out"]),
        (QUIET, "unsuccessful", ["close.no_review_unsuccessful"]),
        (QUIET, "successful_with_issues", ["close.no_review_with_issues"]),
    ],
)
def test_what_did_not_go_quietly_is_reviewed_first(was, code, refused):
    assert found(was, code, ["INC-7"]) == refused


@pytest.mark.parametrize(
    ("reviewed", "code", "fits"),
    [
        ("as_planned", "successful", True),
        ("as_planned", "unsuccessful", False),
        ("with_issues", "successful", False),
        ("with_issues", "unsuccessful", True),
        ("with_issues", "successful_with_issues", True),
        ("backed_out", "backed_out", True),
        ("backed_out", "successful", False),
    ],
)
def test_the_close_code_says_what_the_review_says(reviewed, code, fits):
    assert (found(CarriedOut(reviewed=reviewed), code, ["INC-7"]) == []) is fits


def test_what_was_backed_out_is_closed_as_nothing_else():
    was = CarriedOut(was_backed_out=True, reviewed="backed_out")
    assert (found(was, "successful"), found(was, "backed_out")) == (["close.was_backed_out"], [])


@pytest.mark.parametrize(
    ("code", "records", "ok"), [("unsuccessful", [], False), ("unsuccessful", ["INC-7"], True)]
)
def test_trouble_is_on_record(code, records, ok):
    assert (found(CarriedOut(reviewed="with_issues"), code, records) == []) is ok


def test_every_fault_is_named_at_once():
    was = CarriedOut(is_emergency=True, down_seconds=30)
    assert found(was, "unsuccessful") == [
        "close.no_review", "close.no_review_down", "close.no_review_unsuccessful", "close.no_record",
    ]  # fmt: skip
    assert found(was, "") == ["close.no_code", "close.no_review", "close.no_review_down"]


@given(went, codes)
def test_what_is_closed_had_its_review_and_agrees_with_it(was, code):
    if found(was, code, ["INC-7"]) == []:
        assert not was.reviewed or closing.agrees(code, was.reviewed)
        assert was.reviewed or (was, code) == (QUIET, "successful")


@given(went)
def test_the_proposed_code_is_never_refused_for_what_the_review_says(was):
    first = closing.first_code(was)
    if first and (not was.was_backed_out or was.reviewed in ("", "backed_out")):
        assert not {code for code in found(was, first, ["INC-7"]) if "reviewed" in code}


def test_records_are_read_a_line_each_and_once():
    assert troubles.in_lines("INC-7\n\n  INC-7 \r\nhttps://desk.example/8") == [
        "INC-7",
        "https://desk.example/8",
    ]


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("x" * 201, "trouble.too_long"),
        ("javascript://desk.example/%0aalert(1)", "trouble.no_address"),
        ("https://", "trouble.no_address"),
    ],
)
def test_a_record_that_leads_nowhere_is_refused(record, code):
    assert [each.code for each in troubles.faults([record], at_field="r")] == [code]


@given(st.text(max_size=200))
def test_only_an_address_of_the_web_is_ever_a_link(text):
    for record in troubles.in_lines(text):
        assert not troubles.is_address(record) or record.lower().startswith(("http://", "https://"))
