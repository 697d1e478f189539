"""Attachments of a change: attached, downloaded, removed. What is downloaded never runs in a browser."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.form_faults import attempt, show, typed
from changeboard.people.gate import Visit, may
from changeboard.refusal import Refusal
from changes.actions import attaching
from changes.domain.attached import too_large
from changes.forms.attaching import AttachForm
from changes.models import Attachment, Change
from changes.queries.attachments import looks_like

TYPES = {
    "pdf": "application/pdf",
    "text": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@may("changes.attach", on=Change)
def attach(request: Visit, change: Change) -> HttpResponse:
    data, files = typed(request), request.FILES or None
    is_too_large = getattr(request, "too_large", False)
    form = AttachForm(data, files, too_large=is_too_large)
    if is_too_large:
        show(form, Refusal([too_large()]))
    tried = attempt(form, partial(attaching.attach, change, by=request.user, at=clock.now()))
    if tried.done:
        warn(request, tried.result)
        return redirect(f"{change.get_absolute_url()}#attachments")
    picture = {"form": form, "change": change}
    return render(request, "changes/attach_form.html", picture, status=413 if is_too_large else tried.status)


def warn(request: Visit, attachment: Attachment) -> None:
    """Say where the file seems to hold what identifies a patient; it is attached nonetheless."""
    if found := looks_like(attachment):
        words = f"“{attachment}” seems to hold {', '.join(found)}. If that is a patient’s, remove it now."
        messages.warning(request, words)


@require_safe
@may("changes.read", on=Attachment)
def download(request: Visit, attachment: Attachment) -> HttpResponse:
    """Always saved, never shown: nothing in it can act as a page of ours."""
    response = HttpResponse(
        bytes(attachment.content.data), content_type=TYPES.get(attachment.kind, f"image/{attachment.kind}")
    )
    response["Content-Disposition"] = content_disposition_header(True, attachment.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@may("changes.remove_attachment", on=Attachment)
def remove(request: Visit, attachment: Attachment) -> HttpResponse:
    attaching.remove(attachment, by=request.user, at=clock.now())
    return redirect(f"{attachment.change.get_absolute_url()}#attachments")
