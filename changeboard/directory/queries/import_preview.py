"""The preview of an import: what is new, changed field by field, unchanged and bad, a page at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from changeboard.directory.domain.columns import CLIENT, CONTACT
from changeboard.directory.domain.csv_file import Sheet
from changeboard.directory.domain.import_plan import Changes, ClientPlan, Kind, Plan
from changeboard.directory.domain.lines import Line, Value
from changeboard.directory.models import ClientImport
from changeboard.directory.queries import importing
from changeboard.directory.queries.exporting import why

PAGE_SIZE = 50
VIEWS = ("bad", "new", "changed", "unchanged")
LABELS = {
    "client": {column.field: column.label for column in CLIENT},
    "contact": {column.field: column.label for column in CONTACT},
}


@dataclass(frozen=True)
class Change:
    """One field: whose it is (empty: the client's own), from and to, as a person reads them."""

    whose: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """One client of the plan with its lines in the file."""

    name: str
    slug: str
    lines: list[int]
    changes: list[Change]
    new_contacts: list[str]
    contacts: int
    lacks_contacts: bool


@dataclass(frozen=True)
class BadLine:
    number: int
    name: str
    reasons: list[str]


@dataclass(frozen=True)
class Preview:
    """The page. `counts` by view; `page` holds what the chosen view shows."""

    upload: ClientImport
    sheet: Sheet
    view: str
    counts: dict[str, int]
    page: Page[Any]
    digest: str
    writes: int


def preview(upload: ClientImport, *, view: str, page: str | None) -> Preview:
    """What applying the file now would do. Seven queries, whatever its length."""
    sheet = importing.sheet(bytes(upload.data))
    plan = importing.plan_of(sheet)
    counts = {"bad": len(plan.bad), **{kind.value: len(plan.of(kind)) for kind in Kind}}
    chosen = view if view in VIEWS else next((name for name in VIEWS if counts[name]), "bad")
    shown = _page(plan, chosen, page)
    return Preview(upload, sheet, chosen, _ordered(counts), shown, plan.digest, len(plan.fingerprints))


def _page(plan: Plan, view: str, number: str | None) -> Page[Any]:
    """The rows of one page, made for showing; the others are not."""
    draw: Callable[[Any], Shown | BadLine] = _bad if view == "bad" else _shown
    rows: Sequence[Any] = plan.bad if view == "bad" else plan.of(Kind(view))
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    page.object_list = [draw(row) for row in page.object_list]
    return page


def bad(upload: ClientImport) -> tuple[Sheet, Plan]:
    """The sheet and its plan, for the file of bad lines."""
    sheet = importing.sheet(bytes(upload.data))
    return sheet, importing.plan_of(sheet)


def _ordered(counts: dict[str, int]) -> dict[str, int]:
    return {view: counts[view] for view in VIEWS}


def _bad(line: Line) -> BadLine:
    return BadLine(line.number, line.name, why(line))


def _shown(plan: ClientPlan) -> Shown:
    changes = list(_changes("", plan.changes, LABELS["client"]))
    for contact in plan.contacts:
        said = {
            name: (importing.shown(contact, name, before), importing.shown(contact, name, after))
            for name, (before, after) in contact.changes.items()
        }
        changes += _changes(contact.name, said, LABELS["contact"])
    new = [
        ", ".join(
            filter(
                None,
                [contact.name, str(importing.shown(contact, "address", contact.values.get("address", "")))],
            )
        )
        for contact in plan.contacts
        if contact.kind is Kind.NEW
    ]
    slug = str(plan.known.fields["slug"]) if plan.known else ""
    return Shown(plan.name, slug, plan.lines, changes, new, len(plan.contacts), plan.lacks_contacts)


def _changes(whose: str, changes: Changes, labels: dict[str, str]) -> Iterable[Change]:
    return [
        Change(whose, labels[name], _said(before), _said(after)) for name, (before, after) in changes.items()
    ]


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(value) if isinstance(value, tuple) else str("" if value is None else value)
    return text or "nothing"
