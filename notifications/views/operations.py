"""Operations: how the sending does, and the stretches in which nothing could go out. For administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.people.gate import Visit, may
from notifications.actions import watching
from notifications.models import Silence
from notifications.queries import operations as pictures


@require_safe
@may("notifications.operate")
def operations(request: Visit) -> HttpResponse:
    now = clock.now()
    watching.notice(now=now)
    picture = pictures.operations(now=now)
    silences = [each for each in picture.silences if each.settled_at is None]
    late = pictures.late_by(silences[0]) if silences else []
    shown = {"picture": picture, "open_silences": silences, "late": late}
    return render(request, "notices/pages/operations.html", shown)


@require_POST
@may("notifications.operate", on=Silence.objects.all)
def settle_silence(request: Visit, silence: Silence) -> HttpResponse:
    watching.settle(silence, by=request.user, at=clock.now())
    messages.success(request, "It waits for nobody any more.")
    return redirect("notifications:operations")
