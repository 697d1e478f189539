"""What is asked of a search for slots, in the address of the page or the API. Parsing only."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from changeboard import clock
from changeboard.directory.models import Service, System
from changeboard.people.models import platform_time_zone
from maintenance.domain.slot_search import Treat, Wish
from maintenance.domain.volume import URGENT_WEIGHT
from maintenance.forms.lengths import LengthField
from maintenance.forms.windows import day_input, time_input
from maintenance.models import Cadence
from maintenance.queries.slots import Question
from maintenance.slot_labels import TREATMENTS

LONGEST_MINUTES = 24 * 60


def treatment(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(TREATMENTS.items()), label=label, required=False)


class SlotForm(forms.Form):
    """Days and hours are the platform's. What is not asked for is as a usual window of the system has it."""

    system = forms.ModelMultipleChoiceField(
        System.objects.all(), to_field_name="code", label="Systems", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one system."},
    )  # fmt: skip
    length = forms.IntegerField(label="Length", min_value=1, max_value=LONGEST_MINUTES)
    down = LengthField(label="Down at worst")
    planned = LengthField(label="Down as planned")
    first = forms.DateField(label="From", widget=day_input())
    month = forms.DateField(label="Month", required=False, input_formats=["%Y-%m"], widget=forms.HiddenInput)
    earliest = forms.TimeField(label="Not before", widget=time_input())
    latest = forms.TimeField(label="Over by", widget=time_input())
    weekends = forms.BooleanField(label="Weekends too", required=False)
    weight = forms.IntegerField(label="An urgent order counts", min_value=1, max_value=100)
    no_go = treatment("A client’s no-go date")
    lead = treatment("Less lead than a contract asks")
    twice = treatment("A client hit twice in a week")
    service = forms.ModelMultipleChoiceField(
        Service.objects.all(), to_field_name="slug", required=False, widget=forms.MultipleHiddenInput
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        down, planned, length = given.get("down") or 0, given.get("planned"), given.get("length")
        if length is not None and down > length * 60:
            self.add_error("down", "The platform cannot be down for longer than the window lasts.")
        if planned is not None and planned > down:
            self.add_error("planned", "The plan cannot be longer than the worst case.")
        earliest, latest = given.get("earliest"), given.get("latest")
        if earliest is not None and latest not in (None, time(0)) and latest <= earliest:
            self.add_error(
                "latest", "It must lie after the hour before which nothing starts; 00:00 is midnight."
            )
        return given

    def question(self, *, now: datetime) -> Question:
        """The search, from the day asked for to the end of the planning horizon, or within a month."""
        given = self.cleaned_data
        first, last = days(given["first"], given["month"], now=now)
        down = given["down"] or 0
        wish = Wish(
            system_ids=tuple(system.pk for system in given["system"]),
            length_seconds=given["length"] * 60,
            planned_seconds=down if given["planned"] is None else given["planned"],
            worst_seconds=down,
            first=first,
            last=last,
            zone=platform_time_zone(),
            earliest=given["earliest"],
            latest=given["latest"],
            weekends=given["weekends"],
            **{kind: Treat(given[kind] or Treat.RANK_DOWN) for kind in ("no_go", "lead", "twice")},
        )
        return Question(wish, tuple(service.pk for service in given["service"]), given["weight"])


def days(first: date, month: date | None, *, now: datetime) -> tuple[date, date]:
    """The first and the last day to look at; a month is looked at from today on, never beyond it."""
    today = clock.local_date(now, platform_time_zone())
    first = max(first, today)
    if month is None:
        return first, first + timedelta(days=settings.PLANNING_HORIZON_DAYS - 1)
    after = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    return max(month.replace(day=1), today), max(after - timedelta(days=1), today)


def slot_form(asked: QueryDict, *, now: datetime) -> SlotForm:
    """The form of an address, with what it leaves open as a usual window of its systems has it. Three queries."""
    data = asked.copy()
    if "asked" not in asked and "system" not in asked and (busiest := _usual(())):
        data.setlist("system", [busiest.system.code])
    for name, value in _defaults(data.getlist("system"), now=now).items():
        if name not in data or (
            not data[name] and name in ("first", "earliest", "latest", "weight", "length")
        ):
            data[name] = value
    return SlotForm(data)


def _defaults(codes: list[str], *, now: datetime) -> Mapping[str, str]:
    today = clock.local_date(now, platform_time_zone())
    cadence = _usual(codes)
    length, down = (cadence.length_seconds, cadence.budget_seconds) if cadence else (3600, 0)
    return {
        "length": str(length // 60),
        "down": f"{down // 60}:{down % 60:02}",
        "first": (today + timedelta(days=1)).isoformat(),
        "earliest": "08:00",
        "latest": "18:00",
        "weight": str(URGENT_WEIGHT),
        "no_go": Treat.RANK_DOWN.value,
        "lead": Treat.RANK_DOWN.value,
        "twice": Treat.RANK_DOWN.value,
    }


def _usual(codes: list[str] | tuple[()]) -> Cadence | None:
    """The cadence of one of these systems (none: of all) that takes the platform down for longest."""
    rows = Cadence.objects.filter(active=True).select_related("system").order_by("-budget_seconds", "pk")
    return (rows.filter(system__code__in=codes) if codes else rows).first()
