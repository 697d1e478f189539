import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.paragraph import NOTHING, SAID, Told, basis, draft, spoken
from changes.domain.sheet import Touch

WORDS = ("no_impact", "reduced_redundancy", "degraded", "outage")
# A person may type "None"; below, it would look like a value that was never filled in.
LINES = st.text(st.characters(categories=["L", "Nd"], include_characters=" .,"), max_size=60).filter(
    lambda line: "None" not in line
)
TOUCHES = st.builds(
    Touch,
    st.sampled_from(WORDS),
    st.integers(0, 7 * 24 * 3600),
    meanwhile=LINES,
    queue=LINES,
    fallback=st.sampled_from(["", "yes", "no"]),
    fallback_words=st.just("WHO-SWITCHES-IT"),
)
TOLD = st.lists(st.builds(Told, st.sampled_from(["Order entry", "Telephones"]), TOUCHES), max_size=4)


@pytest.mark.parametrize(
    ("touch", "line"),
    [
        (Touch("outage", 240), "Telephones: not possible for up to 4 minutes."),
        (Touch("degraded", 30), "Telephones: may be slow or briefly interrupted for up to 30 seconds."),
        (Touch("reduced_redundancy"), "Telephones: goes on as usual, with less reserve than normal."),
        (Touch("outage", 60, "Ring the mobile"), ("Telephones: not possible for up to 1 minute. "
         "Meanwhile: Ring the mobile.")),
        (Touch("outage", 1, fallback="yes"), ("Telephones: not possible for up to 1 second. "
         "You can still look things up.")),
        (Touch("degraded", 1, fallback="no"), ("Telephones: may be slow or briefly interrupted for up to 1 second. "
         "Nothing can be looked up either.")),
        (Touch("outage", 1, queue="HL7 outbound, 3 min"), ("Telephones: not possible for up to 1 second. "
         "What you send meanwhile is kept and arrives afterwards.")),
    ],
)  # fmt: skip
def test_each_of_the_words_in_the_words_of_a_hospital(touch, line):
    assert draft([Told("Telephones", touch)]) == f"During this maintenance:\n{line}"


def test_where_nothing_is_felt_it_says_so():
    assert [draft([]), draft([Told("Telephones", Touch("no_impact"))])] == [NOTHING, NOTHING]


def test_the_gravest_comes_first_and_the_window_says_how_long_in_all():
    told = [Told("Telephones", Touch("degraded", 30)), Told("Order entry", Touch("outage", 240))]
    assert draft(told, window_seconds=900).splitlines() == [
        "During this maintenance, which takes up to 15 minutes:",
        "Order entry: not possible for up to 4 minutes.",
        "Telephones: may be slow or briefly interrupted for up to 30 seconds.",
    ]


@given(TOLD, st.integers(0, 86400))
def test_every_service_that_is_felt_has_its_line_and_nothing_internal_stands_in_it(told, window_seconds):
    text = draft(told, window_seconds=window_seconds)
    felt = [each for each in told if each.touch.impact in SAID]
    assert len(text.splitlines()) == (1 + len(felt) if felt else 1)
    assert not any(
        word in text for word in ("no_impact", "reduced_redundancy", "WHO-SWITCHES-IT", "CHG-", "None")
    )


@given(TOUCHES, TOUCHES)
def test_the_mark_turns_exactly_when_clients_would_read_something_else(one, other):
    if basis({1: one}) == basis({1: other}):
        assert draft([Told("Telephones", one)]) == draft([Told("Telephones", other)])


@given(st.integers(120, 10**6))
def test_a_length_is_never_said_shorter_than_it_is(seconds):
    assert int(spoken(seconds).split()[0]) * 60 >= seconds
