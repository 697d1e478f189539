"""The paragraph for clients, drafted from how each service is touched. Pure: impacts in, plain text out.

It names no day and no clock: the notice around it says them in each reader's zone, and a window may move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from changes.domain.sheet import Touch

NOTHING = "We expect no interruption."
# The four words as a hospital says them, gravest first. No impact is not worth a line.
SAID = {
    "outage": "{service}: not possible{up_to}.",
    "degraded": "{service}: may be slow or briefly interrupted{up_to}.",
    "reduced_redundancy": "{service}: goes on as usual, with less reserve than normal{up_to}.",
}
FELT = ("outage", "degraded")


@dataclass(frozen=True)
class Told:
    """A service by the name that clients know it by, and how it is touched."""

    service: str
    touch: Touch


def draft(told: Sequence[Told], *, window_seconds: int = 0) -> str:
    """What will not work, for how long at most, what to do meanwhile and whether it can be read: a line a
    service, gravest first. `window_seconds` is how long the whole maintenance takes, 0 while no window is known.
    """
    lines = [_line(each) for impact in SAID for each in told if each.touch.impact == impact]
    if not lines:
        return NOTHING
    whole = f", which takes up to {spoken(window_seconds)}" if window_seconds else ""
    return "\n".join([f"During this maintenance{whole}:", *lines])


def _line(told: Told) -> str:
    touch = told.touch
    up_to = f" for up to {spoken(touch.seconds)}" if touch.seconds else ""
    said = [SAID[touch.impact].format(service=told.service, up_to=up_to)]
    if touch.meanwhile.strip():
        said.append(f"Meanwhile: {_ended(touch.meanwhile)}")
    if touch.impact in FELT and touch.fallback == "yes":
        # Who switches it is the house's affair: the words beside the fallback stay inside.
        said.append("You can still look things up.")
    if touch.impact in FELT and touch.fallback == "no":
        said.append("Nothing can be looked up either.")
    if touch.queue.strip():
        said.append("What you send meanwhile is kept and arrives afterwards.")
    return " ".join(said)


def spoken(seconds: int) -> str:
    """30 seconds, 1 minute, 15 minutes: rounded up to whole minutes from two minutes on."""
    if seconds < 120 and seconds != 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _ended(text: str) -> str:
    text = text.strip()
    return text if text[-1] in ".!?…" else f"{text}."


def basis(touches: Mapping[int, Touch]) -> str:
    """A mark of what a paragraph was worded from: another one when clients would have to be told otherwise."""
    told = [
        (key, touch.impact, touch.seconds, touch.meanwhile.strip(), touch.fallback, bool(touch.queue.strip()))
        for key, touch in sorted(touches.items())
    ]
    return sha256(repr(told).encode()).hexdigest()
