"""My work: what waits for this person, by when, and what is about to happen on the platform."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, F, Min
from django.db.models import Window as Over
from django.db.models.functions import RowNumber
from django.http import HttpResponse
from django.shortcuts import render

from changeboard import clock
from changeboard.nav import SOURCES
from changeboard.people.gate import Visit, may
from changeboard.people.models import Person
from changes.models import Change, Meeting
from changes.queries import lists
from changes.queries.claims import claims_on
from maintenance.contributions import Claim
from maintenance.domain import budget
from maintenance.models import Freeze, Window
from notifications import labels
from notifications.models import Delivery

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class NextWindow:
    """The next window of one system: its downtime against the budget, and who rides on it."""

    window: Window
    sums: budget.Sums
    changes: int
    own: int


@dataclass(frozen=True)
class GoingOut:
    """One wave of notices: a milestone of a window, from when on, to how many clients and others."""

    reference: str
    system: str
    milestone: str
    due_at: datetime
    clients: int
    deliveries: int


@dataclass(frozen=True)
class MyWork:
    """The picture of the page; `waiting` is sorted by due instant, things without one last."""

    waiting: list[Any]
    windows: list[NextWindow]
    lines: list[lists.Line]
    freezes: list[Freeze]
    going_out: list[GoingOut]
    meeting: Meeting | None


def my_work(person: Person, *, now: datetime) -> MyWork:
    """Everything on the page, for `person` at `now`. A fixed number of queries."""
    waiting = [each for source in SOURCES for each in source(person, now=now)]
    own = Change.objects.of_requester(person).open().for_pages()[:10]
    return MyWork(
        waiting=sorted(waiting, key=lambda thing: thing.due_at or NEVER),
        windows=next_windows(person, now=now),
        lines=lists.lines(list(own), person=person, now=now),
        freezes=list(Freeze.objects.ahead(now=now)[:2]),
        going_out=going_out(now=now),
        meeting=Meeting.objects.ahead(now=now).with_counts().first(),
    )


def next_windows(person: Person, *, now: datetime) -> list[NextWindow]:
    """The next window of each system, in the systems' order. Three queries."""
    place = Over(RowNumber(), partition_by=[F("system_id")], order_by=F("starts_at").asc())
    upcoming = Window.objects.upcoming(now=now).select_related("system").annotate(place=place)
    windows = sorted(upcoming.filter(place=1), key=lambda window: window.system.position)
    claims = claims_on(window.pk for window in windows)
    riding = Change.objects.filter(window__in=windows).exclude(state__in=("rejected", "withdrawn"))
    riders = list(riding.values_list("window_id", "requester_id"))
    return [
        NextWindow(
            window=window,
            sums=budget.sums(
                [
                    budget.Length(claim.planned_seconds, claim.worst_seconds)
                    for claim in claims.get(window.pk, [])
                ],
                window.budget_seconds,
            ),
            changes=sum(on == window.pk for on, _ in riders),
            own=sum(on == window.pk and by == person.pk for on, by in riders),
        )
        for window in windows
    ]


def _sums(claims: list[Claim], budget_seconds: int) -> budget.Sums:
    lengths = [budget.Length(claim.planned_seconds, claim.worst_seconds) for claim in claims]
    return budget.sums(lengths, budget_seconds)


def going_out(*, now: datetime) -> list[GoingOut]:
    """The next waves of notices, soonest first. One query."""
    planned = Delivery.objects.filter(state="planned", try_at__gt=now)
    waves = planned.values("window__reference", "window__system__code", "milestone").annotate(
        first=Min("due_at"), clients=Count("client", distinct=True), deliveries=Count("pk")
    )
    return [
        GoingOut(
            wave["window__reference"],
            wave["window__system__code"],
            labels.MILESTONES[wave["milestone"]].lower(),
            wave["first"],
            wave["clients"],
            wave["deliveries"],
        )
        for wave in waves.order_by("first")[:5]
    ]


@may("people.use")
def home(request: Visit) -> HttpResponse:
    """The first page of whoever is signed in."""
    return render(request, "home/my_work.html", {"work": my_work(request.user, now=clock.now())})
