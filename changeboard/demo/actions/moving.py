"""Moving the platform's clock: step by step, so that every notice on the way goes out at its time.

A jump over three weeks would look like an outage of three weeks: notices would be folded or come too late.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from changeboard import clock
from changeboard.demo import shift
from changeboard.demo.models import ClockShift
from changeboard.refusal import conflict, refuse
from maintenance.actions import cadence
from notifications.actions import subscriber_mail, ticking
from notifications.models import Delivery

MOST = timedelta(days=62)
# A walk whose worker died is forgotten after this long by the real clock.
GIVEN_UP = timedelta(minutes=2)
MORNING = time(9)


@transaction.atomic
def ask(instant: datetime, *, at: datetime) -> ClockShift:
    """Note where the clock is to go. Refused backwards, too far, or while it is on its way already."""
    if instant <= at:
        raise refuse("clock.only_forward", at_field="at")
    if instant - at > MOST:
        raise refuse("clock.too_far", at_field="at", days=(instant - at).days, most=MOST.days)
    ClockShift.objects.get_or_create(pk=1)
    row = ClockShift.objects.select_for_update().get(pk=1)
    real = datetime.now(UTC)
    if row.going_since is not None and real - row.going_since < GIVEN_UP:
        raise conflict("clock.is_moving")
    row.going_to, row.going_since = instant, real
    row.save(update_fields=["going_to", "going_since"])
    return row


def walk(instant: datetime) -> int:
    """Go there now, stopping wherever a notice is due and each morning; answers how many stops it took."""
    stops = 0
    try:
        for stop in _stops(instant):
            # A round takes real time too: the clock may have passed the next stop by itself.
            if stop > clock.now():
                shift.move_to(stop)
            ClockShift.objects.filter(pk=1).update(going_since=datetime.now(UTC))
            ticking.tick(now=clock.now())
            subscriber_mail.tell(now=clock.now())
            stops += 1
        cadence.extend_windows(now=clock.now())
    finally:
        ClockShift.objects.filter(pk=1).update(going_to=None, going_since=None)
    return stops


def _stops(instant: datetime) -> Iterator[datetime]:
    """The next due notice or morning, whichever is sooner, until the instant itself. Asked anew at each stop."""
    zone = str(settings.PLATFORM_TIME_ZONE)
    here = clock.now()
    while here < instant:
        morning = clock.at_wall(clock.local_date(here, zone) + timedelta(days=1), MORNING, zone)
        due = Delivery.objects.due(now=instant).filter(try_at__gt=here).order_by("try_at")
        notice = due.values_list("try_at", flat=True).first()
        # A second later, so that what is due at this very instant is due.
        later = [each + timedelta(seconds=1) for each in (notice, morning) if each is not None]
        here = min([*later, instant])
        yield here


def next_notice(*, now: datetime) -> datetime:
    """When the next notice is due. Refused when none is planned."""
    due = Delivery.objects.filter(state="planned", try_at__gt=now).order_by("try_at")
    found = due.values_list("try_at", flat=True).first()
    if found is None:
        raise refuse("clock.no_next_notice")
    return found + timedelta(seconds=1)
