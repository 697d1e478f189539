"""What a client would read, before it goes out: the very text and HTML that the mail will have."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from changeboard.directory.models import Channel, Client, Contact
from maintenance.models import Window, WindowRevision
from notifications import labels
from notifications.domain.milestones import (
    AHEAD,
    OF_POLICY,
    POINT_OF_SERVICE,
    Audience,
    Milestone,
    due_elsewhere,
)
from notifications.models import Delivery
from notifications.queries import letters, pictures, policy
from notifications.queries.letters import Letter
from notifications.queries.touched import Touched, touched

M = Milestone
OFFERED = (M.TWO_WEEKS, M.ONE_WEEK, M.DAY_BEFORE, M.DAY_OF, *POINT_OF_SERVICE)


@dataclass(frozen=True)
class Preview:
    """One client's notice at one milestone, as of when it is due. `letter` is None when nobody is told; `zone` is
    the one in which it is read, if not the contact's own."""

    clients: list[Client]
    milestones: list[tuple[str, str]]
    client: Client | None
    contact: Contact | None
    milestone: str
    zone: str
    due_at: datetime | None
    letter: Letter | None

    @property
    def slug(self) -> str:
        return self.client.slug if self.client else ""


def preview(window: Window, slug: str, milestone: str, now: datetime, *, zone: str = "") -> Preview:
    """For the client of that slug, else the first, and that milestone. Sixteen queries at most.

    `zone`, the name of one that is known, is for looking how it reads for somebody who lives there.
    """
    clients = _clients(window)
    client = next((each for each in clients if each.slug == slug), clients[0] if clients else None)
    told = _told_before(window)
    asked = {*OFFERED, *policy.told_to(Audience.CLIENTS)}
    offered = [*(each for each in OF_POLICY if each in asked), M.CANCELLED, *([told[0]] if told else [])]
    chosen = next((each for each in offered if each == milestone), M.TWO_WEEKS)
    contact = _reader(client) if client else None
    rows = Delivery.objects.filter(window=window, client=client, milestone=chosen.value)
    due_at = rows.order_by("-revision").values_list("due_at", flat=True).first()
    if contact is not None and zone:
        if due_at is not None and chosen in AHEAD:
            due_at = due_elsewhere(due_at, window.starts_at, contact.zone, zone)
        contact = copy(contact)
        contact.time_zone = zone
    letter = None
    if contact is not None:
        revision = told[1] if told else None
        about, at = letters.facts(window), max(now, due_at or now)
        letter = letters.write(about, contact, chosen.value, "clients", at=at, told=revision)
    names = [(each.value, labels.MILESTONES[each]) for each in offered]
    return Preview(clients, names, client, contact, chosen.value, zone, due_at, letter)


def _told_before(window: Window) -> tuple[Milestone, int] | None:
    """What the present revision made of the one before it: a move or another impact. One query at most."""
    if not window.revision or window.state == "cancelled":
        return None
    before = WindowRevision.objects.filter(window=window, revision=window.revision - 1).first()
    if before is None:
        return None
    same = (before.starts_at, before.ends_at) == (window.starts_at, window.ends_at)
    return (M.CHANGED if same else M.MOVED), before.revision


def _clients(window: Window) -> list[Client]:
    touches = touched([window.pk]).get(window.pk, Touched())
    readers = pictures.readers(window, touches)
    contacts = Contact.objects.filter(pk__in=[reader.contact_id for reader in readers], client__isnull=False)
    return list(Client.objects.filter(pk__in=contacts.values("client")).order_by("name"))


def _reader(client: Client) -> Contact | None:
    active = Contact.objects.active().filter(client=client).select_related("client", "group")
    return active.filter(channel=Channel.EMAIL).first() or active.first()
