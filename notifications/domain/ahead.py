"""Where a milestone ahead of the start stands for one audience: to come, told, or past untold. Pure."""

from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    TO_COME = "to_come"
    UNDER_WAY = "under_way"
    TOLD = "told"
    FAILED = "failed"
    PASSED = "passed"


def standing(*, due_at: datetime, told: int, waiting: int, failed: int, now: datetime) -> Standing:
    """`told` contacts were told and `waiting` still will be. A milestone whose time has passed while nobody
    was told and nobody will be was missed by a short lead: it is never called told."""
    if told:
        return Standing.UNDER_WAY if waiting else Standing.TOLD
    if failed and not waiting:
        return Standing.FAILED
    if due_at <= now and not waiting:
        return Standing.PASSED
    return Standing.TO_COME
