"""Records of trouble after a change: their numbers or addresses, as people type them. Pure."""

import re
from collections.abc import Iterable

from changeboard.refusal import Reason

LONGEST, MOST = 200, 20
ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
CHANGE = re.compile(r"CHG-\d{4,10}")


def in_lines(text: str) -> list[str]:
    """What stands in each line, once, in order; empty lines say nothing."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def joined(known: Iterable[str], more: Iterable[str]) -> list[str]:
    """Those known and those named now, each once."""
    return list(dict.fromkeys([*known, *more]))


def faults(records: list[str], *, at_field: str) -> list[Reason]:
    """What is wrong with these records: too long, too many, an address that is none."""
    found = [
        Reason("trouble.too_long", {"start": each[:30], "most": LONGEST}, at_field)
        for each in records
        if len(each) > LONGEST
    ]
    found += [
        Reason("trouble.no_address", {"record": each[:60]}, at_field)
        for each in records
        if "://" in each and not ADDRESS.fullmatch(each)
    ]
    return [*found, Reason("trouble.too_many", {"most": MOST}, at_field)] if len(records) > MOST else found


def is_address(record: str) -> bool:
    return bool(ADDRESS.fullmatch(record))


def is_change(record: str) -> bool:
    """Whether it names a change: the one that repairs what this one broke."""
    return bool(CHANGE.fullmatch(record))
