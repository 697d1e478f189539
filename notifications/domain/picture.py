"""What the plan knows of a window, of those whom it concerns, and of what they were told; and what it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from notifications.domain.impact import Concern, Impact
from notifications.domain.lifecycle import State
from notifications.domain.milestones import Audience, Milestone

OMS = "oms"


@dataclass(frozen=True)
class Revision:
    """What was true of a window under one revision. `kind` is made, moved, changed, followed, impact or
    cancelled; `impact` is what its notices say, None where that was not kept."""

    number: int
    starts_at: datetime
    ends_at: datetime
    kind: str
    at: datetime
    impact: Impact | None = None

    def has_times_of(self, other: "Revision") -> bool:
        return (self.starts_at, self.ends_at) == (other.starts_at, other.ends_at)


@dataclass(frozen=True)
class WindowPicture:
    """What the plan needs of a window. `revisions` in order, the present one last; instants in UTC."""

    id: int
    revisions: tuple[Revision, ...]
    is_short_notice: bool = False
    system_id: int = 0
    has_emergency: bool = False
    takes_downtime: bool = True
    started_at: datetime | None = None
    extended_at: datetime | None = None
    expected_end_at: datetime | None = None
    done_at: datetime | None = None
    # Over its downtime budget without a waiver: clients are not told of it ahead (PRODUCT.md section 5).
    is_over_budget: bool = False
    # A freeze keeps it from going: nobody is told of it meanwhile, but for the move or the end of a date.
    is_held: bool = False
    # What clients' contacts use, by contact; filled where two revisions differ in their impact.
    concerns: Mapping[int, Concern] = field(default_factory=dict)

    @property
    def present(self) -> Revision:
        return self.revisions[-1]

    @property
    def is_cancelled(self) -> bool:
        return self.present.kind == "cancelled"

    @property
    def ends_at(self) -> datetime:
        return max(self.present.ends_at, self.expected_end_at or self.present.ends_at)

    @property
    def known_at(self) -> datetime:
        """Since when these times are known: another impact at the same times is no news of the date."""
        since = self.present
        for earlier in reversed(self.revisions):
            if not earlier.has_times_of(since):
                break
            since = earlier
        return since.at

    def revision(self, number: int) -> Revision:
        return next((known for known in self.revisions if known.number == number), self.revisions[0])


@dataclass(frozen=True)
class Reader:
    """A contact that the window concerns: affected client's, or internal."""

    contact_id: int
    audience: Audience
    zone: str
    channel: str
    contract_days: int | None = None
    wants_point_of_service: bool = False

    @property
    def kind(self) -> "Kind":
        return Kind(self.audience, self.zone, self.contract_days, self.channel, self.wants_point_of_service)


class Entry(NamedTuple):
    """A row of the ledger as the plan sees it, and the figures that reconciling compares."""

    contact_id: int
    channel: str
    revision: int
    milestone: Milestone
    audience: Audience
    state: State
    id: int = 0
    due_at: datetime | None = None
    try_at: datetime | None = None
    not_after: datetime | None = None
    tries: int = 0
    # Whoever left, or was retired, is told nothing more, not even that what they knew is no longer so.
    is_reachable: bool = True
    # How the contact is told today, where that is another way than then.
    told_by: str = ""

    @property
    def key(self) -> tuple[int, str, Milestone]:
        return self.contact_id, self.channel, self.milestone


class Planned(NamedTuple):
    """One notice to one contact. `try_at` None: it waits for an event. `skip` names why it is not sent,
    `held_as` the row of an older revision that a person holds: so is this one."""

    contact_id: int
    channel: str
    audience: Audience
    milestone: Milestone
    due_at: datetime
    try_at: datetime | None
    not_after: datetime
    skip: str = ""
    folded_into: Milestone | None = None
    held_as: int | None = None

    @property
    def key(self) -> tuple[int, str, Milestone]:
        return self.contact_id, self.channel, self.milestone


class Kind(NamedTuple):
    """All of a reader that times hang on: a few dozen kinds stand for thousands of readers."""

    audience: Audience
    zone: str
    contract_days: int | None
    channel: str
    wants_point_of_service: bool

    @property
    def is_order_system(self) -> bool:
        return self.channel == OMS
