"""Whether a system may be worked on now, from its windows and the freezes that are on."""

from datetime import datetime

from changeboard.directory.models import System
from maintenance.domain import opening
from maintenance.domain.opening import Opening, Planned
from maintenance.models import Freeze, Hold, Window

NEAR = 5


def of_system(system: System, *, now: datetime) -> Opening:
    """Three queries."""
    windows = list(Window.objects.upcoming(now=now).filter(system=system)[:NEAR])
    held = set(Hold.objects.open().filter(window__in=windows).values_list("window", flat=True))
    hard = Freeze.objects.in_force().touching(system).filter(hard=True, starts_at__lte=now, ends_at__gt=now)
    return opening.opening(
        [
            Planned(row.reference, row.starts_at, max(row.ends_at, row.expected_end_at or row.ends_at), row.state,
                    row.pk in held)
            for row in windows
        ],
        max((freeze.ends_at for freeze in hard), default=None),
        now,
    )  # fmt: skip
