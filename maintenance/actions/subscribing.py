"""A person's own feed: a secret address that can be made anew, which ends the old one."""

import secrets
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person, digest
from maintenance.models import Feed


@transaction.atomic
def make_feed(*, by: Person, at: datetime) -> str:
    """The secret word of the address, shown this once. An address made before ends now."""
    secret = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(person=by, defaults={"secret_digest": digest(secret), "made_at": at})
    record("feed.made", by, by=by, at=at)
    return secret


@transaction.atomic
def end_feed(*, by: Person, at: datetime) -> None:
    """No address any more. Whoever has none changes nothing."""
    if Feed.objects.filter(person=by).delete()[0]:
        record("feed.ended", by, by=by, at=at)
