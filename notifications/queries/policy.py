"""The notice policy as the pure plan wants it."""

from collections.abc import Sequence

from changeboard.directory.models import Channel
from notifications.domain.milestones import Audience, Line, Milestone
from notifications.domain.plan import WindowPicture
from notifications.models import PolicyLine, QuietPeriod


def lines() -> list[Line]:
    """The lines in force, each with the quiet periods of its audience. Two queries."""
    periods = list(QuietPeriod.objects.in_force())
    rows = PolicyLine.objects.in_force().with_systems().order_by("audience", "when", "-days_before", "id")
    return [
        row.as_line(
            frozenset(row.system_ids), tuple(each.as_quiet() for each in periods if each.binds(row.audience))
        )
        for row in rows
    ]


def starting() -> list[Line]:
    """When order systems are told that a window is starting: the lines about that. One query."""
    rows = PolicyLine.objects.in_force().with_systems()
    of_clients = rows.filter(audience=Audience.CLIENTS.value, milestone=Milestone.STARTING.value)
    lines = [row.as_line(frozenset(row.system_ids)) for row in of_clients]
    return [line for line in lines if line.goes_by(Channel.OMS)]


def starting_minutes(window: WindowPicture, lines: Sequence[Line]) -> int:
    """How long before its start an order system shows a window: the longest that a line asks for, or 0."""
    return max((line.minutes_before for line in lines if window.is_meant_by(line)), default=0)
