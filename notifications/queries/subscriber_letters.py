"""What a mail to a subscriber says: a public window on the reader's clock, and nothing that is not public."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from maintenance.domain.public import PublicWindow
from maintenance.models import Window, WindowRevision
from maintenance.queries import public
from notifications.domain import wording
from notifications.domain.milestones import RETRACTIONS
from notifications.domain.wording import Times
from notifications.models import Subscriber, SubscriberMail, SubscriberMailState
from notifications.queries import subscriber_links as links


@dataclass(frozen=True)
class SubscriberLetter:
    """One mail. `kind` is its milestone, "confirm", or "known" to whoever subscribed before and asked again.
    `old` are the times that this reader was told before, of a retraction; links are whole addresses."""

    kind: str
    subscriber: Subscriber
    window: PublicWindow | None
    times: Times | None
    old: Times | None
    lead: str
    up_to: str
    started: str
    expected: str
    ended: str
    took: str
    platform: str
    page: str
    confirm: str
    choose: str
    leave: str


def letter(mail: SubscriberMail) -> SubscriberLetter:
    """The letter of one row, the same each time while its window stays the same. Three queries at most."""
    subscriber, zone = mail.subscriber, mail.subscriber.time_zone
    window = _window(mail)
    site = str(settings.SITE_URL)
    return SubscriberLetter(
        kind=_kind(mail),
        subscriber=subscriber,
        window=window,
        times=_times(window.starts_at, window.ends_at, zone) if window else None,
        old=_old_times(mail, zone) if mail.milestone in RETRACTIONS else None,
        lead=wording.lead(mail.made_at, window.starts_at, zone) if window else "",
        up_to=wording.length(window.budget_seconds) if window and window.takes_downtime else "",
        started=_clock(window.started_at, zone) if window else "",
        expected=_clock(window.back_at, zone) if window else "",
        ended=_clock(window.finished_at, zone) if window else "",
        took=wording.took(window.actual_downtime_seconds, None, None) if window else "",
        platform=str(settings.PLATFORM_NAME),
        page=f"{site}/maintenance/",
        confirm=site + links.confirm_path(subscriber),
        choose=site + links.choose_path(subscriber),
        leave=site + links.leave_path(subscriber),
    )


def _kind(mail: SubscriberMail) -> str:
    is_known = mail.milestone == SubscriberMail.CONFIRM and mail.subscriber.is_told
    return "known" if is_known else mail.milestone


def _window(mail: SubscriberMail) -> PublicWindow | None:
    if mail.window_id is None:
        return None
    return public.pictures(Window.objects.filter(pk=mail.window_id))[0]


def _times(starts_at: datetime, ends_at: datetime, zone: str) -> Times:
    # No other clock beside UTC: where the platform lies is nothing that the reader lives by.
    return wording.times(starts_at, ends_at, zone, zone)


def _old_times(mail: SubscriberMail, zone: str) -> Times | None:
    """The times under the newest older revision that this reader was told of. Two queries."""
    told = mail.subscriber.mails.filter(
        window=mail.window_id, revision__lt=mail.revision, state=SubscriberMailState.ACCEPTED
    )
    number = told.order_by("-revision").values_list("revision", flat=True).first()
    if number is None:
        return None
    old = WindowRevision.objects.get(window=mail.window_id, revision=number)
    return _times(old.starts_at, old.ends_at, zone)


def _clock(instant: datetime | None, zone: str) -> str:
    return wording.clock_time(instant, zone) if instant else ""
