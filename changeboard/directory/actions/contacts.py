"""Contacts: added, edited, retired. Never deleted: what they were told stays provable."""

from datetime import datetime

from django.db import transaction

from changeboard.directory.models import Contact
from changeboard.history.record import record
from changeboard.people.models import Person


@transaction.atomic
def save_contact(contact: Contact, *, by: Person, at: datetime) -> Contact:
    """Write a new or edited contact; a changed address is unconfirmed again and its bounce is forgotten."""
    known = Contact.objects.select_for_update(of=("self",)).filter(pk=contact.pk).first()
    if known is not None and known.address != contact.address:
        contact.confirmed_at = contact.bounced_at = None
    contact.save()
    owner = contact.client or contact.group
    if owner is not None:
        record("contact.edited" if known else "contact.added", owner, by=by, at=at, contact=contact.name)
    return contact


@transaction.atomic
def retire_contact(contact: Contact, *, by: Person, at: datetime) -> Contact:
    """The contact is told nothing more. Doing it again changes nothing."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    owner = contact.client or contact.group
    if contact.active and owner is not None:
        contact.active = False
        contact.save(update_fields=["active"])
        record("contact.retired", owner, by=by, at=at, contact=contact.name)
    return contact
