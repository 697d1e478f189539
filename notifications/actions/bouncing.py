"""What is told of a mail after a server took it: it came back, waits, arrived, or its reader complained of it.

Told by a mail provider's webhook or by a mail that came back; in any order, and more than once.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction

from changeboard.directory.actions import contacts
from changeboard.directory.models import Channel, Contact
from changeboard.history.record import record
from changeboard.refusal import conflict
from notifications import labels
from notifications.domain import lifecycle, reports
from notifications.domain.lifecycle import Act, Report, State
from notifications.domain.reports import Told
from notifications.models import AddressCheck, Attempt, Delivery, MailReport
from notifications.queries import letters

# Where reports come from that nobody vouches for.
MAIL = "mail"
# It did not arrive; and: no other mail to that address will.
LOST = (Report.BOUNCED, Report.REJECTED, Report.EXPIRED)
DEAD = (Report.BOUNCED, Report.REJECTED)


class Heard(StrEnum):
    TAKEN = "taken"
    KNOWN = "known"
    STRANGE = "strange"


@transaction.atomic
def take(told: Told, *, source: str, at: datetime) -> Heard:
    """Write one report down, in the ledger and on the contact. Again it changes nothing; of a mail that is not ours
    it is only counted. Refused while that very mail is being sent: then the answer to it is not written yet."""
    # PostgreSQL keeps no such character, and whoever sends a report may write it.
    told = replace(told, words=told.words.replace("\0", ""))
    report, is_new = MailReport.objects.get_or_create(
        key=told.key,
        defaults={"at": at, "source": source[:30], "report": told.report.value, "words": told.words[:400]},
    )
    if not is_new:
        return Heard.KNOWN
    found = _delivery(told, by_mail=source == MAIL)
    if found is not None:
        report.delivery, is_present = found
        report.contact = _of_a_notice(report.delivery, told, is_present=is_present, at=at)
    else:
        report.contact = _of_a_check(told, at=at)
    report.save(update_fields=["delivery", "contact"])
    return Heard.TAKEN if report.contact else Heard.STRANGE


def _delivery(told: Told, *, by_mail: bool) -> tuple[Delivery, bool] | None:
    """The delivery that is meant, locked, and whether its present mail is: not one before a person sent it again.

    Anybody can write a mail that says our mail was lost, and our names can be guessed: where mails have an address
    of their own to come back to, only its word says which one did.
    """
    mails = Delivery.objects.filter(channel=Channel.EMAIL)
    if named := reports.opened(told.token, str(settings.SECRET_KEY)):
        pk = mails.filter(pk=named[0]).values_list("pk", flat=True).first()
        return _locked(pk, named[1])
    if by_mail and settings.BOUNCE_ADDRESS and told.report in LOST:
        return None
    for name in filter(None, (reports.notice(name, letters.domain()) for name in told.names)):
        pk = (
            mails.filter(contact=name.contact, revision=name.revision, milestone=name.milestone)
            .filter(window__reference__iexact=name.window)
            .values_list("pk", flat=True)
            .first()
        )
        if pk is not None:
            return _locked(pk, name.resends)
    if told.provider_id:
        return _locked(mails.filter(provider_id=told.provider_id).values_list("pk", flat=True).first(), None)
    return None


def _locked(pk: int | None, resends: int | None) -> tuple[Delivery, bool] | None:
    if pk is None:
        return None
    row = Delivery.objects.locked(pk)
    is_present = resends is None or resends == row.resends
    if is_present and row.state == State.SENDING:
        raise conflict("report.too_early")
    return row, is_present


def _of_a_notice(row: Delivery, told: Told, *, is_present: bool, at: datetime) -> Contact:
    # Instants of the ledger are ours: when it was told to us.
    Attempt.objects.create(delivery=row, at=at, outcome=told.report.value, answer=told.words[:500])
    if told.report in LOST and is_present and row.state == State.ACCEPTED:
        row.state = lifecycle.after(row.state, Act.BOUNCE).value
        row.reason, row.settled_at, row.settled_by = told.words[:300], None, None
        row.save(update_fields=["state", "reason", "settled_at", "settled_by"])
        milestone = labels.MILESTONES[row.milestone].lower()
        facts = {"milestone": milestone, "contact": str(row.contact), "words": told.words[:300]}
        record("notice.bounced", row.window, by=None, at=at, delivery=row.pk, **facts)
    _mark(row.contact, row.address or told.address, told, at=at)
    return row.contact


def _of_a_check(told: Told, *, at: datetime) -> Contact | None:
    """The mail that asked whether an address is right says it best by coming back."""
    numbers = [reports.address_check(name, letters.domain()) for name in told.names]
    check = AddressCheck.objects.select_related("contact").filter(pk__in=[n for n in numbers if n]).first()
    if check is not None:
        _mark(check.contact, check.address, told, at=at)
    return check.contact if check else None


def _mark(contact: Contact, address: str, told: Told, *, at: datetime) -> None:
    if told.report in DEAD or told.report is Report.COMPLAINED:
        complained = told.report is Report.COMPLAINED
        contacts.mark_trouble(contact, address=address, words=told.words, at=at, complained=complained)
