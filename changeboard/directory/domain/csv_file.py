"""From the bytes of an uploaded file to its rows, whatever program wrote it. Pure.

Read are UTF-8 with and without byte-order mark, UTF-16, Windows and Latin-1; commas, semicolons, tabs and bars;
quoted line breaks. Rows are counted as a spreadsheet counts them: the heading is 1, a quoted line break none.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass

from changeboard.directory.domain import columns
from changeboard.refusal import Reason, Refusal, refuse

MOST_BYTES = 20 * 1024 * 1024
MOST_LINES = 50_000
LONGEST_CELL = 100_000
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# How files begin that people take for CSV. Source: the formats' own specifications.
OTHER_KINDS = (
    (b"PK\x03\x04", "a workbook (Excel, LibreOffice) or a ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SHOWN = {
    "utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "cp1252": "Windows or Latin-1", "latin-1": "Latin-1",
}  # fmt: skip

TOO_LARGE = Reason("import.too_large", {"most": MOST_BYTES // 1024 // 1024}, "file")


@dataclass(frozen=True)
class Row:
    """One row that is not empty: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A file that could be read. `keys` are the columns' (empty: not one of ours); `unknown` are headings with
    the label that was probably meant."""

    headings: tuple[str, ...]
    keys: tuple[str, ...]
    rows: tuple[Row, ...]
    unknown: tuple[tuple[str, str], ...]
    encoding: str
    separator: str


def read(data: bytes) -> Sheet:
    """The sheet. Refused, each with what to do: empty, too large or long, no CSV, no clients' column, a
    column twice, a quotation mark that never closes."""
    _refuse_other_kinds(data)
    text, encoding = decoded(data)
    text, separator = _separated(text)
    rows = _rows(text, separator)
    if not rows:
        raise refuse("import.empty", at_field="file")
    if len(rows) - 1 > MOST_LINES:
        raise refuse("import.too_many_lines", at_field="file", lines=len(rows) - 1, most=MOST_LINES)
    headings = tuple(cell.strip() for cell in rows[0].cells)
    keys = tuple(columns.key_of(heading) for heading in headings)
    if faults := _heading_faults(headings, keys):
        raise Refusal(faults)
    if len(rows) == 1:
        raise refuse("import.no_lines", at_field="file")
    return Sheet(
        headings, keys, tuple(rows[1:]), _unknown(headings, keys), SHOWN[encoding], SEPARATORS[separator]
    )


def _refuse_other_kinds(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Refusal([TOO_LARGE])
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise refuse("import.empty", at_field="file")
    kind = next((name for begin, name in OTHER_KINDS if data.startswith(begin)), "")
    if not kind and data.lstrip()[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        kind = "a web page or XML"
    if kind:
        raise refuse("import.other_kind", at_field="file", kind=kind)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and how it was encoded. Refused where it is no text at all."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "") or _guessed(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as broken:
        raise refuse("import.no_text", at_field="file") from broken
    if "\x00" in text:
        raise refuse("import.no_text", at_field="file")
    return text.removeprefix("\ufeff"), encoding


def _guessed(data: bytes) -> str:
    """Without a mark: UTF-16 has a zero in every other byte, what is valid UTF-8 is hardly anything else."""
    start = data[:4000]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = start[offset::2]
        if len(half) > 1 and half.count(0) > 0.7 * len(half):
            return name
    for name in ("utf-8", "cp1252"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return "latin-1"


def _separated(text: str) -> tuple[str, str]:
    """The text and its separator: the one under which the heading has most columns of ours."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    # Excel's own line, which it hides: sep=;
    if said.lower().startswith("sep=") and said[4:5] in SEPARATORS:
        return rest, said[4:5]
    start = text.lstrip("\r\n")[:LONGEST_CELL]
    known = {separator: _known(start, separator) for separator in SEPARATORS}
    return text, max(known, key=lambda separator: known[separator])


def _known(start: str, separator: str) -> tuple[int, int]:
    try:
        cells = next(csv.reader(io.StringIO(start, newline=""), delimiter=separator), [])
    except csv.Error:
        return 0, 0
    return sum(bool(columns.key_of(cell)) for cell in cells), len(cells)


def _rows(text: str, separator: str) -> list[Row]:
    csv.field_size_limit(LONGEST_CELL)
    found: list[Row] = []
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                found.append(Row(number, tuple(cells)))
    except csv.Error as broken:
        code = "import.cell_too_long" if "limit" in str(broken) else "import.broken_quotes"
        raise refuse(code, at_field="file", line=number + 1) from broken
    return found


def _heading_faults(headings: tuple[str, ...], keys: tuple[str, ...]) -> list[Reason]:
    faults = [
        Reason("import.column_twice", {"column": columns.BY_KEY[key].label}, "file")
        for key, times in Counter(filter(None, keys)).items()
        if times > 1
    ]
    if "client" not in keys:
        shown = ", ".join(headings)[:200]
        faults.append(Reason("import.column_missing", {"column": "Client", "headings": shown}, "file"))
    return faults


def _unknown(headings: tuple[str, ...], keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (heading, columns.nearest(heading))
        for heading, key in zip(headings, keys, strict=True)
        if heading and not key and columns.heading(heading) not in columns.IGNORED
    )
