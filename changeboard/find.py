"""The find field of the top bar: a reference goes to its page, a name to its client, words to the changes."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from changeboard.directory.models import Client
from changeboard.people.gate import may
from changes.domain import search_words
from changes.models import Change
from maintenance.models import Window


@may("people.use")
def find(request: HttpRequest) -> HttpResponse:
    """Where `?q=` leads. Nothing typed leads back to the changes."""
    return redirect(place(request.GET.get("q", "").strip()))


def place(words: str) -> str:
    """The address of what `words` name: a change, a window, a client, or else the changes that hold them."""
    number = search_words.number(words)
    if number is not None and Change.objects.filter(number=number).exists():
        return reverse("changes:detail", args=[f"CHG-{number:04}"])
    if window := Window.objects.filter(reference__iexact=words).first():
        return reverse("maintenance:window", args=[window.reference])
    clients = Client.objects.filter(name__icontains=words)[:2] if words else []
    if len(clients) == 1:
        return reverse("directory:client", args=[clients[0].slug])
    if clients:
        return reverse("directory:clients") + "?" + urlencode({"q": words})
    return reverse("changes:list") + ("?" + urlencode({"view": "all", "q": words}) if words else "")
