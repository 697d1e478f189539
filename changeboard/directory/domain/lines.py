"""From a row of a file to what it says of a client and a contact, with all that is wrong with it. Pure.

An empty cell says nothing: what is there stays. The word "none" empties it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from urllib.parse import urlsplit

from changeboard.directory.domain.columns import BY_KEY, CLIENT, CONTACT, Column, Kind
from changeboard.directory.domain.csv_file import Row, Sheet
from changeboard.refusal import Reason
from changeboard.sheet_cells import as_typed, is_formula, neutral

NOTHING = "none"
YES = {"yes", "y", "true", "1", "x", "ja", "si", "sí", "oui"}
NO = {"no", "n", "false", "0", "nein", "non"}
MOST_DAYS = 365
Value = str | int | bool | tuple[str, ...] | None
NO_VALUE: dict[Kind, Value] = {Kind.DAYS: None, Kind.SYSTEMS: (), Kind.SERVICES: ()}


class Words:
    """Names that a column takes: what people write → what is kept. Case does not matter."""

    def __init__(self, taken: Iterable[tuple[str, str]]) -> None:
        self._kept = {written.casefold(): kept for written, kept in taken}
        self.nearest = lru_cache(maxsize=5000)(self._nearest)

    def get(self, written: str) -> str | None:
        return self._kept.get(written.casefold())

    def _nearest(self, written: str) -> str:
        """What was probably meant, empty when nothing is near: America/Chicago for Chicago or Amerca/Chicago."""
        asked = written.casefold().replace(" ", "_")
        ends = [kept for name, kept in self._kept.items() if name.endswith(f"/{asked}")]
        close = get_close_matches(asked, self._kept, n=1, cutoff=0.6)
        return ends[0] if ends else self._kept[close[0]] if close else ""


@dataclass(frozen=True)
class Vocabulary:
    """What the directory knows. `one_of` by column; `unreachable` says all reasons why a channel cannot
    reach an address."""

    zones: Words
    systems: Words
    services: Words
    one_of: Mapping[str, Words]
    unreachable: Callable[[str, str], list[Reason]]


@dataclass(frozen=True)
class Line:
    """What one row says, by the models' fields; only what its cells say. `contact` is empty where there is none."""

    number: int
    row: Row
    client: Mapping[str, Value]
    contact: Mapping[str, Value]
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def name(self) -> str:
        return str(self.client.get("name", ""))


def lines(sheet: Sheet, known: Vocabulary) -> list[Line]:
    """Every row as a line, the bad ones with every reason at once."""
    return [_line(row, sheet.keys, known) for row in sheet.rows]


def _line(row: Row, keys: tuple[str, ...], known: Vocabulary) -> Line:
    faults: list[Reason] = []
    cells = {key: cell for key, cell in zip(keys, row.cells, strict=False) if key}
    if any(cell.strip() for cell in row.cells[len(keys) :]):
        facts = {"cells": len(row.cells), "columns": len(keys)}
        faults.append(Reason("import.too_many_cells", facts))
    client = _values(cells, CLIENT, known, faults)
    contact = _values(cells, CONTACT, known, faults)
    if not cells.get("client", "").strip():
        faults.append(Reason("import.client_missing", {}, "client"))
    if contact and not cells.get("contact", "").strip():
        faults.append(Reason("import.contact_missing", {}, "contact"))
    if contact.get("address"):
        faults += known.unreachable(_channel(contact), str(contact["address"]))
    return Line(row.number, row, client, contact, tuple(faults))


def _channel(contact: Mapping[str, Value]) -> str:
    return str(contact.get("channel", "email"))


def _values(
    cells: Mapping[str, str], columns: Iterable[Column], known: Vocabulary, faults: list[Reason]
) -> dict[str, Value]:
    """The values that these columns' cells say; what is wrong goes to `faults`."""
    found: dict[str, Value] = {}
    for column in columns:
        cell = cells.get(column.key, "").strip()
        if not cell:
            continue
        read = _value(column, cell, known)
        if isinstance(read, Reason):
            faults.append(read)
        else:
            found[column.field] = read
    return found


