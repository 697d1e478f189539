"""A mail built once for all readers who get the same words, with gaps for what is each reader's own.

Building a mail takes milliseconds, filling a ready one microseconds (bench/engine.py). The gaps are ASCII
marks that stand in text, HTML and calendar where a name would; what was rendered with marks is cut at them.
Readers' values are checked: one that a template, an inliner or a mail library would alter goes the slow road.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any

from changeboard.directory.models import Contact
from maintenance import ics
from notifications.channels.email import calendar_part, press
from notifications.channels.email.envelope import PERSONAL, envelope, seal
from notifications.channels.email.header_lines import line
from notifications.channels.email.press import Mail
from notifications.channels.email.send import is_address
from notifications.domain import wording
from notifications.models import Delivery
from notifications.queries.letters import Letter, greeting

# Letters and digits only: nothing escapes, wraps or encodes them.
MARK = re.compile(r"cbgap7x([A-Za-z-]+)0")
# RFC 5322 section 2.1.1; the mail library encodes a part with a longer line, and cuts marks.
LONGEST_LINE = 998
PARTS = ("text", "html", "calendar")


class Unfit(Exception):
    """This notice cannot be built with gaps; it goes the slow road."""


def mark(name: str) -> str:
    return f"cbgap7x{name}0"


@dataclass(frozen=True)
class Gapped:
    """A text that was cut at its marks."""

    pieces: tuple[str, ...]
    gaps: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Gapped":
        cut = MARK.split(text)
        return cls(tuple(cut[::2]), tuple(cut[1::2]))

    def filled(self, values: Mapping[str, str]) -> str:
        found = [self.pieces[0]]
        for gap, piece in zip(self.gaps, self.pieces[1:], strict=True):
            found += (values[gap], piece)
        return "".join(found)


class Stranger:
    """A reader with marks for names. What has no mark must not be read: it would be another reader's."""

    def __init__(self, **known: Any) -> None:
        self.__dict__.update(known, unknown=[])

    def __getattr__(self, name: str) -> Any:
        # A template's condition swallows what is raised: hence the list as well.
        if not name.startswith("__"):
            self.unknown.append(name)
        raise AttributeError(name)


class MarkedLetter(Letter):
    @property
    def greeting(self) -> str:
        return mark("greeting")

    @property
    def meanwhile_ended(self) -> str:
        return mark("ended")


def marked(letter: Letter) -> tuple[Letter, list[Stranger]]:
    """The same letter to nobody in particular, and who stands in it for the reader."""
    client = Stranger(name=mark("client"), slug=mark("slug"))
    contact = Stranger(
        name=mark("contact"), address=mark("address"), wants_invitations=letter.contact.wants_invitations,
        is_contractual=letter.contact.is_contractual,
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(letter, name) for name in letter.__dataclass_fields__}
    values |= {"client": client if letter.client else None, "contact": contact}
    values |= {"meanwhile": mark("meanwhile") if letter.meanwhile else "", "unsubscribe": mark("unsubscribe")}
    return MarkedLetter(**values), [client, contact]


@dataclass(frozen=True)
class Skeleton:
    """One mail with gaps. `frame` is headers and boundaries, the others are its parts; LF line ends."""

    subject: str
    frame: Gapped
    text: tuple[Gapped | str, ...]
    html: Gapped
    calendar: tuple[Gapped | str, ...]

    @classmethod
    def of(cls, letter: Letter, delivery: Delivery, earlier: list[str]) -> "Skeleton":
        """Built from one reader's letter; Unfit when it cannot be."""
        to_nobody, strangers = marked(letter)
        mail, lines = press.mail(to_nobody), calendar_part.lines(to_nobody)
        if unknown := [name for stranger in strangers for name in stranger.unknown]:
            raise Unfit(f"a notice reads what has no gap: {', '.join(unknown)}")
        return cls(
            subject=mail.subject,
            frame=_frame(mail.subject, letter, delivery, earlier, with_calendar=bool(lines)),
            text=tuple(_text_lines(press.unwrapped(to_nobody))),
            html=Gapped.of(mail.html),
            calendar=tuple(_calendar_lines(lines)),
        )

    def filled(self, reader: "Reader", personal: Mapping[str, str], token: str) -> tuple[str, bytes] | None:
        """One reader's mail: the digest of its words, and its bytes. `personal` are the reader's own headers.

        None when a value would not come through as it is written: then the slow road is the only one.
        """
        if not reader.is_plain:
            return None
        in_text = reader.in_text()
        in_html = {gap: as_html(gap, in_text[gap]) for gap in self.html.gaps}
        text, html = self._text(in_text), self.html.filled(in_html)
        words = "\0".join((self.subject, text, html)).encode()
        if max(map(len, words.split(b"\n"))) > LONGEST_LINE:
            return None
        calendar = self._calendar(reader, in_text) if self.calendar else ""
        values = {name: line(name, value)[:-1] for name, value in personal.items()}
        values |= {"boundary": token, "text": text, "html": html, "calendar": calendar}
        for part in PARTS:
            values[f"{part}-bits"] = "7bit" if values[part].isascii() else "8bit"
        wire = self.frame.filled(values).replace("\n", "\r\n").encode()
        return hashlib.sha256(words).hexdigest(), wire

    def _text(self, in_text: Mapping[str, str]) -> str:
        return "\n".join(
            each
            if isinstance(each, str)
            else "\n".join(map(wording.broken, each.filled(in_text).split("\n")))
            for each in self.text
        )

    def _calendar(self, reader: "Reader", in_text: Mapping[str, str]) -> str:
        values = {"slug": reader.slug, "address": reader.address, **in_text}
        found = []
        for each in self.calendar:
            if isinstance(each, str):
                found.append(each)
            else:
                shown = {gap: as_calendar(gap, values[gap]) for gap in each.gaps}
                found += ["\n ".join(ics.folds(each.filled(shown))), "\n"]
        return "".join(found)


