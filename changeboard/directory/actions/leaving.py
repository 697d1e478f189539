"""Leaving by a mail's own link, and coming back. No client ends with nobody told, and a contract is kept."""

from datetime import datetime

from django.db import transaction

from changeboard.directory.actions.contacts import retire_contact, twice
from changeboard.directory.models import Channel, Client, Contact
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Refusal


@transaction.atomic
def leave(contact: Contact, *, at: datetime) -> Contact:
    """The reader wants no more notices: told nothing more from now on. Again it changes nothing.

    Kept all the same, noted once, and looked at by client services: whom a contract names, and the last one of a
    client that hears of windows ahead. Two who leave at once do not both count on the other.
    """
    if contact.client_id is not None:
        Client.objects.select_for_update().get(pk=contact.client_id)
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.active and why_kept(contact):
        return _asked(contact, at=at)
    return retire_contact(contact, by=None, at=at)


def why_kept(contact: Contact) -> str:
    """Why a contact cannot leave by itself: "contractual", "last", or empty. One query at most."""
    if contact.is_contractual:
        return "contractual"
    if contact.client_id is None:
        return ""
    others = Contact.objects.filter(client=contact.client_id, active=True).exclude(pk=contact.pk)
    # An order system shows what goes on now; it tells nobody of a window ahead.
    return "" if others.exclude(channel=Channel.OMS).exists() else "last"


def _asked(contact: Contact, *, at: datetime) -> Contact:
    owner = contact.client or contact.group
    if contact.leave_asked_at is None and owner is not None:
        contact.leave_asked_at = at
        contact.save(update_fields=["leave_asked_at"])
        record("contact.asked_to_leave", owner, by=None, at=at, contact=contact.name)
    return contact


@transaction.atomic
def rejoin(contact: Contact, *, by: Person, at: datetime) -> Contact:
    """A contact that left, or was retired, is told again. Again it changes nothing; refused where the client has
    the address elsewhere by now."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.active:
        return contact
    if reasons := twice(contact):
        raise Refusal(reasons)
    contact.active = True
    contact.save(update_fields=["active"])
    owner = contact.client or contact.group
    if owner is not None:
        record("contact.rejoined", owner, by=by, at=at, contact=contact.name)
    return contact
