"""Clients and contacts as a CSV file that a spreadsheet opens and an import takes back unchanged."""

from collections.abc import Iterator, Mapping

from changeboard import words
from changeboard.directory.domain.columns import ALL, BY_KEY, CLIENT, CONTACT, NOTES
from changeboard.directory.domain.csv_file import Sheet
from changeboard.directory.domain.import_plan import KnownClient
from changeboard.directory.domain.lines import Line, Value, written
from changeboard.directory.queries import importing
from changeboard.sheet_cells import as_typed, neutral

# Excel takes a file without it for Latin-1.
BYTE_ORDER_MARK = "\ufeff"


def rows() -> Iterator[list[str]]:
    """The heading, then one row a contact; a client without contacts has one row. Four queries."""
    yield [column.label for column in ALL]
    for client in importing.clients():
        yield from _of(client)


def _of(client: KnownClient) -> Iterator[list[str]]:
    own = [written(client.fields[column.field]) for column in CLIENT]
    for fields in [contact.fields for contact in client.contacts] or [{}]:
        yield [*own, *_contact(fields)]


def _contact(fields: Mapping[str, Value]) -> list[str]:
    if not fields:
        return [""] * len(CONTACT)
    # A chat's address is the key to it: its mask means the same address when the file comes back.
    address = importing.shown_address(str(fields["channel"]), fields["address"])
    return [written({**fields, "address": address}[column.field]) for column in CONTACT]


def bad_lines(sheet: Sheet, bad: list[Line]) -> Iterator[list[str]]:
    """The bad lines as they came, each with its number and its reasons in front: to be mended and uploaded."""
    yield [*NOTES, *(neutral(heading) for heading in sheet.headings)]
    width = len(sheet.headings)
    for line in bad:
        cells = (*line.row.cells, *[""] * width)[:width]
        yield [str(line.number), " ".join(why(line)), *(neutral(as_typed(cell)) for cell in cells)]


def why(line: Line) -> list[str]:
    """All that is wrong with a line, in words, each with its column."""
    return [
        f"{BY_KEY[each.field].label}: {words.sentence(each)}"
        if each.field in BY_KEY
        else words.sentence(each)
        for each in line.reasons
    ]
