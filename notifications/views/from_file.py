"""What a file of clients would change for notices: a panel that its preview draws when it has time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.directory.models import ClientImport
from changeboard.people.gate import Visit, may
from notifications.queries import what_if


@require_safe
@may("directory.edit_clients", on=ClientImport)
def what_it_changes(request: Visit, upload: ClientImport) -> HttpResponse:
    picture = {"upload": upload, "found": what_if.of_import(upload, now=clock.now())}
    page = "notices/panels/difference.html" if request.htmx else "notices/pages/import_notices.html"
    return render(request, page, picture)
