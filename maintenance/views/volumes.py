"""Volumes by hour of the week: what is loaded, a file that is looked at first, and its loading."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, show, typed
from changeboard.people.gate import Visit, may
from changeboard.refusal import Reason, Refusal
from maintenance.actions import volumes as verbs
from maintenance.forms.volumes import VolumeFileForm
from maintenance.models import Volume, VolumeFile
from maintenance.queries.volumes import checked, loaded


@may("maintenance.load_volumes")
def volumes(request: Visit) -> HttpResponse:
    is_too_large = getattr(request, "too_large", False)
    form = VolumeFileForm(typed(request), request.FILES or None)
    if is_too_large:
        show(form, Refusal([Reason("volume.too_large", {}, "file")]))
    tried = attempt(form, partial(verbs.check_upload, by=request.user, at=clock.now()))
    if tried.done:
        return redirect("maintenance:volume_file", tried.result.pk)
    picture = {"form": form, "loaded": loaded()}
    return render(
        request, "maintenance/volume_list.html", picture, status=413 if is_too_large else tried.status
    )


@may("maintenance.load_volumes", on=VolumeFile)
def volume_file(request: Visit, file: VolumeFile) -> HttpResponse:
    if request.method == "POST":
        verbs.load(file, by=request.user, at=clock.now())
        messages.success(request, f"{file} is loaded.")
        return redirect("maintenance:volumes")
    return render(request, "maintenance/volume_file.html", {"file": file, "checked": checked(file)})


@require_POST
@may("maintenance.load_volumes", on=Volume)
def remove(request: Visit, volume: Volume) -> HttpResponse:
    verbs.remove(volume, by=request.user, at=clock.now())
    messages.success(request, f"The volume of {volume} is removed.")
    return redirect("maintenance:volumes")
