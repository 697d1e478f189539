"""Contacts: added, edited, retired. Never deleted: what they were told stays provable."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from changeboard.directory.domain.chat_address import unmasked
from changeboard.directory.models import Channel, Contact
from changeboard.directory.models.contact import TROUBLE, why_unreachable
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict, refuse


@transaction.atomic
def write_contact(contact: Contact, *, by: Person, at: datetime, **typed: Any) -> Contact:
    """Write what was typed about a new or known contact. Refused for an address its channel cannot reach.

    The mask of a chat's address, as pages show it, means the address that stands there.
    """
    if typed.get("channel") == contact.channel == Channel.CHAT:
        typed["address"] = unmasked(typed["address"], contact.address, str(settings.SECRET_KEY))
    for name, value in typed.items():
        setattr(contact, name, value)
    if reasons := [*unreachable(contact), *twice(contact)]:
        raise Refusal(reasons)
    return save_contact(contact, by=by, at=at)


def unreachable(contact: Contact) -> list[Reason]:
    """Every reason why the contact's channel cannot reach its address; what it sends must be signed, too."""
    found = why_unreachable(contact.channel, contact.address)
    if contact.channel == Channel.WEBHOOK and not (contact.client and contact.client.oms_webhook_secret):
        found.append(Reason("contact.webhook_unsigned", field="channel"))
    if contact.channel == Channel.IN_APP and contact.group is None:
        found.append(Reason("contact.in_app_of_client", field="channel"))
    return found


def twice(contact: Contact) -> list[Reason]:
    """Whether the client has this address on this channel already: nobody is told a thing twice."""
    others = Contact.objects.exclude(pk=contact.pk).filter(
        client=contact.client, group=contact.group, channel=contact.channel, active=True
    )
    known = others.filter(address__iexact=contact.address).first() if contact.address else None
    return [Reason("contact.address_taken", {"name": known.name}, "address")] if known else []


@transaction.atomic
def save_contact(contact: Contact, *, by: Person, at: datetime) -> Contact:
    """Write a new or edited contact; a changed address is unconfirmed again and its bounce is forgotten."""
    known = Contact.objects.select_for_update(of=("self",)).filter(pk=contact.pk).first()
    if known is not None and known.address != contact.address:
        contact.confirmed_at = None
        contact.forget_trouble()
    contact.save()
    owner = contact.client or contact.group
    if owner is not None:
        record("contact.edited" if known else "contact.added", owner, by=by, at=at, contact=contact.name)
    return contact


@transaction.atomic
def confirm_contact(
    contact: Contact, *, by: Person | None, at: datetime, address: str, how: str, note: str = ""
) -> Contact:
    """The address reaches the right people: `how` is "mail" (`by` is nobody: the reader pressed the button)
    or "phone", then with a note. A bounce is forgotten. Again it changes nothing.

    Refused when the contact is told nothing more, or has another address than the one that was confirmed.
    """
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if not contact.active or address not in (contact.address, contact.shown_address):
        raise conflict("contact.is_another_address")
    if how == "phone" and not note.strip():
        raise refuse("contact.note_missing", at_field="note")
    if contact.confirmed_at is not None and not contact.is_in_trouble:
        return contact
    contact.confirmed_at = at
    contact.forget_trouble()
    contact.save(update_fields=["confirmed_at", *TROUBLE])
    owner = contact.client or contact.group
    if owner is not None:
        facts = {"contact": contact.name, "address": contact.shown_address, "note": note.strip()}
        record(f"contact.confirmed_by_{how}", owner, by=by, at=at, **facts)
    return contact


@transaction.atomic
def retire_contact(contact: Contact, *, by: Person | None, at: datetime) -> Contact:
    """The contact is told nothing more; `by` is nobody when the reader left. Again it changes nothing."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    owner = contact.client or contact.group
    if contact.active and owner is not None:
        contact.active = False
        contact.save(update_fields=["active"])
        record("contact.retired", owner, by=by, at=at, contact=contact.name)
    return contact


@transaction.atomic
def mark_trouble(
    contact: Contact, *, address: str, words: str, at: datetime, complained: bool = False
) -> bool:
    """Mail to `address` came back, or its reader complained of it: a person has to look. Told all the same:
    what a contract promises does not end by itself. False, and nothing written, where another address stands
    there by now, or the same was marked before."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    field = "complained_at" if complained else "bounced_at"
    if contact.address.casefold() != address.casefold() or getattr(contact, field) is not None:
        return False
    setattr(contact, field, at)
    contact.bounce_words = words[:300]
    contact.save(update_fields=[field, "bounce_words"])
    owner = contact.client or contact.group
    if owner is not None:
        act = "contact.complained" if complained else "contact.bounced"
        record(act, owner, by=None, at=at, contact=contact.name, address=address, words=words[:300])
    return True
