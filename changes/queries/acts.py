"""What a person may do with a change now: the life allows it and the permission table does."""

from changeboard.people.models import Person
from changes.domain import lifecycle
from changes.domain.lifecycle import Act
from changes.models import Change, Kind

PERMISSION = {
    Act.EDIT: "changes.edit",
    Act.SUBMIT: "changes.submit",
    Act.WITHDRAW: "changes.withdraw",
    Act.RIDE: "changes.ride",
    Act.UNRIDE: "changes.ride",
}


def possible(change: Change, person: Person) -> frozenset[str]:
    """The acts whose buttons the page shows. No query."""
    acts = {
        act.value
        for act, permission in PERMISSION.items()
        if lifecycle.allows(change.state, act) and person.has_perm(permission, change)
    }
    if (
        change.kind == Kind.EMERGENCY
        and lifecycle.allows(change.state, Act.APPROVE)
        and person.has_perm("changes.approve_emergency", change)
    ):
        acts.add("approve_emergency")
    return frozenset(acts)
