from datetime import UTC, datetime

import pytest

from changeboard.people.actions import keys
from changeboard.people.models import Key, Scope, digest
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_the_secret_is_shown_once_and_never_stored():
    key, secret = keys.make_key("Nightly export", scopes=[Scope.READ_CHANGES], by=PersonFactory(), at=AT)
    stored = Key.objects.values().get(pk=key.pk)
    assert secret not in map(str, stored.values())
    assert stored["secret_digest"] == digest(secret)


def test_a_revoked_key_is_no_longer_usable_and_revoking_again_changes_nothing():
    owner = PersonFactory()
    key, _ = keys.make_key("Old", scopes=[Scope.READ_CHANGES], by=owner, at=AT)
    first = keys.revoke_key(key, by=owner, at=AT)
    again = keys.revoke_key(key, by=owner, at=datetime(2027, 1, 1, tzinfo=UTC))
    assert (first.revoked_at, again.revoked_at, Key.objects.usable().count()) == (AT, AT, 0)


def test_the_key_of_somebody_who_left_is_not_usable():
    keys.make_key("Gone", scopes=[Scope.READ_CHANGES], by=PersonFactory(is_active=False), at=AT)
    assert Key.objects.usable().count() == 0
