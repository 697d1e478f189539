"""A wall time as a person means it: daylight saving skips some hours and brings others twice. Pure."""

from datetime import date, time

from changeboard import clock
from changeboard.refusal import Reason

FIRST, SECOND = "first", "second"


def meant(on: date, wall: time, which: str, zone: str) -> tuple[time, list[Reason]]:
    """The time for `clock.at_wall`, the second of two equal ones with fold=1, and what must be asked first.

    A person is asked (NOTICES.md section 6): which side of a gap, which of two equal hours. A cadence is not:
    it takes the next time that exists, and the first of two.
    """
    instants = clock.times_at_wall(on, wall, zone)
    facts: dict[str, object] = {"wall": f"{wall:%H:%M}", "on": on}
    if not instants:
        after = clock.local(clock.at_wall(on, wall, zone), zone)
        return wall, [Reason("window.hour_skipped", {**facts, "next": f"{after:%H:%M}"}, "start_time")]
    if len(instants) == 1:
        return wall, []
    if which not in (FIRST, SECOND):
        first, second = (f"{each:%H:%M} UTC" for each in instants)
        return wall, [Reason("window.hour_twice", {**facts, "first": first, "second": second}, "which")]
    return wall.replace(fold=int(which == SECOND)), []
