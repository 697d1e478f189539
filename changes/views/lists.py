"""The list of changes, on the page and as CSV."""

import csv

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from changeboard import clock
from changeboard.people.gate import may
from changes.forms.filters import FilterForm
from changes.queries import lists
from changes.queries.lists import Filters

TABS = [
    ("open", "Open"),
    ("mine", "Mine"),
    ("next_board", "Next board"),
    ("short_notice", "Short notice"),
    ("closed", "Closed"),
]
COLUMNS = ["Reference", "Title", "Systems", "Kind", "State", "Window", "Window start (UTC)", "Risk", "Score",
           "Down planned (s)", "Down at worst (s)", "Requester"]  # fmt: skip


@may("changes.read")
def changes_list(request: HttpRequest) -> HttpResponse:
    now, form = clock.now(), FilterForm(request.GET)
    filters = form.filters()
    rows = lists.found(filters, person=request.user, now=now)
    page = Paginator(rows, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    picture = {
        **tabs(lists.counts(person=request.user, now=now), filters),
        "form": form,
        "page": page,
        "lines": lists.lines(page.object_list, person=request.user, now=now, words=filters.words),
    }
    return render(request, "changes/change_list.html", picture)


def tabs(counts: dict[str, int], filters: Filters) -> dict[str, object]:
    """The views with their counts, which one is open, and whether anything else is filtered."""
    return {
        "tabs": [{"key": key, "label": label, "count": counts[key]} for key, label in TABS],
        "counts": counts,
        "view": filters.view.value,
        "filtered": filters != Filters(view=filters.view),
    }


@may("changes.read")
def changes_csv(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="changes.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(COLUMNS)
    filters = FilterForm(request.GET).filters()
    for change in lists.found(filters, person=request.user, now=clock.now()):
        sheet.writerow([harmless(cell) for cell in cells(change)])
    return answer


def cells(change) -> list[object]:
    window = change.window
    return [
        change.reference,
        change.title,
        " ".join(system.code for system in change.systems.all()),
        change.get_kind_display(),
        change.get_state_display(),
        window.reference if window else "",
        f"{window.starts_at:%Y-%m-%dT%H:%M:%SZ}" if window else "",
        change.get_risk_level_display(),
        change.risk_score,
        change.planned_down_seconds,
        change.worst_down_seconds,
        change.requester.full_name,
    ]


def harmless(cell: object) -> object:
    """A cell that a spreadsheet would run as a formula is shown as text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") else cell
