"""The gate of the API: the same permission table as the pages, and a key's scopes on top of it."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from changeboard.people.models import Key


class Gated(BasePermission):
    """Reads `view.gates`: action → (permission, scope). A scope of None means: no key may do this.

    An action that is not in the table is closed to everybody.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        permission, scope = view.gates.get(view.action or "metadata", (None, None))
        if permission is None or not request.user.is_authenticated:
            return False
        if isinstance(request.auth, Key) and scope not in request.auth.scopes:
            return False
        return bool(view.detail or request.user.has_perm(permission))

    def has_object_permission(self, request: Request, view: Any, thing: Any) -> bool:
        permission, _ = view.gates[view.action]
        return bool(request.user.has_perm(permission, thing))
