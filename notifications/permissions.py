"""Who may do what with notices (PRODUCT.md section 8). The one table of this app."""

from typing import Any

import rules

from changeboard.people.predicates import is_administrator, is_client_services, is_signed_in

handles_notices = is_client_services | is_administrator

MARKETING = "marketing"


@rules.predicate
def is_of_marketing(person: Any) -> bool:
    """Whoever belongs to the marketing group of the wider circle."""
    return bool(person.is_authenticated and person.group and person.group.slug == MARKETING)


@rules.predicate
def is_told(person: Any, delivery: Any) -> bool:
    """Whether a notice is to the person's own group."""
    return bool(delivery and person.group_id and delivery.contact.group_id == person.group_id)


PERMISSIONS = {
    "notifications.read": is_signed_in,
    "notifications.read_in_app": is_signed_in & (is_told | handles_notices),
    "notifications.word": handles_notices,
    # Not the writer: the verb refuses one's own paragraph.
    "notifications.sign_off": handles_notices | is_of_marketing,
    "notifications.preview": handles_notices | is_of_marketing,
    "notifications.send_test": handles_notices,
    "notifications.hold": handles_notices,
    "notifications.release": handles_notices,
    "notifications.resend": handles_notices,
    "notifications.waive": handles_notices,
    "notifications.log_call": handles_notices,
    "notifications.confirm_address": handles_notices,
    "notifications.client_feed": handles_notices,
    "notifications.let_backlog_go": handles_notices,
    "notifications.edit_policy": is_administrator,
    "notifications.operate": is_administrator,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
