from datetime import UTC, datetime, timedelta

import pytest

from notifications.domain.backoff import LAST_TRY, Answer, Kind, answer_of, next_try

NOW = datetime(2026, 12, 14, 15, tzinfo=UTC)
LATER = NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("code", "kind"),
    [(250, Kind.ACCEPTED), (421, Kind.TEMPORARY), (452, Kind.TEMPORARY), (550, Kind.PERMANENT)],
)
def test_a_code_says_whether_to_wait(code, kind):
    assert answer_of(code, "").kind is kind


@pytest.mark.parametrize(
    ("code", "tries", "seconds"), [(452, 1, 10), (452, 3, 60), (450, 1, 60), (450, 3, 600), (0, 1, 10)]
)
def test_a_full_mailbox_is_tried_again_sooner_than_an_unknown_delay(code, tries, seconds):
    answer = Answer(Kind.TEMPORARY, code, "")
    assert next_try(answer, tries, NOW, LATER, 0.0) == NOW + timedelta(seconds=seconds)


def test_a_5xx_is_dead_at_once():
    assert next_try(answer_of(550, "no such user"), 1, NOW, LATER, 0.0) is None


def test_no_answer_is_uncertain_and_tried_again_soon():
    assert next_try(Answer(Kind.UNCERTAIN, 0, ""), 1, NOW, LATER, 0.0) == NOW + timedelta(seconds=10)


def test_after_the_last_try_it_has_failed():
    assert next_try(answer_of(452, ""), LAST_TRY, NOW, LATER, 0.0) is None


def test_nothing_is_tried_after_it_is_of_no_use():
    assert next_try(answer_of(450, ""), 1, NOW, NOW + timedelta(seconds=59), 0.0) is None


def test_jitter_spreads_over_half_as_much_again():
    assert next_try(answer_of(450, ""), 1, NOW, LATER, 1.0) == NOW + timedelta(seconds=90)


def test_a_mail_that_microsoft_calls_too_large_is_tried_again_slowly():
    answer = answer_of(552, "5.3.4 Message is too large")
    assert next_try(answer, 1, NOW, LATER, 0.0) == NOW + timedelta(seconds=60)
