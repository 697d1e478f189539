"""Who may do what with people (PRODUCT.md section 8). The one table of this app."""

from typing import Any

import rules

from changeboard.people.models import Key
from changeboard.people.predicates import is_administrator, is_signed_in


@rules.predicate
def is_owner(person: Any, key: Key | None) -> bool:
    """Whose key it is."""
    return key is not None and key.owner_id == person.pk


PERMISSIONS = {
    "people.use": is_signed_in,
    "people.manage": is_administrator,
    "people.revoke_key": is_owner | is_administrator,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
