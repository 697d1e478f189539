import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeboard.history import sentences
from changes.domain.news import HEARD, Ear, is_news

ACTS = sorted(set().union(*HEARD.values()))
EARS = st.frozensets(st.sampled_from(list(Ear)))


def test_a_follower_hears_of_a_question():
    assert is_news("change.asked", ears={Ear.FOLLOWER}, is_own=False, is_muted=False)


def test_whoever_is_nothing_to_a_change_hears_nothing():
    assert not is_news("change.asked", ears=(), is_own=False, is_muted=False)


def test_watching_is_no_news():
    assert not is_news("change.watched", ears=list(Ear), is_own=False, is_muted=False)


@given(st.sampled_from(ACTS), EARS, st.booleans())
def test_nobody_hears_of_what_they_did_themselves(act, ears, is_muted):
    assert not is_news(act, ears=ears, is_own=True, is_muted=is_muted)


@given(st.sampled_from(ACTS), EARS)
def test_muting_never_tells_more(act, ears):
    muted, loud = (is_news(act, ears=ears, is_own=False, is_muted=each) for each in (True, False))
    assert loud or not muted


@pytest.mark.parametrize("ear", [Ear.CIRCLE, Ear.EMERGENCY])
def test_what_a_group_or_a_role_is_asked_for_cannot_be_muted(ear):
    assert all(is_news(act, ears={ear}, is_own=False, is_muted=True) for act in HEARD[ear])


@pytest.mark.parametrize("act", ACTS)
def test_every_act_that_is_news_has_a_sentence(act):
    assert act in sentences._sentences
