"""What a person types to find changes, taken apart: a reference, whole words, the beginning of the last one."""

import re
from dataclasses import dataclass

REFERENCE = re.compile(r"(?:chg[- ]?)?0*(\d{1,6})", re.IGNORECASE)
WORD = re.compile(r"[^\W_]{2,}")


@dataclass(frozen=True)
class Asked:
    """`whole` is read as a web search reads it; `head` and `prefix` are the same with an unfinished last word.

    `reference` is "CHG-0142" where nothing but a change's number was typed; "" where there is none.
    """

    whole: str
    head: str = ""
    prefix: str = ""
    reference: str = ""


def number(text: str) -> int | None:
    """The change's number, where the text is a reference and nothing else: CHG-0142, chg 142, 142."""
    found = REFERENCE.fullmatch(text.strip())
    return int(found[1]) if found else None


def asked(text: str) -> Asked:
    """The text taken apart. A quoted, excluded or alternative last word has no beginning to look for."""
    words = text.split()
    named = number(text)
    reference = f"CHG-{named:04d}" if named is not None else ""
    if not words or not _is_open(text, words):
        return Asked(text, reference=reference)
    return Asked(text, " ".join(words[:-1]), words[-1].lower(), reference)


def _is_open(text: str, words: list[str]) -> bool:
    is_quoted = text.count('"') > 0 and ('"' in words[-1] or text.count('"') % 2 == 1)
    is_alternative = "or" in (words[-1].lower(), words[-2].lower() if len(words) > 1 else "")
    return bool(WORD.fullmatch(words[-1])) and not is_quoted and not is_alternative
