"""A client's own calendar: the windows that concern it, in its words. What its mails may say, and no more."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from changeboard.directory.domain import placeholders
from changeboard.directory.models import Client
from changeboard.people.models import digest
from maintenance import ics
from maintenance.domain.public import PublicWindow, begins_on, fingerprint, newest
from maintenance.models import Window
from maintenance.queries import public, public_feed
from maintenance.queries.public_feed import WRITTEN, Served
from notifications import labels
from notifications.domain import wording
from notifications.models import ClientFeed, Words
from notifications.queries import letters
from notifications.queries.touched import Touched, touched
from notifications.queries.uses import Uses, by_service


@dataclass(frozen=True)
class Told:
    """A window, and the sentences that are this client's."""

    window: PublicWindow
    sentences: tuple[str, ...]


def owner_of(secret: str) -> ClientFeed | None:
    """Whose feed this secret opens; nobody's when the client left. One query."""
    found = ClientFeed.objects.filter(secret_digest=digest(secret), client__active=True)
    return found.select_related("client").first()


def calendar(client: Client, *, now: datetime) -> Served:
    """The calendar of one client. Nine queries; the same bytes while nothing of it changed."""
    told, of = _told(client, now), _subscription(client)
    tag = fingerprint(WRITTEN, client.slug, of, settings.DEFAULT_FROM_EMAIL, told)
    changed = newest((each.window for each in told), begins_on(now))
    return Served(
        tag, changed, lambda: ics.calendar([_event(each, client) for each in told], subscription=of)
    )


def _subscription(client: Client) -> ics.Subscription:
    name = labels.CLIENT_FEED.format(platform=settings.PLATFORM_NAME, client=client.name)
    return ics.Subscription(name, f"{settings.SITE_URL}/maintenance/")


def _told(client: Client, now: datetime) -> list[Told]:
    uses = Uses(
        frozenset(client.systems.values_list("pk", flat=True)),
        frozenset(client.services.values_list("pk", flat=True)),
    )
    rows = Window.objects.filter(starts_at__gte=begins_on(now)).order_by("starts_at", "pk")
    windows = list(rows.only("pk", "reference", "system_id"))
    touches = touched([window.pk for window in windows])
    own = [window for window in windows if _concerns(window, touches.get(window.pk, Touched()), uses)]
    pictures = public.pictures(rows.filter(pk__in=[window.pk for window in own]))
    words = {row.window_id: row.signed_paragraph for row in Words.objects.filter(window__in=own)}
    return [
        Told(
            replace(picture, expected_end_at=None),
            _sentences(client, uses, touches.get(window.pk, Touched()), words.get(window.pk, ""), picture),
        )
        for window, picture in zip(own, pictures, strict=True)
    ]


def _concerns(window: Window, touches: Touched, uses: Uses) -> bool:
    """By the rule that says who is affected: its system, or anything that a riding change touches."""
    return window.system_id in uses.systems or bool(uses.of(touches.riding))


def _sentences(
    client: Client, uses: Uses, touches: Touched, paragraph: str, window: PublicWindow
) -> tuple[str, ...]:
    riding = uses.of(touches.riding)
    services = [f"{service.name}: {service.line}" for service in by_service(riding)]
    own = _own_values(client, window)
    also = [
        *(placeholders.filled(each, own) for each in (paragraph, *(change.paragraph for change in riding))),
        client.meanwhile,
    ]
    said = [wording.ended(words.strip()) for words in also if words.strip()]
    return tuple(dict.fromkeys([*services, *said]))


def _own_values(client: Client, window: PublicWindow) -> dict[str, str]:
    """What stands for the placeholders of a paragraph, as this client's mails have it."""
    zone = client.time_zone
    return letters.own_values(
        client.name,
        wording.times(window.starts_at, window.ends_at, zone, zone),
        wording.length(window.budget_seconds) if window.takes_downtime else "",
        window.system.code,
        window.key.upper(),
    )


def _event(told: Told, client: Client) -> ics.Event:
    event = public_feed.event(told.window)
    account = ("X-MAINTNOTE-ACCOUNT", client.slug)
    own = () if told.window.is_cancelled else told.sentences
    return replace(
        event,
        description="\n".join([event.description, *own]),
        more=tuple(account if name == account[0] else (name, value) for name, value in event.more),
    )
