"""Who may do what with people (PRODUCT.md section 8). The one table of this app."""

import rules

from changeboard.people.predicates import is_administrator, is_signed_in

PERMISSIONS = {
    "people.use": is_signed_in,
    "people.manage": is_administrator,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
