import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.pasted import ORDER, rows


def texts(text):
    return [row.get("text") for _, row in rows(text)]


def test_a_list_is_a_line_a_step_without_its_bullets_and_numbers():
    assert texts("1. Save the configuration\n\n2) Shut port A, then B\n- 3 nodes, one by one\r\n• Watch") == [
        "Save the configuration", "Shut port A, then B", "3 nodes, one by one", "Watch",
    ]  # fmt: skip


def test_columns_of_a_spreadsheet_have_an_order():
    [(line, row)] = rows("Shut the port\tOpen it\tengineer\t0:30\t1:00\t0:20\tyes")
    assert (line, list(row)) == (1, list(ORDER))
    assert (row["text"], row["worst_seconds"], row["needs_downtime"]) == ("Shut the port", "1:00", "on")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_heading_names_the_columns_in_any_order(mark):
    lines = [("Undo", "Nonsense", "What", "Phase"), ("Open it", "?", "Shut the port", "Before the window")]
    expected = {"undo": "Open it", "text": "Shut the port", "phase": "before"}
    assert rows("\n".join(mark.join(line) for line in lines)) == [(2, expected)]


def test_a_cell_in_quotes_may_run_over_lines_and_later_lines_keep_their_number():
    text = 'what,undo,owner\n"Shut\nport A",Open it,\nWatch,Nothing,engineer\n'
    assert [(line, row["text"]) for line, row in rows(text)] == [(2, "Shut port A"), (4, "Watch")]


def test_a_comma_in_each_sentence_makes_no_table():
    assert texts("Shut A, then B\nOpen B, then A") == ["Shut A, then B", "Open B, then A"]


@given(st.text(max_size=300))
def test_whatever_is_pasted_nothing_breaks_and_no_step_holds_a_line_break(text):
    assert all("\n" not in value and "\x00" not in value for _, row in rows(text) for value in row.values())


CELL = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=20))
def test_what_a_spreadsheet_writes_is_read_again(steps):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("What", "Undo"), *steps])
    assert [(row["text"], row["undo"]) for _, row in rows(out.getvalue())] == steps
