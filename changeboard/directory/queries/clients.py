"""Clients as the list and their own page show them."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from changeboard.directory.models import Client, Contact, NoGoDate, Service, System

VIEWS = ("active", "attention", "retired")


@dataclass(frozen=True)
class ClientPage:
    """A client with all that its page shows."""

    client: Client
    systems: list[System]
    services: list[Service]
    contacts: list[Contact]
    no_go_dates: list[NoGoDate]

    @property
    def missing(self) -> list[str]:
        """What the client lacks to be told for sure, as codes (PRODUCT.md section 2)."""
        told = [contact for contact in self.contacts if contact.active]
        found = []
        if len(told) < 2:
            found.append("two_contacts")
        if not any(not contact.is_person for contact in told):
            found.append("a_mailbox")
        if any(contact.bounced_at for contact in told):
            found.append("bounced")
        return found


def for_list(*, view: str = "active", words: str = "", system: str = "") -> QuerySet[Client]:
    """Clients by name, with `contacts_told` and `troubled`. Two queries: rows, and their systems."""
    found = counted(Client.objects.filter(active=view != "retired"))
    if view == "attention":
        found = found.filter(Q(troubled=True) | Q(contacts_told__lt=2) | Q(mailboxes=0))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(contacts__address__icontains=words)).distinct()
    if system:
        found = found.filter(
            pk__in=Client.systems.through.objects.filter(system__code=system).values("client_id")
        )
    return found.prefetch_related("systems").order_by("name")


def counted(clients: QuerySet[Client]) -> QuerySet[Client]:
    """With the number of contacts that are told, how many of them are mailboxes, and whether one bounced."""
    told = Q(contacts__active=True)
    bounced = Contact.objects.filter(client=OuterRef("pk"), active=True, bounced_at__isnull=False)
    return clients.annotate(
        contacts_told=Count("contacts", filter=told, distinct=True),
        mailboxes=Count("contacts", filter=told & Q(contacts__is_person=False), distinct=True),
        troubled=Exists(bounced),
    )


def page(client: Client) -> ClientPage:
    """The client's own page. Four queries; contacts that are told stand first."""
    return ClientPage(
        client=client,
        systems=list(client.systems.all()),
        services=list(client.services.all()),
        contacts=list(client.contacts.order_by("-active", "name").select_related("client")),
        no_go_dates=list(client.no_go_dates.all()),
    )


def tabs() -> dict[str, int]:
    """How many clients each view of the list has. Three queries."""
    return {view: for_list(view=view).count() for view in VIEWS}
