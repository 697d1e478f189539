"""What a mail provider reports: bounces, complaints, deliveries. An open door with a secret, or none at all."""

from anymail.exceptions import AnymailWebhookValidationFailure
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from changeboard import clock
from changeboard.people.gate import open_door
from changeboard.refusal import Refusal
from notifications.actions import bouncing
from notifications.channels.email import provider as mails


# Some providers ask by HEAD whether anybody is there. One report that cannot be written brings all of them again.
@open_door
@csrf_exempt
@never_cache
@require_http_methods(["HEAD", "POST"])
def mail_reports(request: HttpRequest, provider: str) -> HttpResponse:
    if not mails.is_open(provider):
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    try:
        for told in mails.read(request, provider):
            bouncing.take(told, source=provider, at=clock.now())
    except AnymailWebhookValidationFailure:
        raise PermissionDenied from None
    except Refusal:
        return HttpResponse(status=503)
    return HttpResponse()
