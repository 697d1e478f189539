import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.search_words import Asked, asked, number


@pytest.mark.parametrize("text", ["142", "0142", "CHG-0142", "chg 142", " chg142 "])
def test_a_number_typed_alone_names_a_change(text):
    assert (number(text), asked(text).reference) == (142, "CHG-0142")


@pytest.mark.parametrize("text", ["", "CHG-", "15 minutes", "RIS-2026-12", "1234567"])
def test_other_words_name_no_change(text):
    assert (number(text), asked(text).reference) == (None, "")


def test_the_last_word_may_be_unfinished():
    assert asked("edge firew") == Asked("edge firew", "edge", "firew")


@pytest.mark.parametrize(
    "text", ["", '"edge firewall"', '"edge fire', "edge -firewall", "edge or fire", "a", "x'y:*"]
)
def test_a_last_word_that_is_quoted_excluded_or_no_plain_word_is_taken_as_it_stands(text):
    assert asked(text) == Asked(text)


@given(st.text())
def test_whatever_is_typed_its_beginning_is_one_plain_word(text):
    prefix = asked(text).prefix
    assert prefix == "" or (prefix.isalnum() and not prefix.isspace())
