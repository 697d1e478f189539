"""A client's contacts: added, edited, told nothing more."""

from functools import partial

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.directory.actions import contacts as verbs
from changeboard.directory.actions import leaving
from changeboard.directory.forms.clients import ContactForm
from changeboard.directory.models import Client, Contact
from changeboard.form_faults import attempt, typed
from changeboard.people.gate import may


@may("directory.edit_clients", on=Client)
def new_contact(request: HttpRequest, client: Client) -> HttpResponse:
    return _write(request, Contact(client=client), ContactForm(typed(request)))


@may("directory.edit_clients", on=Contact.objects.filter(client__isnull=False).select_related("client").all)
def edit_contact(request: HttpRequest, contact: Contact) -> HttpResponse:
    known = model_to_dict(contact) | {"address": contact.shown_address}
    return _write(request, contact, ContactForm(typed(request), initial=known))


def _write(request: HttpRequest, contact: Contact, form: ContactForm) -> HttpResponse:
    if "look" in request.POST:
        # What is not complete yet is no fault, and says nothing of notices.
        picture = {"form": form, "contact": contact, "client": contact.client, "looks": form.is_valid()}
        return render(request, "directory/contact_form.html", picture)
    tried = attempt(form, partial(verbs.write_contact, contact, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"{contact.name} is saved.")
        return redirect("directory:client", contact.client.slug)
    picture = {"form": form, "contact": contact, "client": contact.client}
    return render(request, "directory/contact_form.html", picture, status=tried.status)


@require_POST
@may("directory.edit_clients", on=Contact.objects.filter(client__isnull=False).select_related("client").all)
def retire_contact(request: HttpRequest, contact: Contact) -> HttpResponse:
    verbs.retire_contact(contact, by=request.user, at=clock.now())
    messages.success(request, f"{contact.name} is told nothing more.")
    return redirect("directory:client", contact.client.slug)


@require_POST
@may("directory.edit_clients", on=Contact.objects.filter(client__isnull=False).select_related("client").all)
def rejoin(request: HttpRequest, contact: Contact) -> HttpResponse:
    leaving.rejoin(contact, by=request.user, at=clock.now())
    messages.success(request, f"{contact.name} is told again.")
    return redirect("directory:client", contact.client.slug)
