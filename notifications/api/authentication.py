"""`Authorization: Bearer oms_…`: a client's order system asks for itself and for nobody else."""

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from changeboard.directory.models import Client
from changeboard.people.models import digest


class OmsKeyAuthentication(BaseAuthentication):
    """Answers (nobody, client); 401 for an unknown or replaced key, or a client that left. One query."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Client] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not secret.startswith("oms_"):
            return None
        client = Client.objects.active().filter(oms_key_digest=digest(secret)).first()
        if client is None:
            raise AuthenticationFailed("This key is unknown or was replaced.")
        return AnonymousUser(), client

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ClientOnly(BasePermission):
    """Only an order system with its client's key; a person's session or API key opens nothing here."""

    def has_permission(self, request: Request, view: object) -> bool:
        return isinstance(request.auth, Client)
