"""Asking whether an address reaches the right people, and hearing that it does.

A row a mail, claimed by one sender; a repeat has the same Message-ID and Date.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F

from changeboard.directory.actions import contacts
from changeboard.directory.models import Channel, Contact
from changeboard.history.record import record_all
from changeboard.people.models import Person
from changeboard.refusal import conflict
from notifications import labels
from notifications.channels.email import address_check
from notifications.channels.email.send import Post
from notifications.domain import backoff
from notifications.domain.backoff import Answer, Kind
from notifications.models import AddressCheck

State = AddressCheck.State
LEASE = timedelta(seconds=150)
# Somebody who was asked is not asked again so soon.
PATIENCE = timedelta(days=7)
OF_USE = timedelta(days=3)


@transaction.atomic
def ask(contact: Contact, *, by: Person, at: datetime) -> None:
    """Have a mail with a link go to the contact's address. Refused where no mail reaches it, and within
    a week of the last mail that was taken."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if not contact.active or contact.channel != Channel.EMAIL:
        raise conflict("address.no_mail")
    if not ask_all([contact], by=by, at=at):
        raise conflict("address.asked_lately")


@transaction.atomic
def ask_all(rows: Iterable[Contact], *, by: Person, at: datetime) -> int:
    """Ask everybody of these whom a mail reaches and nobody asked within a week; returns how many."""
    lately = AddressCheck.objects.exclude(state=State.FAILED).filter(asked_at__gt=at - PATIENCE)
    asked = set(lately.values_list("contact_id", "address"))
    wanted = {
        each.pk: each
        for each in rows
        if each.channel == Channel.EMAIL and (each.pk, each.address) not in asked
    }
    # A mail to an address that is no longer theirs must not go out after all.
    AddressCheck.objects.filter(contact__in=wanted, state=State.PLANNED).update(
        state=State.FAILED, try_at=None, server_answer=labels.ANOTHER_ADDRESS
    )
    AddressCheck.objects.bulk_create(
        AddressCheck(contact=each, address=each.address, asked_by=by, asked_at=at, try_at=at)
        for each in wanted.values()
    )
    record_all((_line(each) for each in wanted.values()), by=by, at=at)
    return len(wanted)


def _line(contact: Contact) -> tuple[str, models.Model, dict[str, object]]:
    facts: dict[str, object] = {"contact": contact.name, "address": contact.address}
    return "contact.asked_to_confirm", contact.client or contact.group or contact, facts


def confirm(contact: Contact, *, address: str, at: datetime) -> Contact:
    """The reader pressed the button in the page that the mail leads to. Again it changes nothing."""
    return contacts.confirm_contact(contact, by=None, at=at, address=address, how="mail")


def send_due(*, now: datetime, most: int = 500) -> int:
    """Send what is due; returns how many a server took."""
    sent = 0
    if not AddressCheck.objects.due(now=now).exists():
        return sent
    with Post() as post:
        for _ in range(most):
            check = _claim(now=now)
            if check is None:
                break
            sent += _mark(check, _sent(check, post), at=now) == State.ACCEPTED
    return sent


def _sent(check: AddressCheck, post: Post) -> Answer:
    """The server's answer; ours where the contact is told nothing more or somewhere else by now."""
    if not check.contact.active or check.contact.address != check.address:
        return Answer(Kind.PERMANENT, 0, labels.ANOTHER_ADDRESS)
    return post.send(address_check.message(check))


@transaction.atomic
def _claim(*, now: datetime) -> AddressCheck | None:
    """Take one due row; what others hold is passed over."""
    due = AddressCheck.objects.due(now=now).select_for_update(skip_locked=True, of=("self",))
    check = due.select_related("contact__client", "contact__group").first()
    if check is not None:
        check.tries += 1
        AddressCheck.objects.filter(pk=check.pk).update(
            state=State.SENDING, lease_until=now + LEASE, tries=F("tries") + 1
        )
    return check


def _mark(check: AddressCheck, answer: Answer, *, at: datetime) -> AddressCheck.State:
    """Write the server's answer down; try again for some days."""
    values: dict[str, object] = {"server_answer": answer.text, "lease_until": None, "try_at": None}
    jitter = random.random()  # noqa: S311 - jitter
    again = backoff.next_try(answer, check.tries, at, check.asked_at + OF_USE, jitter)
    state = State.FAILED
    if answer.kind is Kind.ACCEPTED:
        state, values["accepted_at"] = State.ACCEPTED, at
    elif again is not None:
        state, values["try_at"] = State.PLANNED, again
    AddressCheck.objects.filter(pk=check.pk).update(state=state, **values)
    return state
