"""Text on paper: PDF pages with a heading, a foot and letters for the scripts that names come in.

The same text at the same instant makes the same file, byte by byte, so that a printed page can be compared.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf_fonts
from django.conf import settings
from fpdf import FPDF
from fpdf.enums import XPos, YPos

# Where paper is Letter; it is A4 everywhere else.
LETTER = ("US", "CA", "MX")
TEXT = "FiraGO"
SIGNS = "Signs"
FONTS = {(TEXT, ""): "figo", (TEXT, "B"): "figbo", (SIGNS, ""): "symbol2"}
INK, GREY, RULE = (20, 24, 31), (90, 98, 112), (200, 204, 212)
MARGIN = 22

logging.getLogger("fontTools").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Part:
    """A heading and the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


@lru_cache(maxsize=8)
def pdf(title: str, under: str, parts: tuple[Part, ...], *, foot: str, at: datetime) -> bytes:
    """The whole document. `under` stands below the title, `foot` on each page beside its number; `at` is the
    instant that the file bears as its own. Kept for a while: a dozen members get the same file."""
    paper = _Paper(title, foot)
    paper.set_creation_date(at.astimezone(UTC))
    paper.add_page()
    paper.head(under)
    for part in parts:
        paper.part(part)
    return bytes(paper.output())


class _Paper(FPDF):
    def __init__(self, title: str, foot: str) -> None:
        super().__init__(format="Letter" if settings.PLATFORM_COUNTRY in LETTER else "A4")
        self.title_text, self.foot_text = title, foot
        self.set_title(title)
        self.set_producer("changeboard")
        self.set_lang("en")
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 4)
        for (family, style), path in _fonts().items():
            self.add_font(family, style, str(path))
        self.set_fallback_fonts([SIGNS], exact_match=False)
        self.set_text_shaping(True)

    def head(self, under: str) -> None:
        self._line(self.title_text, 19, style="B", after=1)
        self._line(under, 10, colour=GREY, after=4)
        self.set_draw_color(*RULE)
        self.line(MARGIN, self.y, self.w - MARGIN, self.y)
        self.set_y(self.y + 4)

    def part(self, part: Part) -> None:
        # A heading keeps its first lines with it.
        if self.will_page_break(22):
            self.add_page()
        self._line(part.heading, 12.5, style="B", before=2.5, after=1)
        for paragraph in part.paragraphs:
            self._line(paragraph, 10.5, after=1.4)

    def footer(self) -> None:
        self.set_y(-MARGIN + 6)
        self.set_font(TEXT, "", 8.5)
        self.set_text_color(*GREY)
        self.cell(0, 5, self.foot_text, new_x=XPos.LMARGIN, new_y=YPos.TOP)
        self.cell(0, 5, f"{self.page_no()} of {{nb}}", align="R")

    def _line(
        self,
        text: str,
        size: float,
        *,
        style: str = "",
        colour: tuple[int, int, int] = INK,
        before: float = 0,
        after: float = 0,
    ) -> None:
        self.set_y(self.y + before)
        self.set_font(TEXT, style, size)
        self.set_text_color(*colour)
        self.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(self.y + after)


@cache
def _folder() -> TemporaryDirectory[str]:
    """Lives as long as the process; the typesetter reads fonts from files only."""
    return TemporaryDirectory(prefix="changeboard-fonts-")


@cache
def _fonts() -> dict[tuple[str, str], Path]:
    found = {}
    for key, code in FONTS.items():
        found[key] = Path(_folder().name) / f"{code}.ttf"
        found[key].write_bytes(pymupdf_fonts.myfont(code))
    return found
