from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from changes.domain.playbook import Picture, Stage, steps

ZONE = "America/Chicago"
FILED = datetime(2026, 11, 16, 20, 20, tzinfo=UTC)
WINDOW = datetime(2026, 12, 15, 17, tzinfo=UTC)
NEW = Picture(
    filed_at=FILED, submitted_at=None, steps=0, told_at=None, board_at=None, board_ends_at=None,
    presented_at=None, approved_at=None, questions_open=0, questions_to_verify=0, questions_verified=0,
    verified_at=None, groups_agreed=0, groups=6, agreed_at=None, communication_agreed_at=None,
    paragraph_is_worded=False, paragraph_signed_at=None, retested_at=None, window_starts_at=WINDOW,
    finished_at=None, reviewed_at=None,
)  # fmt: skip
INSTANTS = st.none() | st.integers(0, 40).map(lambda days: FILED + timedelta(days=days))
COUNTS = st.integers(0, 2)
PICTURES = st.builds(
    Picture, filed_at=st.just(FILED), submitted_at=INSTANTS, steps=COUNTS, told_at=INSTANTS, board_at=INSTANTS,
    board_ends_at=INSTANTS, presented_at=INSTANTS, approved_at=INSTANTS, questions_open=COUNTS,
    questions_to_verify=COUNTS, questions_verified=COUNTS, verified_at=INSTANTS, groups_agreed=COUNTS,
    groups=st.just(2), agreed_at=INSTANTS, communication_agreed_at=INSTANTS, paragraph_is_worded=st.booleans(),
    paragraph_signed_at=INSTANTS, retested_at=INSTANTS, window_starts_at=INSTANTS, finished_at=INSTANTS,
    reviewed_at=INSTANTS, is_outdated=st.booleans(), groups_mute=COUNTS,
)  # fmt: skip


def at(*when):
    return datetime(2026, *when, tzinfo=UTC)


def due(picture, now=FILED):
    return {step.stage: step.by for step in steps(picture, ZONE, now=now)}


def test_every_date_is_counted_back_from_the_window():
    assert due(replace(NEW, board_at=at(11, 24, 16), board_ends_at=at(11, 24, 17))) == {
        Stage.IDENTIFY: None,
        Stage.DRAFT: at(11, 23, 23),
        Stage.TELL: at(11, 23, 23),
        Stage.PRESENT: at(11, 24, 16),
        Stage.ANSWER: at(11, 24, 16),
        Stage.ALIGN: at(11, 24, 17),
        Stage.COMMUNICATE: at(11, 30, 23),
        Stage.RETEST: at(12, 14, 18),
        Stage.GO: WINDOW,
        Stage.WRAP_UP: at(12, 18, 23),
    }


def test_a_board_after_the_two_week_notice_moves_no_date_behind_it():
    late = due(replace(NEW, board_at=at(12, 3, 16), board_ends_at=at(12, 3, 17)))
    assert {late[Stage.PRESENT], late[Stage.ALIGN], late[Stage.COMMUNICATE]} == {at(11, 30, 23)}


def test_without_a_window_nothing_has_a_date_and_go_asks_for_one():
    shown = steps(replace(NEW, window_starts_at=None), ZONE, now=FILED)
    assert {step.by for step in shown} == {None}
    assert shown[8].missing == ("no_window",)


def test_a_stage_is_late_once_its_time_has_passed_and_not_when_it_is_done():
    now = at(11, 30, 23) + timedelta(seconds=1)
    assert [step.number for step in steps(NEW, ZONE, now=now) if step.is_late] == [2, 3, 4, 5, 6, 7]
    assert not any(step.is_late for step in steps(NEW, ZONE, now=at(11, 29, 23)))


def test_an_unverified_answer_keeps_everybody_from_being_aligned():
    aligned = replace(NEW, approved_at=FILED, groups_agreed=6, questions_verified=1)
    assert aligned.is_aligned
    assert not replace(aligned, questions_to_verify=1).is_aligned
    assert not replace(aligned, groups_agreed=5).is_aligned


def test_who_has_to_sign_the_paragraph_is_asked_for_only_once_there_is_one():
    assert steps(NEW, ZONE, now=FILED)[6].missing == ("no_paragraph", "communication")
    worded = replace(NEW, paragraph_is_worded=True)
    assert steps(worded, ZONE, now=FILED)[6].missing == ("paragraph", "communication")


@given(PICTURES, INSTANTS)
def test_the_order_of_the_stages_never_lies(picture, now):
    shown = steps(picture, ZONE, now=now or FILED)
    current = [step.number for step in shown if step.is_current]
    undone = [step.number for step in shown if not step.is_done]
    assert current == undone[:1]
    assert all(step.missing or step.is_done for step in shown)
    dates = [step.by for step in shown if step.by is not None]
    assert dates == sorted(dates)
    assert not any(step.is_late and step.is_done for step in shown)
