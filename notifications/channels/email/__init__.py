"""E-mail: one reader a message, over one connection that stays open for a batch.

Two roads to the same bytes: Django builds a message for one reader, or a skeleton that was built once is
filled. The second is taken over SMTP, where the first costs more than the sending.
"""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError

from notifications.channels.email import calendar_part, press, provider
from notifications.channels.email.envelope import envelope, personal, seal
from notifications.channels.email.send import Post, Sealed, sealed
from notifications.channels.email.skeleton import Reader, Skeleton, Unfit
from notifications.channels.ways import Ready, Way
from notifications.domain import reports, wording
from notifications.domain.backoff import Answer
from notifications.models import Delivery
from notifications.queries import letters
from notifications.queries.letters import Before, Letter, WindowFacts

logger = logging.getLogger(__name__)

# A few dozen for each window: zones, wordings, systems that a client uses. They outlive a batch.
KEPT = 400
_skeletons: OrderedDict[object, Skeleton | None] = OrderedDict()


class Email(Way):
    def __init__(self) -> None:
        self._post = Post()
        self._facts: dict[tuple[int, int], tuple[WindowFacts, object]] = {}
        self._before: dict[int, Before] = {}
        self._leads: dict[tuple[datetime, str, datetime], str] = {}

    def expect(self, deliveries: Sequence[Delivery]) -> None:
        self._facts.clear()
        self._leads.clear()
        self._before = letters.before(deliveries)

    def prepare(self, delivery: Delivery, *, at: datetime) -> Ready:
        at = delivery.dated_at or at
        filled = self._filled(delivery, at) if self._post.takes_sealed else None
        return filled or self.built(delivery, at=at)

    def built(self, delivery: Delivery, *, at: datetime) -> Ready:
        """The slow road: a message for this one reader."""
        letter = self.letter(delivery, at=at)
        mail = press.mail(letter)
        message = envelope(mail, letter, delivery, self._earlier(delivery), calendar_part.of(letter))
        return Ready(mail.subject, mail.digest, provider.named(message, delivery.message_id))

    def _filled(self, delivery: Delivery, at: datetime) -> Ready | None:
        """The quick road, or None where this reader or this notice does not fit it."""
        skeleton = self._skeleton(delivery, at)
        if skeleton is None:
            return None
        contact, earlier = delivery.contact, self._earlier(delivery)
        unsubscribe = f"{settings.SITE_URL}{letters.unsubscribe_path(contact)}"
        own = personal(contact, unsubscribe, delivery, earlier)
        filled = skeleton.filled(Reader.of(contact, unsubscribe, at), own, seal(delivery))
        if filled is None:
            return None
        digest, wire = filled
        return Ready(skeleton.subject, digest, Sealed(sender(delivery), contact.address, wire))

    def _skeleton(self, delivery: Delivery, at: datetime) -> Skeleton | None:
        """The one for everybody who gets the same words: all that a letter takes from its reader is in the key."""
        about, contents = self._about(delivery)
        contact, zone, told = delivery.contact, delivery.contact.zone, None
        if delivery.is_retraction:
            told = self._told_before(delivery).revision
        earlier = self._earlier(delivery)
        key = (
            contents, delivery.milestone, delivery.notice.audience, zone, told,
            self._lead(about, zone, at), about.uses.get(contact.client_id or 0),
            contact.client_id is None, bool(contact.client and contact.client.meanwhile_in_words),
            contact.wants_invitations, contact.is_contractual, bool(earlier) and not delivery.is_retraction,
        )  # fmt: skip
        if key in _skeletons:
            _skeletons.move_to_end(key)
            return _skeletons[key]
        try:
            made = Skeleton.of(self.letter(delivery, at=at), delivery, earlier)
        except Unfit as reason:
            logger.warning(
                "%s of %s is built anew for each reader: %s", delivery.milestone, about.window, reason
            )
            made = None
        _skeletons[key] = made
        if len(_skeletons) > KEPT:
            _skeletons.popitem(last=False)
        return made

    def _lead(self, about: WindowFacts, zone: str, at: datetime) -> str:
        key = about.window.starts_at, zone, at
        if key not in self._leads:
            self._leads[key] = wording.lead(at, about.window.starts_at, zone)
        return self._leads[key]

    def letter(self, delivery: Delivery, *, at: datetime) -> Letter:
        told = self._told_before(delivery).revision if delivery.is_retraction else None
        about, _ = self._about(delivery)
        return letters.write(
            about, delivery.contact, delivery.milestone, delivery.notice.audience, at=at, told=told
        )

    def _earlier(self, delivery: Delivery) -> list[str]:
        return list(self._told_before(delivery).mails)

    def _told_before(self, delivery: Delivery) -> Before:
        if delivery.pk not in self._before:
            self._before |= letters.before([delivery])
        return self._before[delivery.pk]

    def _about(self, delivery: Delivery) -> tuple[WindowFacts, object]:
        key = delivery.window_id, delivery.revision
        if key not in self._facts:
            about = letters.facts(delivery.window)
            self._facts[key] = about, about.contents()
        return self._facts[key]

    def send(self, delivery: Delivery, ready: Ready, *, at: datetime) -> Answer:
        thing: EmailMessage | Sealed = ready.thing
        if isinstance(thing, EmailMessage) and self._post.takes_sealed:
            thing = replace(sealed(thing), sender=sender(delivery))
        answer = self._post.send(thing)
        if name := provider.id_of(thing):
            # Beside ours: its reports may bring nothing else.
            try:
                Delivery.objects.filter(pk=delivery.pk).update(provider_id=name)
            except DatabaseError:
                # The provider has the mail: that must be marked, whatever becomes of its name for it.
                logger.exception("the provider's name of notice %s is not noted", delivery.pk)
        return answer

    def close(self) -> None:
        self._post.close()


def sender(delivery: Delivery) -> str:
    """Where a mail goes back to when it cannot be delivered: an address of its own, if there is one for bounces."""
    if not settings.BOUNCE_ADDRESS:
        return _bare(str(settings.DEFAULT_FROM_EMAIL))
    word = reports.token(str(settings.SECRET_KEY), delivery.pk, delivery.resends)
    return reports.envelope_sender(str(settings.BOUNCE_ADDRESS), word)


# Parsing an address takes as long as a tenth of a mail.
@lru_cache(maxsize=8)
def _bare(address: str) -> str:
    return parseaddr(address)[1]
