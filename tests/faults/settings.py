"""The product's settings for a storm: the same rules, a sixth of the patience, so that it fits into a test."""

from changeboard.settings import *  # noqa: F403

TICK_SECONDS = 5
NOTICE_LEASE_SECONDS = 12
EMAIL_TIMEOUT = 3
EMAIL_TAKEN_WITHIN_SECONDS = 4
# A dead worker's child must not hold a connection that the restarted database misses.
DATABASES["default"]["CONN_MAX_AGE"] = 5  # noqa: F405


def _hurry() -> None:
    from notifications.domain import backoff

    backoff.QUICK = (1, 2, 4, 8, 16)
    backoff.SLOW = (2, 4, 8, 16, 32)
    backoff.LAST_TRY = 12


_hurry()
