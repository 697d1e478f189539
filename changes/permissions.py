"""Who may do what with changes (PRODUCT.md section 8). The one table of this app."""

from typing import Any

import rules

from changeboard.people.predicates import (
    is_administrator,
    is_board_member,
    is_chair,
    is_client_services,
    is_release_engineer,
    is_signed_in,
)


@rules.predicate
def is_requester(person: Any, thing: Any) -> bool:
    """Whose change or template it is, or whose a question or an item is about. Nobody decides on their own."""
    about = getattr(thing, "change", thing) or getattr(thing, "template", None)
    return bool(about is not None and getattr(about, "requester_id", None) == person.pk)


@rules.predicate
def is_deputy(person: Any) -> bool:
    """Who stands in for the chair: the seat says it, so that no role has to change hands for a meeting."""
    return bool(person.is_authenticated and person.is_active and person.memberships.deputies().exists())


@rules.predicate
def sits_on_the_board(person: Any) -> bool:
    """Who has or had a seat; on which days is the verb's to say."""
    return bool(person.is_authenticated and person.is_active and person.memberships.exists())


@rules.predicate
def speaks_on_the_board(person: Any) -> bool:
    """Who has or had a seat, or sits in for somebody; on which days is the verb's to say."""
    return sits_on_the_board(person) or bool(person.is_authenticated and person.substitutions.exists())


@rules.predicate
def is_member_of(person: Any, substitute: Any) -> bool:
    """Whom the substitute sits in for."""
    return bool(substitute is not None and substitute.member_id == person.pk)


@rules.predicate
def is_in_marketing(person: Any) -> bool:
    """The group of the wider circle that signs off what clients read."""
    return bool(person.is_authenticated and person.group and person.group.slug == "marketing")


@rules.predicate
def is_author(person: Any, comment: Any) -> bool:
    """Who wrote the comment."""
    return bool(comment is not None and comment.by_id == person.pk)


@rules.predicate
def is_owner(person: Any, view: Any) -> bool:
    """Who saved the view."""
    return bool(view is not None and view.owner_id == person.pk)


@rules.predicate
def is_uploader(person: Any, attachment: Any) -> bool:
    """Who attached the file."""
    return bool(attachment is not None and attachment.by_id == person.pk)


PERMISSIONS = {
    "changes.read": is_signed_in,
    "changes.save_view": is_signed_in,
    "changes.edit_view": is_signed_in & (is_owner | is_administrator),
    "changes.file": is_signed_in,
    "changes.edit": is_signed_in & is_requester,
    "changes.submit": is_signed_in & is_requester,
    "changes.withdraw": is_signed_in & is_requester,
    "changes.ride": is_signed_in & (is_requester | is_release_engineer | is_administrator),
    "changes.comment": is_signed_in,
    "changes.edit_comment": is_signed_in & is_author,
    "changes.attach": is_signed_in,
    "changes.remove_attachment": is_signed_in & (is_uploader | is_requester),
    "changes.word_paragraph": is_client_services | is_administrator,
    "changes.sign_paragraph": is_in_marketing & ~is_requester,
    "changes.ask": is_signed_in,
    "changes.answer": is_signed_in,
    "changes.verify": is_board_member & ~is_requester,
    "changes.vote": is_signed_in & ~is_requester & speaks_on_the_board,
    "changes.declare_conflict": is_signed_in & ~is_requester & speaks_on_the_board,
    "changes.name_substitute": sits_on_the_board,
    "changes.end_substitute": is_signed_in & is_member_of,
    "changes.decide": (is_chair | is_deputy) & ~is_requester,
    "changes.lead_meeting": is_chair | is_deputy,
    "changes.park": is_signed_in,
    "changes.settle_parked": is_chair | is_deputy,
    "changes.keep_minutes": is_chair | is_deputy,
    "changes.arrange_meetings": is_chair | is_administrator,
    "changes.sign_off": is_signed_in & ~is_requester,
    "changes.remind_circle": is_signed_in & (is_requester | is_chair),
    "changes.agree_communication": is_signed_in,
    "changes.retest": is_signed_in & ~is_requester,
    "changes.meet_condition": is_signed_in,
    "changes.reopen_condition": (is_chair | is_deputy) & ~is_requester,
    "changes.review": is_signed_in & (is_requester | is_release_engineer | is_chair | is_administrator),
    "changes.propose_template": is_signed_in,
    "changes.propose_template_again": is_signed_in & (is_requester | is_chair | is_administrator),
    "changes.retire_template": is_signed_in & (is_requester | is_chair | is_administrator),
    "changes.keep_step_library": is_release_engineer | is_administrator,
    "changes.edit_rules": is_administrator,
    "changes.approve_emergency": is_board_member & ~is_requester,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
