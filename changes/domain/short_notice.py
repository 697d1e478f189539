"""Short notice and urgency: computed from figures and dates, never chosen (PRODUCT.md section 3)."""

from datetime import datetime, timedelta
from enum import StrEnum


def is_short_notice(
    planned_down_seconds: int, worst_down_seconds: int, starts_at: datetime, now: datetime, horizon_days: int
) -> bool:
    """Whether a change may disturb the platform sooner than `horizon_days` from `now`."""
    disturbs = planned_down_seconds > 0 or worst_down_seconds > 0
    return disturbs and starts_at < now + timedelta(days=horizon_days)


class Urgency(StrEnum):
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"
    CRITICAL = "critical"


def urgency(starts_at: datetime, now: datetime) -> Urgency:
    """Normal above two weeks of lead, high above one, urgent above one day, critical below."""
    lead = starts_at - now
    if lead > timedelta(weeks=2):
        return Urgency.NORMAL
    if lead > timedelta(weeks=1):
        return Urgency.HIGH
    return Urgency.URGENT if lead > timedelta(days=1) else Urgency.CRITICAL
