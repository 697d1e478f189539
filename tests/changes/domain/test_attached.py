"""What is accepted, by its bytes and its name."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain import attached
from changes.domain.attached import FileKind, clean_name, faults, kind_of


def packed(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
ACCEPTED = [
    (b"%PDF-1.7 \0", FileKind.PDF),
    (PNG, FileKind.PNG),
    (b"\xff\xd8\xff\xe0\0", FileKind.JPEG),
    (b"GIF89a\0", FileKind.GIF),
    (b"RIFF\x01\0\0\0WEBPVP8 ", FileKind.WEBP),
    (packed("word/document.xml"), FileKind.DOCX),
    (packed("xl/workbook.xml"), FileKind.XLSX),
    (packed("notes.txt"), FileKind.ZIP),
    (packed(), FileKind.ZIP),
    ("time,state\n11:02,fallè\n".encode(), FileKind.TEXT),
    (b"a < b and c > d", FileKind.TEXT),
]
REFUSED = [
    b"<!DOCTYPE html><p>hi",
    b"\xef\xbb\xbf  <HTML>",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"<?xml version='1.0'?><svg/>",
    b"words and then <script>alert(1)</script>",
    "<svg onload=alert(1)>".encode("utf-16"),
    b"MZ\x90\0",
    b"\x7fELF\x02\0",
    b"text with a \0",
    b"\xe9t\xe9",
    b"PK\x03\x04 and then nothing",
    packed("word/document.xml", "word/vbaProject.bin"),
]


@pytest.mark.parametrize(("content", "kind"), ACCEPTED)
def test_a_file_is_what_its_content_says(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize("content", REFUSED)
def test_what_a_browser_or_a_machine_would_run_is_not_accepted(content):
    assert kind_of(content) is None


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind_or_none_and_never_a_fault_of_ours(content):
    assert kind_of(content) is None or isinstance(kind_of(content), FileKind)


def codes(name: str, content: bytes, held: int = 0) -> list[str]:
    return [reason.code for reason in faults(name, content, held=held)]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("plan.png", PNG, []),
        ("plan.PNG", PNG, []),
        ("README", b"text", []),
        ("plan.png", b"<!doctype html>", ["attachment.is_a_page"]),
        ("plan.svg", b"<svg/>", ["attachment.is_a_page"]),
        ("plan.html", b"plain words", ["attachment.name_says_otherwise"]),
        ("plan.exe", PNG, ["attachment.name_says_otherwise"]),
        ("plan.exe", b"MZ\0", ["attachment.kind_not_accepted"]),
        ("plan.txt", b"", ["attachment.empty"]),
        ("plan.txt", b"x" * attached.LARGEST, []),
        ("plan.txt", b"x" * (attached.LARGEST + 1), ["attachment.too_large"]),
    ],
)
def test_name_and_content_must_agree_and_fit(name, content, expected):
    assert codes(name, content) == expected


def test_a_change_holds_up_to_its_limit_and_not_one_byte_more():
    room = attached.MOST_OF_A_CHANGE - 1
    assert (codes("a.txt", b"x", room), codes("a.txt", b"xx", room)) == ([], ["attachment.change_is_full"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("plan\r\nSet-Cookie: a.pdf", "planSet-Cookie: a.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("👩‍🚒 run.pdf", "👩‍🚒 run.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("...", "attachment"),
        ("", "attachment"),
    ],
)
def test_a_name_keeps_its_words_and_loses_what_deceives(typed, kept):
    assert clean_name(typed) == kept


@given(st.text(max_size=400))
def test_a_clean_name_is_short_visible_and_clean_already(name):
    clean = clean_name(name)
    assert (0 < len(clean.encode()) <= 255, set(clean) & set("/\\\n\r\0\u202e")) == (True, set())


def test_a_long_name_keeps_its_ending():
    assert clean_name("é" * 300 + ".pdf") == "é" * 125 + ".pdf"
