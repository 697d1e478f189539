import pytest

from changeboard.directory.domain import csv_file
from changeboard.refusal import Refusal

TEXT = 'Client;Time zone;Meanwhile\r\nKöln Süd;Europe/Berlin;"Call,\r\nthen fax"\r\n\r\nZürich;Europe/Berlin;\r\n'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_encoding_and_separator_gives_the_same_rows(encoding, separator):
    text = TEXT.replace("Call,", "Call").replace(";", separator)
    read = csv_file.read(text.encode(encoding))
    assert (read.keys, [(row.number, row.cells[0]) for row in read.rows]) == (
        ("client", "time_zone", "meanwhile"),
        [(2, "Köln Süd"), (4, "Zürich")],
    )


def test_lines_are_counted_as_a_spreadsheet_shows_them():
    read = csv_file.read(TEXT.encode())
    assert [(row.number, row.cells[2]) for row in read.rows] == [(2, "Call,\r\nthen fax"), (4, "")]


def test_the_line_with_which_excel_names_its_separator_is_not_counted():
    read = csv_file.read(b"sep=;\r\nClient;Systems\r\nCopperline;RIS,PACS\r\n")
    assert [(row.number, row.cells) for row in read.rows] == [(2, ("Copperline", "RIS,PACS"))]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"Client,Systems\n", "no_lines"),
        (b"PK\x03\x04rest of a workbook", "other_kind"),
        (b"<!DOCTYPE html><html>", "other_kind"),
        (b"%PDF-1.7", "other_kind"),
        (b"Client\x00\x01\x02,Systems\nA,B", "no_text"),
        (b"\xff\xfeC\x00l\x00i\x00\x00\xd8", "no_text"),
        (b"Name,Systems\nCopperline,RIS\n", "column_missing"),
        (b"Client,client\nCopperline,RIS\n", "column_twice"),
        (b'Client,Meanwhile\nCopperline,"Call us\nTwo Rivers,x\n', "broken_quotes"),
        (b"x" * (csv_file.MOST_BYTES + 1), "too_large"),
        (b"Client\n" + b"A\n" * (csv_file.MOST_LINES + 1), "too_many_lines"),
        (b"Client\n" + b"A" * (csv_file.LONGEST_CELL + 1), "cell_too_long"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data, code):
    with pytest.raises(Refusal) as refused:
        csv_file.read(data)
    assert [reason.code for reason in refused.value.reasons] == [f"import.{code}"]


def test_a_heading_that_is_not_ours_is_named_with_the_one_that_was_meant():
    read = csv_file.read(b"Client,Time zon,Colour,Line,Why\nCopperline,x,blue,3,bad\n")
    assert read.unknown == (("Time zon", "Time zone"), ("Colour", ""))
