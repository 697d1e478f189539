"""How a person is told by mail of what concerns them."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import MailChoice, Person


@transaction.atomic
def choose(
    person: Person, *, mail: str, digest_hour: int, digest_every_day: bool, by: Person | None, at: datetime
) -> Person:
    """Set the choice. Whoever wants mails again is told of what comes, not of what was. Twice is once."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = (person.mail, person.digest_hour, person.digest_every_day)
    if before == (mail, digest_hour, digest_every_day):
        return person
    if person.mail == MailChoice.NONE:
        person.mail_since = at
    person.mail, person.digest_hour, person.digest_every_day = mail, digest_hour, digest_every_day
    person.save(update_fields=["mail", "digest_hour", "digest_every_day", "mail_since"])
    record("person.mail_chosen", person, by=by, at=at, mail=MailChoice(mail).label)
    return person


def stop(person: Person, *, by: Person | None, at: datetime) -> Person:
    """No more mails; the hour is kept for later."""
    return choose(
        person,
        mail=MailChoice.NONE.value,
        digest_hour=person.digest_hour,
        digest_every_day=person.digest_every_day,
        by=by,
        at=at,
    )
