"""The list of changes, on the page and as CSV."""

import csv
from collections.abc import Iterator

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from changeboard import clock
from changeboard.people.gate import may
from changes import list_labels
from changes.forms.filters import FilterForm, LeftOut
from changes.models import SavedView
from changes.queries import lists, sheet_rows

# What a spreadsheet takes for the beginning of a formula, its wide forms included.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@may("changes.read")
def changes_list(request: HttpRequest) -> HttpResponse:
    now, form = clock.now(), FilterForm(request.GET, whole="filter" in request.GET)
    rows = lists.found(form.filters(), person=request.user, now=now)
    counts = lists.counts(person=request.user, now=now)
    page = page_of(rows, request.GET.get("page", ""), form, counts[form.view])
    picture = {
        **around(form, counts),
        **saved(form, request.user),
        "page": page,
        "lines": lists.lines(page.object_list, person=request.user, now=now, words=form.words),
        "loosen": [] if page.paginator.count else loosen(form, request.user, now),
    }
    return render(request, "changes/change_list.html", picture)


def page_of(rows, number: str, form: FilterForm, in_view: int) -> Page:
    """The page asked for, else the nearest there is. A view without filters is counted already."""
    by_rank = form.filters().order == lists.BEST
    paginator = Paginator(lists.KeysFirst(rows) if by_rank else rows, lists.PAGE_SIZE)
    if not form.is_filtered:
        paginator.count = in_view
    page = paginator.get_page(number)
    if number and str(page.number) != number:
        form.left_out.append(LeftOut("page", number[:20]))
    return page


def around(form: FilterForm, counts: dict[str, int]) -> dict[str, object]:
    """What stands around the rows: views with their counts, filters, chips, order."""
    views = [{"key": key, "label": label, "count": counts[key]} for key, label in list_labels.VIEWS.items()]
    return {
        "form": form,
        "whole": form.is_whole,
        "counts": counts,
        "view": form.view,
        "tabs": views,
        "chips": form.chips(),
        "order": form.filters().order,
        "sorts": orders(form),
        "hidden": [pair for pair in form.pairs() if pair[0] not in ("q", "sort")],
    }


def saved(form: FilterForm, person) -> dict[str, object]:
    """One's own and shared views; `here` is the one that this address is. One query."""
    views = list(SavedView.objects.of(person))
    here = next((view for view in views if view.query == form.address()[1:]), None)
    may_edit = here is not None and person.has_perm("changes.edit_view", here)
    return {"saved": views, "here": here, "may_edit_view": may_edit}


def list_at(query: str) -> str:
    """The list with the filters of a saved view."""
    return f"{reverse('changes:list')}?{query}"


def orders(form: FilterForm) -> list[tuple[str, str]]:
    """What may be chosen. The usual order has no name, so that whoever adds words gets the best match first."""
    usual = lists.BEST if form.words else lists.NEWEST
    others = [(key, words) for key, words in list_labels.SORTS.items() if key not in (usual, lists.BEST)]
    return [("", list_labels.SORTS[usual]), *others]


def loosen(form: FilterForm, person, now) -> list[dict[str, object]]:
    """For a list without rows: each filter without which there would be some, and how many."""
    labels = {"view": "View", "q": "Words", **list_labels.FACETS}
    counted = lists.loosened(form.filters(), person=person, now=now)
    return [
        {"label": labels[name], "count": count, "address": without(form, name)}
        for name, count in counted.items()
    ]


def without(form: FilterForm, name: str) -> str:
    address = form.address(but=name)
    return f"{address}&view=all" if name == "view" else address


@may("changes.read")
def changes_csv(request: HttpRequest) -> StreamingHttpResponse:
    filters = FilterForm(request.GET).filters()
    rows = sheet_rows.rows(filters, person=request.user, now=clock.now())
    answer = StreamingHttpResponse(written(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="changes.csv"'
    return answer


class Echo:
    """Gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def written(rows: Iterator[list[object]]) -> Iterator[str]:
    """The lines of the file. The first sign tells a spreadsheet that this is UTF-8."""
    sheet = csv.writer(Echo())
    yield "\ufeff" + sheet.writerow(list_labels.COLUMNS)
    for cells in rows:
        yield sheet.writerow([harmless(cell) for cell in cells])


def harmless(cell: object) -> object:
    """A cell that a spreadsheet would run as a formula is shown as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \xa0").startswith(FORMULA) else cell
