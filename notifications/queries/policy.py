"""The notice policy as the pure plan wants it."""

from collections.abc import Sequence
from datetime import datetime

from changeboard.directory.models import Channel
from notifications.domain.milestones import Audience, Line, Milestone
from notifications.domain.picture import WindowPicture
from notifications.domain.policy import Period, Policy
from notifications.models import NoticePolicy, PolicyLine, QuietPeriod


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


def version() -> int:
    """Of the policy in force. One query."""
    return NoticePolicy.objects.in_force().version


def quiet_since() -> dict[object, datetime]:
    """Since when which days are quiet, by what a period says (`Period.days`). One query."""
    return {
        (row.first_on, row.last_on, tuple(sorted(row.audiences))): row.since
        for row in QuietPeriod.objects.in_force()
    }


def in_force() -> Policy:
    """The policy as it is edited: its lines in their order, and its quiet periods. Two queries."""
    rows = PolicyLine.objects.in_force().with_systems().order_by("pk")
    periods = QuietPeriod.objects.in_force()
    return Policy(
        tuple(row.as_line(frozenset(row.system_ids)) for row in rows),
        tuple(
            Period(row.name, row.first_on, row.last_on, frozenset(map(Audience, row.audiences)))
            for row in periods
        ),
    )


def told_to(audience: Audience) -> set[str]:
    """At which milestones any line tells an audience something. One query."""
    lines = PolicyLine.objects.in_force().filter(audience=audience.value).order_by()
    return set(lines.values_list("milestone", flat=True))


def starting() -> list[Line]:
    """When order systems are told that a window is starting: the lines about that. One query."""
    rows = PolicyLine.objects.in_force().with_systems()
    of_clients = rows.filter(audience=Audience.CLIENTS.value, milestone=Milestone.STARTING.value)
    lines = [row.as_line(frozenset(row.system_ids)) for row in of_clients]
    return [line for line in lines if line.goes_by(Channel.OMS)]


def starting_minutes(window: WindowPicture, lines: Sequence[Line]) -> int:
    """How long before its start an order system shows a window: the longest that a line asks for, or 0."""
    return max((line.minutes_before for line in lines if line.is_about(window)), default=0)
