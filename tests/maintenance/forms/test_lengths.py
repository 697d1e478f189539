import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.forms.lengths import LengthField, seconds, typed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:30", 30),
        ("5", 300),
        ("5 min", 300),
        ("30 s", 30),
        ("1:05:00", 3900),
        (" 16:00 ", 960),
        ("90:00", 5400),
    ],
)
def test_lengths_are_read_as_people_type_them(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["soon", "0:75", "-1:00", "1.5", "1:2:3:4", "", "5 hours"])
def test_what_is_no_length_is_refused(text):
    with pytest.raises(ValueError):
        seconds(text)


@given(st.integers(0, 7 * 24 * 3600 - 1))
def test_what_is_shown_reads_back_the_same(length):
    assert seconds(typed(length)) == length


def test_nothing_typed_is_no_length():
    assert LengthField().clean("") is None