def _text_lines(text: str) -> Iterator[Gapped | str]:
    """Lines without a gap are broken once for all, and stand together."""
    for has_gap, group in groupby(text.split("\n"), key=lambda line: MARK.search(line) is not None):
        if has_gap:
            yield from map(Gapped.of, group)
        else:
            yield "\n".join(map(wording.broken, group))


def _calendar_lines(lines: Iterable[str]) -> Iterator[Gapped | str]:
    """Lines without a gap are folded once for all, and stand together."""
    for has_gap, group in groupby(lines, key=lambda line: MARK.search(line) is not None):
        if has_gap:
            yield from map(Gapped.of, group)
        else:
            yield ics.folded(group).replace("\r\n", "\n")


def _frame(
    subject: str, letter: Letter, delivery: Delivery, earlier: list[str], *, with_calendar: bool
) -> Gapped:
    """Headers, boundaries and encodings around three gaps, from the very message that Django builds."""
    calendar = calendar_part.part(mark("calendar"), letter) if with_calendar else None
    message: Any = envelope(
        Mail(subject, mark("text"), mark("html")), letter, delivery, earlier, calendar
    ).message()
    whole = message.as_bytes(linesep="\n").decode("ascii").replace(seal(delivery), mark("boundary"))
    head, _, parts = whole.partition("\n\n")
    head += "\n"
    for name in PERSONAL:
        head = re.sub(rf"^{name}: .*\n(?:[ \t].*\n)*", f"{mark(name)}\n", head, flags=re.MULTILINE)
    for part in PARTS[: 3 if with_calendar else 2]:
        before, _, after = parts.partition(mark(part))
        shown, said, rest = before.rpartition("Content-Transfer-Encoding: 7bit")
        if not said:
            raise Unfit(f"the {part} is encoded")
        parts = "".join((shown, "Content-Transfer-Encoding: ", mark(f"{part}-bits"), rest, mark(part), after))
    return Gapped.of(f"{head}\n{parts}")


@dataclass(frozen=True)
class Reader:
    """What is one reader's own, as it is written down."""

    client: str
    slug: str
    contact: str
    address: str
    meanwhile: str
    unsubscribe: str
    greeting: str

    @classmethod
    def of(cls, contact: Contact, unsubscribe: str, at: datetime) -> "Reader":
        client = contact.client
        return cls(
            client=client.name if client else "",
            slug=client.slug if client else "",
            contact=contact.name,
            address=contact.address,
            meanwhile=client.meanwhile_in_words.replace("\r\n", "\n") if client else "",
            unsubscribe=unsubscribe,
            greeting=greeting(contact, at),
        )

    @property
    def is_plain(self) -> bool:
        """Whether every value stands in text and HTML as it is written."""
        names = [self.contact, *([self.client, self.slug] if self.client else [])]
        return (
            all(name and name.isprintable() and name == name.strip() for name in names)
            and is_address(self.address)
            and (not self.meanwhile or _is_tidy(self.meanwhile))
        )

    def in_text(self) -> dict[str, str]:
        return {
            "client": self.client,
            "contact": self.contact,
            "meanwhile": self.meanwhile,
            "ended": wording.ended(self.meanwhile),
            "unsubscribe": self.unsubscribe,
            "greeting": self.greeting,
        }


# Contacts of one client share most of it.
@lru_cache(maxsize=4096)
def as_html(gap: str, value: str) -> str:
    """As the inliner writes text: it escapes no quotes."""
    written = escape(value, quote=False)
    return written.replace("\n", "<br>") if gap == "meanwhile" else written


@lru_cache(maxsize=4096)
def as_calendar(gap: str, value: str) -> str:
    return value if gap == "address" else ics.text(value)


def _is_tidy(words: str) -> bool:
    """Whether the plain text keeps it: no blanks at a line's end, no gap of two lines, nothing invisible."""
    lines = words.split("\n")
    return (
        "\n\n\n" not in words
        and words == words.strip()
        and all(each == each.rstrip() and each.isprintable() for each in lines)
    )
