"""The tags that draw times, labels and figures."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template

START = datetime(2026, 12, 15, 17, tzinfo=UTC)
WINDOW = SimpleNamespace(starts_at=START, ends_at=START + timedelta(minutes=15))
NOW = datetime(2026, 11, 23, 16, 12, tzinfo=UTC)


def drawn(source: str, **facts: object) -> str:
    """A template's text with whitespace folded."""
    return " ".join(Template(source).render(Context({"now": NOW, **facts})).split())


def test_when_prints_a_window_with_its_zone_and_offset():
    assert drawn("{% when window %}", window=WINDOW) == (
        '<time datetime="2026-12-15T11:00-06:00">Tue 15 Dec 2026, 11:00–11:15</time>'
        ' <abbr title="Central Standard Time, UTC−6">CST</abbr>'
    )


def test_times_in_changes_every_time_of_the_page():
    assert "10:00–10:15</time>" in drawn("{% when window %}", window=WINDOW, times_in="America/Denver")


def test_when_says_what_it_is_told_for_no_time():
    assert drawn('{% when None empty="not yet" %}') == "not yet"


def test_the_block_adds_utc_and_how_far_off():
    text = drawn("{% when_block window %}", window=WINDOW)
    assert '<span class="when__alt">17:00–17:15 UTC, in 22 days</span>' in text


def test_a_system_is_shape_name_and_colour():
    system = SimpleNamespace(mark="circle", code="RIS")
    assert drawn("{% sys system %}", system=system) == (
        '<span class="sys m-circle"><svg aria-hidden="true"><use href="#i-circle"/></svg>RIS</span>'
    )


def test_a_state_is_glyph_and_word():
    assert drawn('{% state "in_review" %}') == (
        '<span class="badge badge--now"><svg class="i" aria-hidden="true"><use href="#i-now"/></svg>'
        "In review</span>"
    )


def test_words_from_people_are_escaped():
    assert drawn("{% badge word %}", word="<b>") == '<span class="badge">&lt;b&gt;</span>'
    assert "&lt;script&gt;" in drawn('{% note "info" %}{{ word }}{% endnote %}', word="<script>")


@pytest.mark.parametrize(
    ("planned", "worst", "likely", "verdict"),
    [
        (660, 840, None, ""),
        (750, 891, None, "0:09 left at worst"),
        (1020, 1170, None, "4:30 over. Needs a recorded waiver"),
        (660, 960, 800, ""),
    ],
)
def test_the_budget_speaks_of_the_likely_worst_where_it_is_known(planned, worst, likely, verdict):
    text = drawn("{% budget planned worst 900 likely=likely %}", planned=planned, worst=worst, likely=likely)
    assert (verdict in text) if verdict else ("left at worst" not in text and "over." not in text)


def test_the_budget_s_widths_are_computed_by_the_server():
    text = drawn('{% budget 660 840 900 thin=True mark="circle" %}')
    assert 'class="b-worst" width="93.3%"' in text
    assert 'class="b-a" width="73.3%"' in text


def test_a_red_check_stands_first():
    checks = [
        SimpleNamespace(ok=True, title="Approved", detail="", who="", url="", checked_at=None),
        SimpleNamespace(ok=False, title="Re-test", detail="", who="", url="/x/", checked_at=None),
    ]
    text = drawn("{% checks checks %}", checks=checks)
    assert text.index("Re-test") < text.index("Approved")


def test_the_path_names_the_present_stop_and_its_number():
    text = drawn(
        '{% path stops "State" %}', stops=[("Draft", "done"), ("In review", "now"), ("Closed", "todo")]
    )
    assert 'aria-current="step"' in text
    assert ", 2 of 3" in text


def test_the_reader_is_called_you_and_others_by_name():
    reader, other = SimpleNamespace(initials="NE"), SimpleNamespace(initials="CC")
    assert ">you</span>" in drawn('{% person who you="you" %}', who=reader, user=reader)
    assert "avatar--you" not in drawn("{% person who %}", who=other, user=reader)
