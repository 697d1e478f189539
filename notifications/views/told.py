"""What one client was told, and when: as a panel of its page, a page of its own with filters, and a file."""

import csv
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from changeboard.directory.models import Client
from changeboard.people.gate import Visit, may
from notifications.forms.told import ToldForm
from notifications.queries import told as tellings

PAGE_SIZE = 50


@require_safe
@may("notifications.read", on=Client.objects.all)
def told(request: Visit, client: Client) -> HttpResponse:
    if request.htmx:
        picture = {"client": client, "rows": tellings.told(client)}
        return render(request, "notices/panels/told.html", picture)
    form = ToldForm(request.GET)
    rows = tellings.to_client(client, **(form.cleaned_data if form.is_valid() else {}))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    picture = {"client": client, "rows": page.object_list, "page": page, "form": form}
    return render(request, "notices/pages/told_list.html", picture, status=400 if form.errors else 200)


@require_safe
@may("notifications.read", on=Client.objects.all)
def told_file(request: Visit, client: Client) -> HttpResponse:
    """What the page shows under the same filters."""
    form = ToldForm(request.GET)
    rows = tellings.to_client(client, **(form.cleaned_data if form.is_valid() else {}))
    return as_file(f"told-{client.slug}.csv", tellings.HEADS, tellings.lines(rows))


def as_file(name: str, heads: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> HttpResponse:
    """A CSV file to keep."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    csv.writer(response).writerows([heads, *lines])
    return response
