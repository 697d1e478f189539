"""Leaving: a reader stops the mails. The link opens a page; only a POST acts: scanners follow every link."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from changeboard import clock
from changeboard.directory.actions import leaving
from changeboard.directory.models import Contact
from changeboard.people.actions import mail
from changeboard.people.gate import open_door
from changeboard.people.models import MailChoice, Person
from notifications.domain import signing
from notifications.queries import news_mail
from notifications.queries.letters import UNSUBSCRIBE


# The reader's mail program posts from nowhere (RFC 8058): the word in the address is the proof, not a cookie.
@open_door
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, contact: int, word: str) -> HttpResponse:
    reader = get_object_or_404(Contact.objects.select_related("client", "group"), pk=contact)
    if not signing.opens(word, settings.SECRET_KEY, UNSUBSCRIBE, reader.pk):
        raise Http404
    if request.method == "POST":
        reader = leaving.leave(reader, at=clock.now())
    picture = {"reader": reader, "kept": leaving.why_kept(reader), "ask": settings.DEFAULT_FROM_EMAIL}
    picture["platform"] = settings.PLATFORM_NAME
    return render(request, "notices/pages/leave.html", picture)


@open_door
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave_news(request: HttpRequest, person: int, word: str) -> HttpResponse:
    reader = get_object_or_404(Person, pk=person)
    if not signing.opens(word, settings.SECRET_KEY, news_mail.UNSUBSCRIBE, reader.pk):
        raise Http404
    if request.method == "POST":
        reader = mail.stop(reader, by=None, at=clock.now())
    picture = {"reader": reader, "is_told": reader.mail != MailChoice.NONE}
    return render(request, "notices/pages/leave_news.html", picture)
