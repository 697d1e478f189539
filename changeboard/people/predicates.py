"""The words of permission tables: predicates that each app composes in its own permissions.py."""

from typing import Any

import rules

from changeboard.people.models import Role


def has_role(*roles: Role) -> Any:
    """A predicate: the person is active and holds at least one of these roles."""

    @rules.predicate(f"has_role:{','.join(roles)}")
    def holds(person: Any) -> bool:
        return bool(person.is_authenticated and person.has_role(*roles))

    return holds


@rules.predicate
def is_signed_in(person: Any) -> bool:
    """Whoever signed in and is still active."""
    return bool(person.is_authenticated and person.is_active)


is_administrator = has_role(Role.ADMINISTRATOR)
is_client_services = has_role(Role.CLIENT_SERVICES)
is_release_engineer = has_role(Role.RELEASE_ENGINEER)
is_chair = has_role(Role.CHAIR)
is_board_member = has_role(Role.BOARD_MEMBER, Role.CHAIR)
