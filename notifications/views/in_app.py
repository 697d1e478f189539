"""A notice to a group, in changeboard: read by its members, and by who handles notices."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from changeboard import clock
from changeboard.directory.models import Channel
from changeboard.people.gate import Visit, may
from notifications.actions import reading
from notifications.channels.short import subject_and_text
from notifications.models import Delivery


def notices():
    return Delivery.objects.for_pages().filter(channel=Channel.IN_APP).exclude(message_id="")


@require_http_methods(["GET", "HEAD", "POST"])
@may("notifications.read_in_app", on=notices)
def in_app(request: Visit, delivery: Delivery) -> HttpResponse:
    if request.method == "POST":
        reading.read(delivery, by=request.user, at=clock.now())
        messages.success(request, "Your group has read it.")
        return redirect("home")
    subject, text = subject_and_text(delivery, at=clock.now())
    picture = {"delivery": delivery, "subject": subject, "lines": text.splitlines()}
    return render(request, "notices/pages/in_app.html", picture)
