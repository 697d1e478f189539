"""Clients as the list and their own page show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from changeboard.directory.domain.no_go_runs import runs
from changeboard.directory.models import Client, Contact, NoGoDate, Service, System

# How many words of a search are read: each must be found somewhere about the client.
MOST_WORDS = 6
VIEWS = ("active", "attention", "retired")


@dataclass(frozen=True)
class NoGoRun:
    """Days in a row with one reason; `pk` is that of the first, by which all are taken away."""

    pk: int
    first: date
    last: date
    reason: str


@dataclass(frozen=True)
class ClientPage:
    """A client with all that its page shows."""

    client: Client
    systems: list[System]
    services: list[Service]
    contacts: list[Contact]
    no_go_runs: list[NoGoRun]

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
        if self.client.oms_webhook_url and not self.client.oms_webhook_secret:
            found.append("a_secret")
        return found


def for_list(*, view: str = "active", words: str = "", system: str = "") -> QuerySet[Client]:
    """Clients by name, with `contacts_told` and `troubled`. Two queries: rows, and their systems.

    `words` are looked for in the name, the contacts' names and addresses and the systems' codes: a client is
    found that has each of them somewhere.
    """
    found = counted(Client.objects.filter(active=view != "retired"))
    if view == "attention":
        found = found.filter(Q(troubled=True) | Q(contacts_told__lt=2) | Q(has_mailbox=False))
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(_about(word))
    if system:
        found = found.filter(_uses(Q(system__code=system)))
    return found.prefetch_related("systems").order_by("name")


def _about(word: str) -> Q:
    """Clients with this word about them. Subqueries, not joins: each client stands once."""
    contacts = Contact.objects.filter(Q(name__icontains=word) | Q(address__icontains=word), active=True)
    return (
        Q(name__icontains=word)
        | Q(pk__in=contacts.exclude(client=None).values("client_id"))
        | _uses(Q(system__code__iexact=word) | Q(system__name__iexact=word))
    )


def _uses(system: Q) -> Q:
    return Q(pk__in=Client.systems.through.objects.filter(system).values("client_id"))


def counted(clients: QuerySet[Client]) -> QuerySet[Client]:
    """With the number of contacts that are told, whether one is a mailbox, and whether one bounced."""
    told = Contact.objects.filter(client=OuterRef("pk"), active=True).order_by()
    how_many = told.values("client").annotate(number=Count("pk")).values("number")
    return clients.annotate(
        contacts_told=Coalesce(Subquery(how_many, output_field=IntegerField()), 0),
        has_mailbox=Exists(told.filter(is_person=False)),
        troubled=Exists(told.filter(bounced_at__isnull=False)),
    )


def page(client: Client) -> ClientPage:
    """The client's own page. Four queries; contacts that are told stand first."""
    return ClientPage(
        client=client,
        systems=list(client.systems.all()),
        services=list(client.services.all()),
        contacts=list(client.contacts.order_by("-active", "name").select_related("client")),
        no_go_runs=no_go_runs(client.no_go_dates.all()),
    )


def no_go_runs(days: Iterable[NoGoDate]) -> list[NoGoRun]:
    """The days as runs of one reason, the first to come first."""
    by_reason: dict[str, dict[date, int]] = defaultdict(dict)
    for day in days:
        by_reason[day.reason][day.on] = day.pk
    found = [
        NoGoRun(pks[run.first], run.first, run.last, reason)
        for reason, pks in by_reason.items()
        for run in runs(pks)
    ]
    return sorted(found, key=lambda run: (run.first, run.reason))


def tabs() -> dict[str, int]:
    """How many clients each view of the list has. Three queries."""
    return {view: for_list(view=view).count() for view in VIEWS}
