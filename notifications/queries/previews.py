"""What a client would read, before it goes out: the very text and HTML that the mail will have."""

from dataclasses import dataclass
from datetime import datetime

from changeboard.directory.models import Channel, Client, Contact
from maintenance.models import Window
from notifications import labels
from notifications.domain.milestones import OF_POLICY, RETRACTIONS, Audience, Milestone
from notifications.models import Delivery, Words
from notifications.queries import letters, pictures, policy
from notifications.queries.letters import Letter
from notifications.queries.touched import Touched, touched

OFFERED = (Milestone.TWO_WEEKS, Milestone.DAY_BEFORE, Milestone.STARTING, Milestone.UNDER_WAY, Milestone.DONE)


@dataclass(frozen=True)
class Preview:
    """One client's notice at one milestone, as of when it is due. `letter` is None when nobody is told."""

    clients: list[Client]
    milestones: list[tuple[str, str]]
    client: Client | None
    contact: Contact | None
    milestone: str
    due_at: datetime | None
    letter: Letter | None

    @property
    def slug(self) -> str:
        return self.client.slug if self.client else ""


def words_of(window: Window) -> Words:
    """The window's paragraph, or an empty one that is not saved."""
    found = Words.objects.filter(window=window).select_related("written_by", "signed_off_by").first()
    return found or Words(window=window)


def preview(window: Window, slug: str, milestone: str, now: datetime) -> Preview:
    """For the client of that slug, else the first, and that milestone. Thirteen queries at most."""
    clients = _clients(window)
    client = next((each for each in clients if each.slug == slug), clients[0] if clients else None)
    known = milestone in labels.MILESTONES and milestone not in RETRACTIONS
    chosen = milestone if known else OFFERED[0].value
    contact = _reader(client) if client else None
    rows = Delivery.objects.filter(window=window, client=client, milestone=chosen)
    due_at = rows.order_by("-revision").values_list("due_at", flat=True).first()
    letter = None
    if contact is not None:
        about = letters.facts(window)
        letter = letters.write(about, contact, chosen, "clients", at=max(now, due_at or now))
    asked = {*OFFERED, *policy.told_to(Audience.CLIENTS)}
    offered = [(each.value, labels.MILESTONES[each]) for each in OF_POLICY if each in asked]
    return Preview(clients, offered, client, contact, chosen, due_at, letter)


def _clients(window: Window) -> list[Client]:
    touches = touched([window.pk]).get(window.pk, Touched())
    readers = pictures.readers(window, touches)
    contacts = Contact.objects.filter(pk__in=[reader.contact_id for reader in readers], client__isnull=False)
    return list(Client.objects.filter(pk__in=contacts.values("client")).order_by("name"))


def _reader(client: Client) -> Contact | None:
    active = Contact.objects.active().filter(client=client).select_related("client", "group")
    return active.filter(channel=Channel.EMAIL).first() or active.first()
