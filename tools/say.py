"""What a person sees while the tools work."""

import contextlib
import sys
import time

_started = time.monotonic()


class Trouble(Exception):
    """Something that a person must put right; its text is the one clear line that says so."""


def say(text: str) -> None:
    """One line, with the seconds since the start before it."""
    plain(f"{time.monotonic() - _started:5.1f} s  {text}")


def plain(text: str, *, to_errors: bool = False) -> None:
    """Print lines. A terminal that went away is no reason to fail: there is still work to stop."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=sys.stderr if to_errors else sys.stdout, flush=True)
