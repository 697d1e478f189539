"""Who may use the demonstration: whoever signed in. Its addresses exist only with DEMO on."""

import rules

from changeboard.people.predicates import is_signed_in

PERMISSIONS = {"demo.use": is_signed_in}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
