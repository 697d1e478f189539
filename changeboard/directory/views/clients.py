"""Clients: the list, a client's page, and its edits."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.directory.actions import clients as verbs
from changeboard.directory.actions import no_go
from changeboard.directory.forms.clients import ClientForm, NoGoForm
from changeboard.directory.models import Client, NoGoDate, System
from changeboard.directory.queries import clients as pictures
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import may


@may("directory.read")
def clients(request: HttpRequest) -> HttpResponse:
    view = request.GET.get("view", "active")
    chosen = {name: request.GET.get(name, "").strip() for name in ("q", "system")}
    found = pictures.for_list(view=view, words=chosen["q"], system=chosen["system"])
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    picture = {"page": page, "view": view, "tabs": pictures.tabs(), "systems": System.objects.all(), **chosen}
    return render(request, "directory/client_list.html", picture)


@may("directory.read", on=Client)
def client(request: HttpRequest, client: Client) -> HttpResponse:
    picture = {"picture": pictures.page(client), "client": client, "no_go": NoGoForm()}
    return render(request, "directory/client_detail.html", picture)


@may("directory.edit_clients")
def new_client(request: HttpRequest) -> HttpResponse:
    form = ClientForm(typed(request), initial={"time_zone": Client().time_zone})
    return _write(request, Client(), form)


@may("directory.edit_clients", on=Client)
def edit_client(request: HttpRequest, client: Client) -> HttpResponse:
    uses = {name: [row.pk for row in getattr(client, name).all()] for name in ("systems", "services")}
    form = ClientForm(typed(request), initial={**model_to_dict(client), "version": client.version, **uses})
    return _write(request, client, form)


def _write(request: HttpRequest, client: Client, form: ClientForm) -> HttpResponse:
    if "look" in request.POST:
        # What is not complete yet is no fault, and says nothing of notices.
        picture = {"form": form, "client": client, "looks": form.is_valid()}
        return render(request, "directory/client_form.html", picture)
    tried = attempt(form, partial(verbs.write_client, client, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"{tried.result} is saved.")
        return redirect("directory:client", tried.result.slug)
    picture = {"form": form, "client": client}
    return render(request, "directory/client_form.html", picture, status=tried.status)


@require_POST
@may("directory.edit_clients", on=Client)
def rotate_key(request: HttpRequest, client: Client) -> HttpResponse:
    key = verbs.rotate_oms_key(client, by=request.user, at=clock.now())
    client.refresh_from_db()
    return render(request, "directory/client_key.html", {"client": client, "key": key})


@require_POST
@may("directory.edit_clients", on=Client)
def rotate_secret(request: HttpRequest, client: Client) -> HttpResponse:
    secret = verbs.rotate_webhook_secret(client, by=request.user, at=clock.now())
    client.refresh_from_db()
    return render(request, "directory/client_key.html", {"client": client, "secret": secret})


@require_POST
@may("directory.edit_clients", on=Client)
def add_no_go(request: HttpRequest, client: Client) -> HttpResponse:
    form = NoGoForm(typed(request))
    tried = attempt(form, partial(no_go.add_no_go, client, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, "Noted. Windows then are a conflict from now on.")
        return redirect("directory:client", client.slug)
    picture = {"picture": pictures.page(client), "client": client, "no_go": form}
    return render(request, "directory/client_detail.html", picture, status=tried.status)


@require_POST
@may("directory.edit_clients", on=NoGoDate)
def remove_no_go(request: HttpRequest, day: NoGoDate) -> HttpResponse:
    no_go.remove_no_go(day, by=request.user, at=clock.now())
    return redirect("directory:client", day.client.slug)
