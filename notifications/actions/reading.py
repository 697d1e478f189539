"""What a member of a group says of a notice that waits in changeboard: it was read."""

from datetime import datetime

from django.db import transaction

from changeboard.people.models import Person
from notifications import labels
from notifications.domain import lifecycle
from notifications.domain.lifecycle import Act, Report, State
from notifications.models import Attempt, Delivery


@transaction.atomic
def read(delivery: Delivery, *, by: Person, at: datetime) -> Delivery:
    """The first reader's name is the proof. Again, or by another member, it changes nothing."""
    row = Delivery.objects.locked(delivery.pk)
    if row.state == State.ACKNOWLEDGED:
        return row
    row.state = lifecycle.after(row.state, Act.ACKNOWLEDGE).value
    row.acknowledged_at, row.acknowledged_by = at, str(by)[:120]
    row.seen_at = row.seen_at or at
    row.save(update_fields=["state", "acknowledged_at", "acknowledged_by", "seen_at"])
    words = labels.READ_HERE.format(person=by)
    Attempt.objects.create(delivery=row, at=at, outcome=Report.ACKNOWLEDGED.value, answer=words[:500], by=by)
    return row
