"""The chain over the proof: whatever is changed, taken out, put in or reordered breaks it at that place."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.domain import chain
from notifications.domain.chain import GRACE, START, Link, Stored

NOW = datetime(2026, 12, 1, 16, tzinfo=UTC)


def a_chain(windows):
    """Links one behind the other; each names the window it is of."""
    stored, last = [], {}
    for number, window in enumerate(windows, 1):
        place, before = last.get(window, (0, START))
        previous = stored[-1].digest if stored else START
        body = chain.canonical({"window": f"RIS-{window}", "answer": f"250 Ok {number}"})
        link = Link(number, window, place + 1, "answer", number, number, "at", previous, before, body)
        stored.append(Stored(link, chain.digest(link)))
        last[window] = place + 1, stored[-1].digest
    return stored


def codes(stored, *, whole=True):
    return [(fault.code, fault.number) for fault in chain.breaks(stored, whole=whole)]


CHAINS = st.lists(st.integers(1, 3), min_size=3, max_size=9)


@given(CHAINS)
@settings(max_examples=30)
def test_a_chain_that_nobody_touched_is_whole_and_so_is_each_windows_part(windows):
    stored = a_chain(windows)
    assert codes(stored) == []
    assert all(codes([s for s in stored if s.link.window == w], whole=False) == [] for w in set(windows))


@given(CHAINS, st.data())
@settings(max_examples=30)
def test_one_altered_word_is_found_at_its_link(windows, data):
    stored = a_chain(windows)
    place = data.draw(st.integers(0, len(stored) - 1))
    body = stored[place].link.body.replace("250", "251")
    stored[place] = Stored(stored[place].link._replace(body=body), stored[place].digest)
    assert codes(stored) == [("chain.content", place + 1)]


@given(CHAINS, st.data())
@settings(max_examples=30)
def test_a_link_made_anew_with_a_fitting_digest_is_not_the_one_that_the_next_follows(windows, data):
    stored = a_chain(windows)
    place = data.draw(st.integers(0, len(stored) - 2))
    link = stored[place].link._replace(body="{}")
    stored[place] = Stored(link, chain.digest(link))
    assert codes(stored) == [("chain.order", place + 2)]


def test_a_link_that_is_gone_is_named_by_the_one_after_it():
    stored = a_chain([1, 1, 2, 1])
    del stored[1]
    assert codes(stored) == [("chain.gap", 3)]
    assert codes([s for s in stored if s.link.window == 1], whole=False) == [("chain.gap", 4)]


def test_two_links_that_change_places_are_both_named():
    first, second, third = a_chain([1, 1, 1])
    swapped = [
        Stored(first.link._replace(body=second.link.body), first.digest),
        Stored(second.link._replace(body=first.link.body), second.digest),
    ]
    assert codes([*swapped, third]) == [("chain.content", 1), ("chain.content", 2)]


def test_what_a_later_round_should_have_found_was_put_in_afterwards():
    rounds = [(4, NOW + GRACE), (9, NOW + timedelta(hours=3))]
    assert chain.entered_afterwards(5, NOW, rounds) == NOW + GRACE
    assert chain.entered_afterwards(5, NOW + timedelta(seconds=1), rounds) is None
    assert chain.entered_afterwards(3, NOW, rounds) is None


def test_the_same_facts_are_the_same_text_in_whatever_order_and_zone():
    chicago = datetime.fromisoformat("2026-12-01T10:00:00-06:00")
    one = chain.canonical({"at": chain.text(NOW), "who": "Zoë"})
    assert one == chain.canonical({"who": "Zoë", "at": chain.text(chicago)})
    assert chain.instant("2026-12-01T16:00:00.000000Z") == NOW
