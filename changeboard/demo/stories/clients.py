"""Systems, services, some forty fictional clients in six time zones, and who is told there."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.text import slugify

from changeboard.demo.models import DemoKey
from changeboard.directory.actions import clients as verbs
from changeboard.directory.models import Channel, Client, Contact, ContactRole, Service, System
from changeboard.people.models import Group

SYSTEMS = (
    ("Biz", "Billing and accounts", "square", "billing and accounts", "Looking up invoices and accounts",
     "Everything else, orders and images included"),
    ("PACS", "Images", "diamond", "images", "Looking at earlier images", "Placing orders; images you send are kept"),
    ("RIS", "Orders and reports", "circle", "orders and reports", "Placing and looking up orders",
     "Sending images. We keep them and read them afterwards, in order"),
)  # fmt: skip

SERVICES = (
    ("Order entry", "RIS"), ("Worklist and reporting", "RIS"), ("Results and critical-result calls", "RIS"),
    ("Dictation", "RIS"), ("Image ingestion", "PACS"), ("Prior studies", "PACS"), ("Order management", "Biz"),
    ("VPN tunnels", None), ("Telephones", None), ("Web conferencing", None),
)  # fmt: skip

ZONES = {
    "America/Chicago": (
        "Copperline Health", "Northlight General", "Larkspur Urgent Care", "Prairie Wind Hospital",
        "Two Rivers Radiology", "Cedar Hollow Clinic", "Granite Falls Medical", "Blue Heron Imaging",
        "Sandstone Regional", "Meadowlark Hospital", "Ironwood Orthopedics", "Lakeshore Women’s Imaging",
        "Foxglove Community Hospital", "Stillwater Emergency",
    ),
    "America/New_York": (
        "Quarry Bay Imaging", "Harbor Point Hospital", "Old Mill Radiology", "Beacon Street Clinic",
        "Maple Ridge Medical", "Tidewater General", "Birch Lane Pediatrics", "Northgate Trauma Center",
        "Silver Creek Hospital", "Orchard Hill Imaging", "Kingfisher Urgent Care", "Windmill Road Clinic",
    ),
    "America/Denver": (
        "Juniper Valley Medical Center", "Painted Mesa Hospital", "Aspen Gate Imaging", "High Plains Clinic",
        "Red Butte Radiology", "Columbine Regional",
    ),
    "America/Phoenix": ("Saguaro Ridge Hospital",),
    "America/Los_Angeles": (
        "Saltmarsh Radiology Group", "Redwood Coast Hospital", "Pier Nine Imaging", "Golden Hills Clinic",
        "Vineyard Medical Group", "Cypress Bluff Hospital",
    ),
    "America/Anchorage": ("Spruce Inlet Hospital",),
    "Pacific/Honolulu": ("Fathom Island Clinic", "Plumeria Bay Hospital"),
}  # fmt: skip

WITHOUT_ORDER_SYSTEM = (
    "Larkspur Urgent Care",
    "High Plains Clinic",
    "Golden Hills Clinic",
    "Windmill Road Clinic",
)
GREETED = {3: "es", 15: "fr", 27: "es", 38: "de"}
LONG_CONTRACTS = {"Northgate Trauma Center": 21, "Juniper Valley Medical Center": 14}
# This one is told in a chat as well.
CHATS = 1


def tell(*, now: datetime) -> int:
    """Everything that exists before the first change."""
    if System.objects.exists():
        return 0
    for place, (code, name, mark, what, stops, goes_on) in enumerate(SYSTEMS, 1):
        System.objects.create(
            code=code, name=name, mark=mark, position=place, what=what, stops=stops, goes_on=goes_on
        )
    systems = {system.code: system for system in System.objects.all()}
    Service.objects.bulk_create(
        Service(name=name, slug=slugify(name), system=systems.get(code or ""), position=place)
        for place, (name, code) in enumerate(SERVICES, 1)
    )
    names = [(name, zone) for zone, names in ZONES.items() for name in names]
    for place, (name, zone) in enumerate(names):
        _client(name, zone, place, systems, now=now)
    Contact.objects.bulk_create(_internal(group, now) for group in Group.objects.all())
    return len(systems) + len(SERVICES) + Client.objects.count() + Contact.objects.count()


def _client(name: str, zone: str, place: int, systems: dict[str, System], *, now: datetime) -> None:
    """Everybody uses RIS, most use PACS, some are billed through Biz."""
    client = Client.objects.create(
        name=name,
        slug=slugify(name.replace("’", "")),
        time_zone=zone,
        contract_lead_days=LONG_CONTRACTS.get(name),
        meanwhile_stat="the reading desk, +1 555 0100",
        meanwhile_phone="+1 555 0101",
        meanwhile_fax=f"fax +1 555 02{place:02}" if place % 3 else "",
        meanwhile_paper="R-7 for routine orders",
    )
    codes = ["RIS"] + (["PACS"] if place % 10 else []) + (["Biz"] if place % 5 < 2 else [])
    client.systems.set([systems[code] for code in codes])
    client.services.set(Service.objects.filter(system__in=client.systems.all()))
    _contacts(client, place, now=now)


def _contacts(client: Client, place: int, *, now: datetime) -> None:
    """A mailbox and a person each, and the order system where there is one; two need a look."""
    domain = f"{client.slug.replace('-', '')}.example"
    confirmed = None if place % 17 == 5 else now - timedelta(days=200)
    Contact.objects.bulk_create(
        [
            Contact(
                client=client, name="PACS desk", role=ContactRole.HELP_DESK, is_person=False,
                address=f"pacs-desk@{domain}", confirmed_at=now - timedelta(days=300),
            ),
            Contact(
                client=client, name=("Alex Kim", "Robin Diaz", "Sam Okafor", "Jamie Lund")[place % 4],
                role=ContactRole.RADIOLOGY_MANAGER, address=f"radiology-manager@{domain}", confirmed_at=confirmed,
                language=GREETED.get(place, "en"),
                wants_invitations=place % 6 == 0, wants_point_of_service=place % 8 == 0,
            ),
        ]
    )  # fmt: skip
    if place == CHATS:
        # json:// or jsons://, to our own sample chat.
        address = f"{settings.SITE_URL}/demo/chat/{client.slug}/".replace("http", "json", 1)
        Contact.objects.create(
            client=client, name="Imaging team chat", role=ContactRole.PACS_ADMINISTRATOR, is_person=False,
            channel=Channel.CHAT, address=address, confirmed_at=now, wants_point_of_service=True,
        )  # fmt: skip
    if client.name not in WITHOUT_ORDER_SYSTEM:
        Contact.objects.create(
            client=client, name="Order system", role=ContactRole.ORDER_SYSTEM, is_person=False,
            channel=Channel.OMS, confirmed_at=now,
        )  # fmt: skip
        _key(client, now=now)


def _key(client: Client, *, now: datetime) -> None:
    """The sample order screens need the key that a client's order system would keep."""
    DemoKey.objects.create(client=client, key=verbs.rotate_oms_key(client, by=None, at=now))


def _internal(group: Group, now: datetime) -> Contact:
    return Contact(
        group=group, name=f"{group} list", role=ContactRole.INTERNAL, is_person=False,
        address=f"{group.slug}@example-teleradiology.example", confirmed_at=now,
    )  # fmt: skip
