"""The filters of the list, from the address. What cannot be read is left out and named: an address never fails."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from changeboard import time_words
from changeboard.directory.models import System
from changeboard.people.models import Group, Person
from changes import list_labels
from changes.models import Change
from changes.queries.lists import Filters, View
from maintenance.models import Window

LONGEST, MOST = 200, 200
Choices = list[tuple[str, str]]


@dataclass
class Facet:
    """One thing to filter by: what may be chosen, and what is."""

    name: str
    label: str
    choices: Choices
    given: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Chip:
    """One filter that is on, and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class LeftOut:
    """A value of the address that means nothing here."""

    label: str
    value: str


class FilterForm:
    """Reads an address. `whole` also lists every choice, for the panel of filters."""

    def __init__(self, query: QueryDict, *, whole: bool = False) -> None:
        self.is_whole = whole
        self.left_out: list[LeftOut] = []
        self.words = query.get("q", "").replace("\x00", "").strip()[:LONGEST]
        self.sort = self._one_of(query, "sort", "order", list_labels.SORTS)
        self.facets = [self._facet(query, name, whole) for name in list_labels.FACETS]
        self.view = self._one_of(query, "view", "view", list_labels.VIEWS) or self._usual_view()

    def filters(self) -> Filters:
        given = {facet.name: tuple(facet.given) for facet in self.facets}
        short = given.pop("short")
        return Filters(
            view=View(self.view),
            words=self.words,
            sort=self.sort,
            short=short[0] if len(short) == 1 else "",
            **given,
        )

    def chips(self) -> list[Chip]:
        """Each filter that is on, but for the view, which is a tab."""
        words = [Chip("Words", self.words, self.address(without=("q", self.words)))] if self.words else []
        return words + [
            Chip(facet.label, label, self.address(without=(facet.name, value)))
            for facet in self.facets
            for value, label in facet.choices
            if value in facet.given
        ]

    def address(self, *, without: tuple[str, str] | None = None, but: str = "") -> str:
        """The address of the same filters, less one value or everything of one name."""
        kept = [pair for pair in self.pairs() if pair != without and pair[0] != but]
        return "?" + urlencode(kept)

    @property
    def query(self) -> str:
        """The address without its question mark."""
        return self.address()[1:]

    def pairs(self) -> list[tuple[str, str]]:
        """(name, value) of everything that is on, always in the same order."""
        found = [("view", self.view), ("q", self.words), ("sort", self.sort)]
        found += [(facet.name, value) for facet in self.facets for value in facet.given]
        return [(name, value) for name, value in found if value]

    def _usual_view(self) -> str:
        """What is open; whoever filters without naming a view looks through all."""
        return View.ALL if self.is_filtered else View.OPEN

    @property
    def is_filtered(self) -> bool:
        """Whether anything but a view and an order is asked for."""
        return bool(self.words) or any(facet.given for facet in self.facets)

    def _one_of(self, query: QueryDict, name: str, label: str, known: Iterable[str]) -> str:
        value = query.get(name, "")
        if not value or value in known:
            return value
        self.left_out.append(LeftOut(label, value[:LONGEST]))
        return ""

    def _facet(self, query: QueryDict, name: str, whole: bool) -> Facet:
        asked = list(dict.fromkeys(value for value in query.getlist(name)[:MOST] if value))
        if name == "risk" and "high_up" in asked:
            asked = [value for value in asked if value != "high_up"] + ["high", "critical"]
        choices = list_labels.FIXED.get(name)
        if choices is None:
            readable = [value for value in asked if "\x00" not in value]
            choices = ROWS[name](readable, whole) if whole or readable else []
        known = [value for value, _ in choices]
        label = list_labels.FACETS[name]
        self.left_out += [LeftOut(label.lower(), value[:LONGEST]) for value in asked if value not in known]
        return Facet(name, label, choices, [value for value in known if value in asked])


def _systems(given: list[str], whole: bool) -> Choices:
    rows = System.objects.all() if whole else System.objects.filter(code__in=given)
    return [(row.code, row.code) for row in rows]


def _windows(given: list[str], whole: bool) -> Choices:
    named = Q(reference__in=given)
    asked_for = Exists(Change.objects.filter(window=OuterRef("pk")))
    rows = Window.objects.filter(named | asked_for if whole else named).order_by("-starts_at")
    parts = rows.values_list("reference", "system__code", "on")
    return [(reference, f"{code}, {time_words.day(on)}") for reference, code, on in parts]


def _requesters(given: list[str], whole: bool) -> Choices:
    named = Q(username__in=given)
    filed = Exists(Change.objects.filter(requester=OuterRef("pk")))
    rows = Person.objects.filter(named | filed if whole else named)
    return [(row.username, row.full_name) for row in rows.order_by("last_name", "first_name", "pk")]


def _groups(given: list[str], whole: bool) -> Choices:
    rows = Group.objects.all() if whole else Group.objects.filter(slug__in=given)
    return [(row.slug, row.name) for row in rows]


def _references(given: list[str], whole: bool) -> Choices:
    """Ticked changes, by their references; there is nothing to choose from."""
    return [(reference, reference) for reference in given if REFERENCE.fullmatch(reference)]


REFERENCE = re.compile(r"CHG-\d{4,10}")
ROWS: dict[str, Callable[[list[str], bool], Choices]] = {
    "system": _systems,
    "window": _windows,
    "requester": _requesters,
    "group": _groups,
    "ref": _references,
}
