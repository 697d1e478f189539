"""What may be attached to a change: how large, which kinds, under which name. Pure; reads bytes, runs nothing.

What a file is, its content says; its name must agree. What a browser would run (HTML, SVG) is refused.
"""

import re
import unicodedata
import zipfile
from enum import StrEnum
from io import BytesIO

from changeboard.refusal import Reason

LARGEST = 10 * 1024 * 1024
MOST_OF_A_CHANGE = 50 * 1024 * 1024
LONGEST_NAME = 255
# Where a page or a drawing shows what it is.
BEGINNING = 1024


class FileKind(StrEnum):
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    ZIP = "zip"
    TEXT = "text"


SUFFIXES: dict[FileKind, frozenset[str]] = {
    FileKind.PDF: frozenset({"pdf"}),
    FileKind.PNG: frozenset({"png"}),
    FileKind.JPEG: frozenset({"jpg", "jpeg"}),
    FileKind.GIF: frozenset({"gif"}),
    FileKind.WEBP: frozenset({"webp"}),
    FileKind.DOCX: frozenset({"docx"}),
    FileKind.XLSX: frozenset({"xlsx"}),
    FileKind.ZIP: frozenset({"zip"}),
    # A name without an ending is plain text's alone.
    FileKind.TEXT: frozenset({"", "txt", "csv", "log"}),
}
BEGINS = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
)
PAGE = re.compile(r"<(?:!doctype|\?xml|html|head|body|script|svg|iframe|meta|style|img)\b", re.IGNORECASE)


def is_page(content: bytes) -> bool:
    """Whether a browser would take it for a page or a drawing with scripts: HTML, SVG, XML."""
    beginning = content[: BEGINNING * 2]
    encoding = "utf-16" if beginning.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return PAGE.search(beginning.decode(encoding, errors="ignore")[:BEGINNING]) is not None


def kind_of(content: bytes) -> FileKind | None:
    """What the bytes are; None for what is not accepted."""
    for begins, kind in BEGINS:
        if content.startswith(begins):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    return FileKind.TEXT if _is_text(content) and not is_page(content) else None


def _kind_of_zip(content: bytes) -> FileKind | None:
    """By the list of what it holds; nothing is unpacked. Documents with macros are not accepted."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    if "word/document.xml" in names:
        return FileKind.DOCX
    return FileKind.XLSX if "xl/workbook.xml" in names else FileKind.ZIP


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def suffix(name: str) -> str:
    """ "plan.PDF" → "pdf"; "" where the name has no ending."""
    return name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""


def clean_name(name: str) -> str:
    """The name alone: no folders, nothing invisible or turning the text around, at most 255 bytes of UTF-8.

    The ending survives the cut. "attachment" where nothing is left.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    # The joiner that holds emoji together is a format character like those that turn the text around.
    seen = "".join(c for c in last if c == "\u200d" or unicodedata.category(c)[0] != "C")
    seen = " ".join(seen.split()).strip(". ")
    if not seen.replace("\u200d", ""):
        return "attachment"
    stem, dot, ending = seen.rpartition(".")
    if not stem or len(ending.encode()) > 20:
        stem, dot, ending = seen, "", ""
    room = LONGEST_NAME - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + ending


def faults(name: str, content: bytes, *, held: int) -> list[Reason]:
    """Every reason against attaching it under a clean name to a change that holds `held` bytes."""
    if len(content) > LARGEST:
        return [too_large()]
    found = []
    if not content:
        return [Reason("attachment.empty", field="file")]
    if held + len(content) > MOST_OF_A_CHANGE:
        found.append(Reason("attachment.change_is_full", field="file"))
    kind = kind_of(content)
    if kind is None:
        code = "attachment.is_a_page" if is_page(content) else "attachment.kind_not_accepted"
        found.append(Reason(code, {"name": name}, "file"))
    elif suffix(name) not in SUFFIXES[kind]:
        found.append(Reason("attachment.name_says_otherwise", {"name": name, "kind": kind.value}, "file"))
    return found


def too_large() -> Reason:
    return Reason("attachment.too_large", field="file")
