from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain.readiness import OPENS_BEFORE, against_go

START = datetime(2026, 12, 15, 17, tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    code: str
    ok: bool
    title: str = "Re-test recorded"
    detail: str = "CHG-0142"


def codes(*findings, before=timedelta()):
    reasons = against_go(findings, starts_at=START, now=START - before)
    return [(reason.code, reason.facts.get("code")) for reason in reasons]


def test_nothing_stands_against_go_when_all_is_green_and_it_is_time():
    assert codes(Found("retested", True), Found("people", True)) == []


def test_one_red_finding_is_enough_to_refuse_go():
    assert codes(Found("retested", True), Found("people", False)) == [("window.not_ready", "people")]


def test_a_refusal_carries_what_a_person_has_to_do():
    (reason,) = against_go([Found("retested", False)], starts_at=START, now=START)
    assert dict(reason.facts) == {"code": "retested", "title": "Re-test recorded", "detail": "CHG-0142"}


@pytest.mark.parametrize(
    ("before", "refused"),
    [
        (OPENS_BEFORE + timedelta(seconds=1), [("window.go_opens_later", None)]),
        (OPENS_BEFORE, []),
        (-timedelta(minutes=30), []),
    ],
)
def test_go_opens_an_hour_before_the_window(before, refused):
    assert codes(before=before) == refused


def test_too_early_is_named_after_what_is_red():
    found = codes(Found("people", False), before=timedelta(days=1))
    assert found == [("window.not_ready", "people"), ("window.go_opens_later", None)]


@given(st.lists(st.booleans(), max_size=12))
def test_every_red_finding_is_named_at_once(greens):
    findings = [Found(str(number), ok) for number, ok in enumerate(greens)]
    assert [code for _, code in codes(*findings)] == [each.code for each in findings if not each.ok]