def _value(column: Column, cell: str, known: Vocabulary) -> Value | Reason:
    if is_formula(cell):
        return _fault("formula", column, cell)
    # The word that empties a cell is text with an apostrophe before it.
    text = cell[1:] if cell.casefold() == f"'{NOTHING}" else as_typed(cell)
    if cell.casefold() == NOTHING and _may_be_empty(column):
        return NO_VALUE.get(column.kind, "")
    if column.most and len(text) > column.most:
        return _fault("too_long", column, text, length=len(text), most=column.most)
    return READERS[column.kind](column, text, known)


def _may_be_empty(column: Column) -> bool:
    if column.kind is Kind.ZONE:
        return column.key == "contact_time_zone"
    needed = column.key in ("client", "contact") or column.kind in (Kind.SLUG, Kind.ONE_OF, Kind.YES_OR_NO)
    return not needed


def _text(column: Column, text: str, known: Vocabulary) -> Value | Reason:
    return text


def _slug(column: Column, text: str, known: Vocabulary) -> Value | Reason:
    return text if re.fullmatch(r"[a-z0-9_-]+", text) else _fault("no_slug", column, text)


def _zone(column: Column, text: str, known: Vocabulary) -> Value | Reason:
    return known.zones.get(text) or _unknown("unknown_zone", column, text, known.zones)


def _one_of(column: Column, text: str, known: Vocabulary) -> Value | Reason:
    words = known.one_of[column.key]
    return words.get(text) or _unknown("unknown_word", column, text, words)


def _days(column: Column, text: str, known: Vocabulary) -> Value | Reason:
    # A spreadsheet may write 14 as 14.0 or 14,0.
    number = re.fullmatch(r"(\d{1,4})([.,]0+)?", text)
    days = int(number[1]) if number else 0
    return days if 1 <= days <= MOST_DAYS else _fault("no_days", column, text, most=MOST_DAYS)


def _url(column: Column, text: str, known: Vocabulary) -> Value | Reason:
    try:
        parts = urlsplit(text)
    except ValueError:
        return _fault("no_url", column, text)
    is_right = parts.scheme == "https" and "." in (parts.hostname or "") and not re.search(r"\s", text)
    return text if is_right else _fault("no_url", column, text)


def _yes_or_no(column: Column, text: str, known: Vocabulary) -> Value | Reason:
    said = text.casefold()
    return said in YES if said in YES | NO else _fault("no_yes_or_no", column, text)


def _systems(column: Column, text: str, known: Vocabulary) -> Value | Reason:
    return _each(column, text, known.systems, "unknown_system")


def _services(column: Column, text: str, known: Vocabulary) -> Value | Reason:
    return _each(column, text, known.services, "unknown_service")


def _each(column: Column, text: str, words: Words, code: str) -> Value | Reason:
    """The names in one cell, each once; the first that nobody knows is the fault."""
    found = []
    for name in filter(None, (part.strip() for part in re.split(r"[;,|\n]", text))):
        kept = words.get(name)
        if kept is None:
            return _unknown(code, column, name, words)
        found.append(kept)
    return tuple(sorted(set(found)))


READERS: dict[Kind, Callable[[Column, str, Vocabulary], Value | Reason]] = {
    Kind.TEXT: _text,
    Kind.SLUG: _slug,
    Kind.ZONE: _zone,
    Kind.ONE_OF: _one_of,
    Kind.DAYS: _days,
    Kind.URL: _url,
    Kind.YES_OR_NO: _yes_or_no,
    Kind.SYSTEMS: _systems,
    Kind.SERVICES: _services,
}


def _unknown(code: str, column: Column, text: str, words: Words) -> Reason:
    meant = words.nearest(text)
    return _fault(f"{code}_meant" if meant else code, column, text, meant=meant)


def _fault(code: str, column: Column, text: str, **facts: object) -> Reason:
    facts |= {"column": BY_KEY[column.key].label, "value": text[:80]}
    return Reason(f"import.{code}", facts, column.key)


def written(value: Value) -> str:
    """A value as a cell says it; `_value` reads it back."""
    if isinstance(value, str):
        return f"'{value}" if value.casefold() == NOTHING else neutral(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return neutral("; ".join(value)) if isinstance(value, tuple) else str(value)
