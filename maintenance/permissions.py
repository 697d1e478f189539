"""Who may do what with windows and freezes (PRODUCT.md section 8). The one table of this app."""

import rules

from changeboard.people.predicates import is_administrator, is_release_engineer, is_signed_in

runs_windows = is_release_engineer | is_administrator

PERMISSIONS = {
    "maintenance.read": is_signed_in,
    "maintenance.create_window": runs_windows,
    "maintenance.move_window": runs_windows,
    "maintenance.cancel_window": runs_windows,
    "maintenance.freeze": runs_windows,
    "maintenance.waive": runs_windows,
    "maintenance.go": runs_windows,
    # Whoever has a step ticks it; Go, backing out and finishing stay with the release engineer.
    "maintenance.run_steps": is_signed_in,
    "maintenance.load_volumes": runs_windows,
    "maintenance.edit_cadence": is_administrator,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
