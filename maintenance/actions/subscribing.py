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
