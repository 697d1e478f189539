"""A client's own feed: a secret address that client services hand over, make anew and end."""

import secrets
from datetime import datetime

from django.db import transaction

from changeboard.directory.models import Client
from changeboard.history.record import record
from changeboard.people.models import Person, digest
from notifications.models import ClientFeed


@transaction.atomic
def make(client: Client, *, by: Person, at: datetime) -> str:
    """The secret word of the address, shown this once. An address made before ends now."""
    secret = secrets.token_urlsafe(32)
    made = {"secret_digest": digest(secret), "made_at": at, "made_by": by}
    ClientFeed.objects.update_or_create(client=client, defaults=made)
    record("client.feed_made", client, by=by, at=at)
    return secret


@transaction.atomic
def end(client: Client, *, by: Person, at: datetime) -> None:
    """No address any more. A client that has none stays as it is."""
    if ClientFeed.objects.filter(client=client).delete()[0]:
        record("client.feed_ended", client, by=by, at=at)
