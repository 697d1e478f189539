"""What an OMS reports: shown to somebody, or read and acknowledged. That is the delivery's proof."""

from datetime import datetime

from django.db import transaction

from changeboard.directory.models import Channel, Client
from changeboard.refusal import refuse
from maintenance.models import Window
from notifications import labels
from notifications.domain import display, lifecycle
from notifications.domain.display import Phase
from notifications.domain.lifecycle import Act, Report, State
from notifications.models import Attempt, Delivery, Shown
from notifications.models.ledger import DeliveryQuerySet, values

REPORTS = {Act.SEE: Report.SEEN, Act.ACKNOWLEDGE: Report.ACKNOWLEDGED}


@transaction.atomic
def shown(client: Client, *, window: str, phase: Phase, sequence: int, actor: str, at: datetime) -> Shown:
    """The banner stood on a screen. Again it writes nothing; a stranger's window is refused."""
    seen, is_new = Shown.objects.get_or_create(
        client=client,
        window=_told_of(client, window),
        phase=phase.value,
        sequence=sequence,
        actor=actor,
        defaults={"at": at, "key": client.oms_key_prefix},
    )
    if is_new:
        _prove(seen, Act.SEE, at=at, state=State.SEEN.value, seen_at=at)
    return seen


@transaction.atomic
def acknowledge(
    client: Client, *, window: str, phase: Phase, sequence: int, actor: str, at: datetime
) -> Shown:
    """Somebody pressed "I have read it". The first acknowledgement stands."""
    seen = shown(client, window=window, phase=phase, sequence=sequence, actor=actor, at=at)
    if seen.acknowledged_at is None:
        seen.acknowledged_at = at
        seen.save(update_fields=["acknowledged_at"])
        _prove(
            seen, Act.ACKNOWLEDGE, at=at, state=State.ACKNOWLEDGED.value, acknowledged_at=at,
            acknowledged_by=actor,
        )  # fmt: skip
    return seen


def _told_of(client: Client, reference: str) -> Window:
    told = Window.objects.filter(reference=reference, deliveries__client=client).distinct().first()
    if told is None:
        raise refuse("shown.unknown_window", at_field="window")
    return told


def _prove(seen: Shown, act: Act, *, at: datetime, **proof: object) -> None:
    """What the report proves is told, and stands in the ledger in words of its own. Three queries."""
    proven = list(_rows(seen, act).select_for_update().values_list("pk", flat=True))
    rows = Delivery.objects.filter(pk__in=proven)
    rows.update(**proof, try_at=None, lease_until=None, lease_owner="")
    outcome = REPORTS[act]
    words = labels.REPORTED[outcome].format(
        phase=labels.MILESTONES[display.MILESTONE[Phase(seen.phase)]].lower(), sequence=seen.sequence,
        actor=seen.actor or labels.NO_SCREEN, key=seen.key,
    )  # fmt: skip
    Attempt.objects.bulk_create(
        Attempt(delivery_id=pk, at=at, outcome=outcome.value, answer=words[:500]) for pk in proven
    )


def _rows(seen: Shown, act: Act) -> DeliveryQuerySet:
    """The deliveries to this client's order system that the report proves, where `act` is legal."""
    legal = [State(state) for state in lifecycle.before(act)]
    return Delivery.objects.filter(
        window=seen.window,
        revision=seen.sequence,
        client=seen.client,
        channel=Channel.OMS,
        milestone=display.MILESTONE[Phase(seen.phase)].value,
        state__in=values(tuple(legal)),
    )
