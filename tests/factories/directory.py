"""Systems, services, clients and contacts."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from changeboard.directory.models import Channel, Client, Contact, Mark, Service, System

MARKS = {"Biz": Mark.SQUARE, "PACS": Mark.DIAMOND, "RIS": Mark.CIRCLE}


class SystemFactory(DjangoModelFactory[System]):
    class Meta:
        model = System
        django_get_or_create = ("code",)

    code = "RIS"
    name = factory.LazyAttribute(lambda system: f"{system.code} of the platform")
    mark = factory.LazyAttribute(lambda system: MARKS.get(system.code, Mark.TRIANGLE).value)
    what = "orders and reports"
    stops = "Placing and looking up orders"
    goes_on = "Sending images. We keep them and read them afterwards"


class ServiceFactory(DjangoModelFactory[Service]):
    class Meta:
        model = Service
        django_get_or_create = ("slug",)

    slug = "vpn-tunnels"
    name = factory.LazyAttribute(lambda service: service.slug.replace("-", " ").capitalize())


class ClientFactory(DjangoModelFactory[Client]):
    class Meta:
        model = Client
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Northlight General {n}")
    slug = factory.Sequence(lambda n: f"northlight-general-{n}")
    time_zone = "America/Chicago"
    meanwhile = "For an urgent study, call the reading desk"

    @factory.post_generation
    def uses(self, create: bool, systems: list[System] | None, **_: object) -> None:
        if systems:
            self.systems.set(systems)


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    client = factory.SubFactory(ClientFactory)
    name = factory.Sequence(lambda n: f"PACS desk {n}")
    channel = Channel.EMAIL
    address = factory.Sequence(lambda n: f"pacs-desk-{n}@client.example")
    is_person = False
    # What was never confirmed is work for somebody: tests of that say so.
    confirmed_at = datetime(2026, 5, 1, tzinfo=UTC)
