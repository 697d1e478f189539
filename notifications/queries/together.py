"""What client services may do with several notices at once, and with how many."""

from dataclasses import dataclass

from django.db.models import Count

from maintenance.models import Window
from notifications import labels
from notifications.domain.lifecycle import NEEDS_A_PERSON, Act, State
from notifications.domain.milestones import Audience
from notifications.models import Delivery
from notifications.models.ledger import DeliveryQuerySet, values

# What waits for the act. What is not sent yet is waived one by one: a reason fits one reader.
STATES = {
    Act.HOLD: (State.PLANNED,),
    Act.RELEASE: (State.HELD,),
    Act.RESEND: NEEDS_A_PERSON,
    Act.WAIVE: NEEDS_A_PERSON,
}


@dataclass(frozen=True)
class Choice:
    """An act on all notices of one milestone that wait for it."""

    milestone: str
    act: Act
    many: int

    @property
    def key(self) -> str:
        return f"{self.act.value}:{self.milestone}"

    @property
    def label(self) -> str:
        return labels.TOGETHER[self.act].format(
            many=self.many, milestone=labels.MILESTONES[self.milestone].lower()
        )


def waiting(window: Window, milestone: str, act: Act) -> DeliveryQuerySet:
    """The notices to clients, of the window's present revision, that the act is for."""
    rows = Delivery.objects.filter(window=window, revision=window.revision, milestone=milestone)
    rows = rows.filter(notice__audience=Audience.CLIENTS.value, state__in=values(STATES[act]))
    return rows.select_related("contact__client", "contact__group", "window")


def choices(window: Window) -> list[Choice]:
    """What there is to do with more than one, in the order of the milestones. One query."""
    rows = Delivery.objects.filter(
        window=window, revision=window.revision, notice__audience=Audience.CLIENTS.value
    )
    counted: dict[tuple[str, str], int] = {
        (milestone, state): many
        for milestone, state, many in rows.order_by().values_list("milestone", "state").annotate(Count("pk"))
    }
    found = [
        Choice(milestone, act, sum(counted.get((milestone, state.value), 0) for state in states))
        for milestone in labels.MILESTONES
        for act, states in STATES.items()
    ]
    return [each for each in found if each.many > 1]
