"""Making and revoking keys."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Key, Person, Scope, digest


@transaction.atomic
def make_key(name: str, *, scopes: Sequence[Scope | str], by: Person, at: datetime) -> tuple[Key, str]:
    """A new key of `by` and its secret, which is shown this once and never stored."""
    secret = "cb_" + secrets.token_urlsafe(32)
    key = Key.objects.create(
        name=name,
        owner=by,
        prefix=secret[:10],
        secret_digest=digest(secret),
        scopes=[Scope(scope).value for scope in scopes],
        created_at=at,
    )
    record("key.made", key, by=by, at=at, name=name, scopes=key.scopes)
    return key, secret


@transaction.atomic
def revoke_key(key: Key, *, by: Person, at: datetime) -> Key:
    """The key is refused from now on. Revoking it again changes nothing."""
    key = Key.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
        record("key.revoked", key, by=by, at=at, name=key.name)
    return key
