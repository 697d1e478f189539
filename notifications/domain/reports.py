"""What is told of a mail after a server took it: that it came back, waits, arrived, or was complained of. Pure."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from notifications.domain.lifecycle import Report

# Numbers as long as the database has them: a name is written by whoever sends it.
TOKEN = re.compile(r"(\d{1,18})\.(\d{1,9})\.([0-9a-f]{12})", re.I)
# <ris-2026-12.r0.two-weeks.c17.s1@host>: domain/threading.py.
NOTICE = re.compile(
    r"(?P<window>.+)\.r(?P<revision>\d{1,9})\.(?P<milestone>[a-z-]+)\.c(?P<contact>\d{1,18})"
    r"(?:\.s(?P<resends>\d{1,9}))?"
)
CHECK = re.compile(r"address-check\.(\d{1,18})")
# What says no for ever, and what says not now: of a server's answer (RFC 5321, RFC 3463).
FOR_EVER = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b|^\s*(?:smtp;\s*)?5\d\d\b")
NOT_NOW = re.compile(r"\b4\.\d{1,3}\.\d{1,3}\b|^\s*(?:smtp;\s*)?4\d\d\b")


@dataclass(frozen=True)
class Told:
    """One report. `key` is the same when the same is told again; `names` are our own names of the mail as far as the
    report brings them, `token` the word of its envelope, `provider_id` what a provider calls it."""

    key: str
    report: Report
    words: str
    names: tuple[str, ...] = ()
    token: str = ""
    provider_id: str = ""
    address: str = ""


@dataclass(frozen=True)
class Named:
    """Which notice one of our Message-IDs names: the window as the name spells it."""

    window: str
    revision: int
    milestone: str
    contact: int
    resends: int


def key(*parts: str) -> str:
    """The name of a report, from what makes it one."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def inner(name: str, host: str) -> str:
    """What stands left of the @ of a Message-ID of this host; empty for another's."""
    left, _, right = name.strip().strip("<>").rpartition("@")
    return left.lower() if right.lower() == host.lower() else ""


def notice(name: str, host: str) -> Named | None:
    """The notice that this Message-ID names, None where it names none of ours."""
    found = NOTICE.fullmatch(inner(name, host))
    if found is None:
        return None
    said = found.groupdict()
    milestone, resends = said["milestone"].replace("-", "_"), int(said["resends"] or 0)
    return Named(said["window"], int(said["revision"]), milestone, int(said["contact"]), resends)


def address_check(name: str, host: str) -> int | None:
    """The number of the mail that asked to confirm an address, None where this names none."""
    found = CHECK.fullmatch(inner(name, host))
    return int(found[1]) if found else None


def token(secret: str, delivery: int, resends: int) -> str:
    """The word that a mail's envelope carries, so that even a bounce without our headers says whose it is."""
    return f"{delivery}.{resends}.{_mac(secret, delivery, resends)}"


def opened(word: str, secret: str) -> tuple[int, int] | None:
    """Delivery and resend that such a word names; None for a word that we did not make."""
    found = TOKEN.fullmatch(word)
    if found is None:
        return None
    delivery, resends = int(found[1]), int(found[2])
    return (
        (delivery, resends)
        if hmac.compare_digest(found[3].lower(), _mac(secret, delivery, resends))
        else None
    )


def _mac(secret: str, delivery: int, resends: int) -> str:
    return hmac.digest(secret.encode(), f"bounce:{delivery}:{resends}".encode(), "sha256").hex()[:12]


def envelope_sender(bounce_address: str, word: str) -> str:
    """bounces@example.com → bounces+<word>@example.com."""
    name, _, host = bounce_address.rpartition("@")
    return f"{name}+{word}@{host}"


def token_of(address: str) -> str:
    """The word behind the plus of an address, empty where there is none."""
    return address.strip().strip("<>").rpartition("@")[0].partition("+")[2]


def is_soft(words: str) -> bool:
    """Whether a server's words say "not now" and nowhere "never"."""
    return bool(NOT_NOW.search(words)) and not FOR_EVER.search(words)
