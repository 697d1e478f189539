"""Clients from and to a file: uploaded, looked at, applied or thrown away; exported."""

import csv
from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.directory.actions import importing as verbs
from changeboard.directory.domain.columns import ALL
from changeboard.directory.domain.csv_file import MOST_BYTES
from changeboard.directory.forms.importing import ApplyForm, UploadForm
from changeboard.directory.models import ClientImport
from changeboard.directory.queries import exporting, import_preview
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import may
from changeboard.uploads import up_to

SHOWN = 10


@up_to(MOST_BYTES)
@may("directory.edit_clients")
def new_import(request: HttpRequest) -> HttpResponse:
    # In this order: whether it is too large is known when it was read.
    data, files = typed(request), request.FILES or None
    form = UploadForm(data, files, too_large=getattr(request, "too_large", False))
    tried = attempt(form, partial(verbs.upload, by=request.user, at=clock.now()))
    if tried.done:
        return redirect("directory:import", tried.result.pk)
    past = ClientImport.objects.select_related("by", "applied_by").defer("data")[:SHOWN]
    picture = {"form": form, "past": past, "columns": ALL}
    return render(request, "directory/import_new.html", picture, status=tried.status)


@require_safe
@may("directory.edit_clients", on=ClientImport)
def client_import(request: HttpRequest, upload: ClientImport) -> HttpResponse:
    return _page(request, upload, ApplyForm())


def _page(request: HttpRequest, upload: ClientImport, form: ApplyForm, status: int = 200) -> HttpResponse:
    if upload.applied_at is not None:
        picture = {"upload": upload, "form": form}
        return render(request, "directory/import_done.html", picture, status=status)
    view, page = request.GET.get("view", ""), request.GET.get("page")
    picture = {
        "picture": import_preview.preview(upload, view=view, page=page),
        "form": form,
        "upload": upload,
    }
    return render(request, "directory/import_preview.html", picture, status=status)


@require_POST
@may("directory.edit_clients", on=ClientImport)
def apply(request: HttpRequest, upload: ClientImport) -> HttpResponse:
    form = ApplyForm(typed(request))
    tried = attempt(form, partial(verbs.apply, upload, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "Imported. Each client’s history says what changed.")
        return redirect("directory:import", upload.pk)
    upload.refresh_from_db()
    return _page(request, upload, form, status=tried.status)


@require_POST
@may("directory.edit_clients", on=ClientImport)
def throw_away(request: HttpRequest, upload: ClientImport) -> HttpResponse:
    verbs.throw_away(upload)
    messages.success(request, f"{upload} is thrown away. Nothing of it was imported.")
    return redirect("directory:new_import")


@require_safe
@may("directory.edit_clients", on=ClientImport)
def bad_lines(request: HttpRequest, upload: ClientImport) -> StreamingHttpResponse:
    sheet, plan = import_preview.bad(upload)
    return _file(f"bad-lines-of-{upload.name.removesuffix('.csv')}.csv", exporting.bad_lines(sheet, plan.bad))


@require_safe
@may("directory.read")
def export(request: HttpRequest) -> StreamingHttpResponse:
    return _file(f"clients-{clock.now():%Y-%m-%d}.csv", exporting.rows())


class _Echo:
    """Where the csv module writes: it hands back what it was given."""

    def write(self, text: str) -> str:
        return text


def _file(name: str, rows: Iterable[list[str]]) -> StreamingHttpResponse:
    """The rows as a CSV file that is saved, never shown."""
    writer = csv.writer(_Echo())
    lines = (
        exporting.BYTE_ORDER_MARK * (number == 0) + writer.writerow(row) for number, row in enumerate(rows)
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
