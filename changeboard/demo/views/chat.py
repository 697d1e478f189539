"""A sample chat of a client: what is posted to it stands in the demonstration's mailbox."""

import json
from email.message import EmailMessage

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.demo.models import DemoMail
from changeboard.directory.models import Client
from changeboard.people.gate import open_door


# Whoever posts has no session: it is the channel, as at any chat service.
@open_door
@csrf_exempt
@require_POST
def chat(request: HttpRequest, client: str) -> HttpResponse:
    room = f"chat of {get_object_or_404(Client, slug=client)}"
    try:
        said = json.loads(request.body)
        title, message = str(said["title"])[:300], str(said["message"])
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest("A title and a message, as JSON.")
    DemoMail.objects.create(at=clock.now(), recipient=room, subject=title, raw=_as_mail(room, title, message))
    return HttpResponse()


def _as_mail(room, title, message) -> bytes:
    mail = EmailMessage()
    mail["To"], mail["Subject"] = room, " ".join(title.split())
    mail.set_content(message)
    return mail.as_bytes()
