"""A plan pasted as text: a line a step, or a table from a spreadsheet (RFC 4180, with tabs, commas or semicolons)."""

import csv
import io
import re

Row = dict[str, str]

# The columns of a table without a heading, in this order.
ORDER = ("text", "undo", "owner", "planned_seconds", "worst_seconds", "undo_seconds", "needs_downtime")
HEADINGS = {
    "text": ("what", "what is done", "step", "text", "task"),
    "undo": ("undo", "how it is undone", "back out", "backout", "roll back", "rollback"),
    "owner": ("owner", "who", "by"),
    "phase": ("when", "phase"),
    "planned_seconds": ("planned", "length", "duration", "time"),
    "worst_seconds": ("worst", "at worst", "worst case"),
    "undo_seconds": ("to undo", "undo time", "undo length"),
    "needs_downtime": ("down", "downtime"),
}
NAMES = {heading: name for name, headings in HEADINGS.items() for heading in headings}
YES = ("yes", "y", "x", "1", "true", "down", "on")
PHASES = ("before", "during", "after")
MARKER = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,3}[.):])\s+")


def rows(text: str) -> list[tuple[int, Row]]:
    """The steps in `text`, each with the number of its line, from 1; what a line does not say is left out.

    Values stay as they were written, but for "down" ("on" or "") and the phase, which become the form's.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    mark = _separator(text)
    if not mark:
        lines = enumerate(text.split("\n"), start=1)
        return [(number, {"text": _flat(MARKER.sub("", line))}) for number, line in lines if line.strip()]
    table = _cells(text, mark)
    names: tuple[str, ...] = ORDER
    if table and _is_heading(table[0][1]):
        names = tuple(NAMES.get(cell.strip().lower(), "") for cell in table[0][1])
        table = table[1:]
    return [(number, _row(names, cells)) for number, cells in table]


def _cells(text: str, mark: str) -> list[tuple[int, list[str]]]:
    """The rows of the table that say something. A cell in quotes may run over several lines."""
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    found, line = [], 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            found.append((line, cells))
        line = reader.line_num + 1
    return found


def _separator(text: str) -> str:
    """What parts the columns; "" for a plain list. A comma in a sentence makes no table."""
    lines = [line for line in text.split("\n") if line.strip()]
    if any("\t" in line.strip() for line in lines):
        return "\t"
    for mark in (";", ","):
        counts = {len(cells) for _, cells in _cells(text, mark)}
        if lines and mark in lines[0] and _is_heading(lines[0].split(mark)):
            return mark
        if len(lines) > 1 and len(counts) == 1 and counts.pop() > 2:
            return mark
    return ""


def _is_heading(cells: list[str]) -> bool:
    known = [cell for cell in cells if cell.strip().lower() in NAMES]
    return len(known) > 1 and len(known) * 2 > len(cells)


def _row(names: tuple[str, ...], cells: list[str]) -> Row:
    row = {name: _flat(cell) for name, cell in zip(names, cells, strict=False) if name}
    if "needs_downtime" in row:
        row["needs_downtime"] = "on" if row["needs_downtime"].lower() in YES else ""
    if "phase" in row:
        row["phase"] = next((phase for phase in PHASES if row["phase"].lower().startswith(phase)), "")
    return {name: value for name, value in row.items() if value}


def _flat(cell: str) -> str:
    return " ".join(cell.split())
