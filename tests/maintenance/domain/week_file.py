"""A file of 168 hours, with whatever a test wants otherwise."""

from maintenance.domain.volume_file import DAYS


def week_file(
    *, orders="10", urgent="", mark=",", ends="\n", day=lambda number: DAYS[number][:3], instead=None
):
    """Line 1 is the heading; `instead` has whole lines by their number."""
    heading = ["weekday", "hour", "orders", *(["urgent"] if urgent else [])]
    lines = [mark.join(heading)]
    for hour in range(168):
        lines.append(mark.join([day(hour // 24), str(hour % 24), orders, *([urgent] if urgent else [])]))
    for number, line in (instead or {}).items():
        lines[number - 1] = line
    return ends.join(lines) + ends
