"""`Authorization: Bearer cb_…`: a key signs in as its owner, within its scopes."""

from datetime import timedelta

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from changeboard import clock
from changeboard.people.models import Key, Person, digest


class KeyAuthentication(BaseAuthentication):
    """Answers (owner, key), None for a request without such a key, and 401 for a wrong or revoked one."""

    def authenticate(self, request: Request) -> tuple[Person, Key] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not secret.startswith("cb_"):
            return None
        key = Key.objects.usable().select_related("owner").filter(secret_digest=digest(secret)).first()
        if key is None:
            raise AuthenticationFailed("This key is unknown or was revoked.")
        self._note_use(key)
        return key.owner, key

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    @staticmethod
    def _note_use(key: Key) -> None:
        # Once an hour is enough to see which keys are alive, and spares a write a request.
        now = clock.now()
        if key.last_used_at is None or now - key.last_used_at > timedelta(hours=1):
            Key.objects.filter(pk=key.pk).update(last_used_at=now)
