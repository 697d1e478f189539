"""Cells of a CSV file that a spreadsheet opens: what begins like a formula is text, here and there.

A spreadsheet runs a cell that begins with = + - or @; with an apostrophe before it, it is text (OWASP, CSV
injection). What we write has the apostrophe, what we read loses it again, so that a file makes the round.
"""

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
APOSTROPHE = "'"
# A number to call may begin with a plus, a number with a sign: no spreadsheet makes more of it than a number.
NUMBER = re.compile(r"[+-]?[\d\s().,/-]*\d[\d\s().,/-]*(\s*(ext\.?|x)\s*\d+)?", re.IGNORECASE)


def neutral(text: str) -> str:
    """The text as a spreadsheet shows it and does not run it. `as_typed` gives it back."""
    return f"{APOSTROPHE}{text}" if text.lstrip().startswith((*FORMULA, APOSTROPHE)) else text


def as_typed(cell: str) -> str:
    """What was meant by a cell: without the apostrophe that made it text."""
    if cell.startswith(APOSTROPHE) and cell[1:].lstrip().startswith((*FORMULA, APOSTROPHE)):
        return cell[1:]
    return cell


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would work the cell out rather than show it; a telephone number is none."""
    bare = cell.lstrip()
    return bare.startswith(FORMULA) and NUMBER.fullmatch(bare) is None
