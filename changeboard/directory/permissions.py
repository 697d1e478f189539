"""Who may do what with systems, clients and contacts (PRODUCT.md section 8). The one table of this app."""

import rules

from changeboard.people.predicates import is_administrator, is_client_services, is_signed_in

PERMISSIONS = {
    "directory.read": is_signed_in,
    "directory.edit_clients": is_client_services | is_administrator,
    "directory.edit_systems": is_administrator,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
