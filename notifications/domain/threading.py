"""Names of mails: the same delivery has the same Message-ID for ever, a window is one thread."""

import re
from functools import lru_cache


def message_id(window: str, revision: int, milestone: str, contact: int, resends: int, domain: str) -> str:
    """Like <ris-2026-12.r0.two-weeks.c17@changeboard.example>; a resend by a person has a name of its own."""
    again = f".s{resends}" if resends else ""
    return f"<{plain(window)}.r{revision}.{plain(milestone)}.c{contact}{again}@{domain}>"


def thread_root(window: str, contact: int, domain: str) -> str:
    """What every mail about a window refers to, whichever of them this contact got first."""
    return f"<{plain(window)}.c{contact}@{domain}>"


def references(root: str, earlier: list[str]) -> str:
    """The References header: the thread's root, then the earlier mails this contact got, oldest first."""
    return " ".join(dict.fromkeys([root, *earlier]))


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """Letters, digits, dots and hyphens: what may stand left of the @ unquoted (RFC 5322, dot-atom)."""
    return re.sub(r"[^a-z0-9.-]+", "-", name.lower()).strip("-.")
