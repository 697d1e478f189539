"""The notice policy in words, line by line: for its page, and from and to for the history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from changeboard import words
from changeboard.directory.models import Channel, System
from notifications import labels, policy_labels
from notifications.domain.milestones import AHEAD, Line, Milestone
from notifications.domain.policy import Period, Policy


@dataclass(frozen=True)
class Said:
    """One line. `only` names systems and channels, empty where it is about all of them."""

    line: Line
    audience: str
    milestone: str
    time: str
    windows: str
    systems: tuple[str, ...]
    channels: tuple[str, ...]

    @property
    def key(self) -> str:
        """What it is about, without when: “Clients, two weeks, every window, RIS”."""
        by = [policy_labels.BY.format(channels=", ".join(self.channels).lower())] if self.channels else []
        return ", ".join([self.audience, self.milestone.lower(), self.windows.lower(), *self.systems, *by])


def systems() -> dict[int, str]:
    """Their codes by their ids, in their order. One query."""
    return dict(System.objects.values_list("pk", "code"))


def said(line: Line, codes: Mapping[int, str]) -> Said:
    channels = [Channel(each).label for each in Channel.values if each in line.channels]
    return Said(
        line, labels.AUDIENCES[line.audience], labels.MILESTONES[line.milestone], time(line),
        labels.WHEN[line.when], tuple(code for pk, code in codes.items() if pk in line.systems), tuple(channels),
    )  # fmt: skip


def time(line: Line) -> str:
    """“14 days before, 09:00”, “60 minutes before the start”."""
    if line.milestone not in AHEAD:
        return policy_labels.AT_SERVICE[line.milestone].format(minutes=line.minutes_before)
    own = {Milestone.DAY_OF: policy_labels.ON_THE_DAY, Milestone.DAY_BEFORE: policy_labels.DAY_BEFORE}
    wording = own.get(line.milestone, policy_labels.DAYS_BEFORE)
    return wording.format(days=line.days_before, hour=line.local_hour)


def changed(before: Policy, after: Policy, codes: Mapping[int, str]) -> dict[str, list[str | None]]:
    """From and to by what a line is about; from nothing: it is new, to nothing: it is gone."""
    was, becomes = _all(before, codes), _all(after, codes)
    return {
        key: [was.get(key), becomes.get(key)]
        for key in {**was, **becomes}
        if was.get(key) != becomes.get(key)
    }


def _all(policy: Policy, codes: Mapping[int, str]) -> dict[str, str]:
    lines = (said(each, codes) for each in policy.lines)
    return {**{each.key: each.time for each in lines}, **_quiet(policy.periods)}


def _quiet(periods: Iterable[Period]) -> dict[str, str]:
    return {
        ", ".join(
            [policy_labels.QUIET.format(name=each.name), *audiences(each)]
        ): policy_labels.QUIET_DAYS.format(first=words.shown(each.first_on), last=words.shown(each.last_on))
        for each in periods
    }


def audiences(period: Period) -> list[str]:
    """Whom it binds, empty for everybody."""
    return [name for code, name in labels.AUDIENCES.items() if code in period.audiences]
