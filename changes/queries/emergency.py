"""What the page of an emergency says of its approvals, and what the reader may do about them."""

from collections.abc import Set
from dataclasses import dataclass

from changeboard.people.models import Person
from changes.domain.quorum import EMERGENCY_APPROVALS
from changes.models import Change, EmergencyApproval, Kind


@dataclass(frozen=True)
class Emergency:
    """The voices of board members, oldest first. `own` is the reader's own."""

    voices: list[EmergencyApproval]
    own: EmergencyApproval | None
    is_asked: bool

    @property
    def approvals(self) -> list[EmergencyApproval]:
        return [voice for voice in self.voices if not voice.is_objection]

    @property
    def objections(self) -> list[EmergencyApproval]:
        return [voice for voice in self.voices if voice.is_objection]

    @property
    def missing(self) -> int:
        """How many approvals are still to come."""
        return max(0, EMERGENCY_APPROVALS - len(self.approvals))

    @property
    def objects(self) -> bool:
        """Whether the reader is who stops it."""
        return self.own is not None and self.own.is_objection

    @property
    def may_approve(self) -> bool:
        """Not twice, and not while somebody else objects. Whoever objects takes that back so."""
        others = [voice for voice in self.objections if voice is not self.own]
        return self.is_asked and not others and (self.own is None or self.own.is_objection)

    @property
    def may_object(self) -> bool:
        return self.is_asked and not self.objects


def emergency(change: Change, *, person: Person, acts: Set[str]) -> Emergency | None:
    """None for what is no emergency; `acts` are those that the reader may do now. At most one query."""
    if change.kind != Kind.EMERGENCY:
        return None
    voices = list(change.emergency_approvals.select_related("person").order_by("at"))
    own = next((voice for voice in voices if voice.person_id == person.pk), None)
    return Emergency(voices, own, "approve_emergency" in acts)
