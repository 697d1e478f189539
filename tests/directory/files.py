"""Files of clients as people's programs write them, and the directory that they are compared with."""

from changeboard.directory.domain import csv_file, import_plan, lines
from changeboard.directory.domain.import_plan import KnownClient, KnownContact, Plan
from changeboard.directory.domain.lines import Vocabulary, Words
from changeboard.directory.models.contact import why_unreachable

ONE_OF = {
    "locale": Words([("en-US", "en-US"), ("English, other: 24 hours", "en-GB"), ("en-GB", "en-GB")]),
    "role": Words([("Help desk", "help_desk"), ("PACS administrator", "pacs_administrator")]),
    "channel": Words(
        [("E-mail", "email"), ("email", "email"), ("Telephone, by hand", "phone"), ("phone", "phone")]
    ),
    "language": Words([("English", "en"), ("en", "en"), ("Español", "es"), ("es", "es")]),
}
KNOWN = Vocabulary(
    zones=Words((zone, zone) for zone in ("America/Chicago", "America/Denver", "Europe/Berlin")),
    systems=Words([("Orders and reports", "RIS"), ("RIS", "RIS"), ("PACS", "PACS")]),
    services=Words([("vpn-tunnels", "VPN tunnels"), ("VPN tunnels", "VPN tunnels")]),
    one_of=ONE_OF,
    unreachable=why_unreachable,
)
CLIENT = {
    "name": "Copperline", "slug": "copperline", "time_zone": "America/Chicago", "locale": "en-US",
    "systems": ("RIS",), "services": (), "contract_lead_days": None, "meanwhile_stat": "", "meanwhile_phone": "",
    "meanwhile_fax": "", "meanwhile_paper": "", "meanwhile": "Call us.", "oms_webhook_url": "", "active": True,
}  # fmt: skip
CONTACT = {
    "name": "PACS desk", "role": "help_desk", "is_person": False, "channel": "email",
    "address": "desk@copperline.example", "time_zone": "", "language": "en", "wants_invitations": False,
    "wants_point_of_service": False, "is_contractual": False, "active": True,
}  # fmt: skip


def client(*contacts: KnownContact, pk: int = 1, **fields: object) -> KnownClient:
    return KnownClient(pk, {**CLIENT, **fields}, contacts)


def contact(pk: int = 7, **fields: object) -> KnownContact:
    return KnownContact(pk, {**CONTACT, **fields})


def planned(text: str, *clients: KnownClient) -> Plan:
    """What a file with this text would do."""
    read = csv_file.read(text.encode())
    return import_plan.plan(lines.lines(read, KNOWN), clients, KNOWN)


def faults(plan: Plan) -> list[tuple[int, list[str]]]:
    """Each bad line's number with the codes of what is wrong."""
    return [
        (line.number, [reason.code.removeprefix("import.") for reason in line.reasons]) for line in plan.bad
    ]


BAD_LINES = [7 + 271 * number for number in range(37)]
# What people's files have: a zone that is none, a cell that runs, no client, a name that never ends.
FAULTS = (
    {"zone": "Amerika/Chicago"}, {"phone": "=cmd|' /C calc'!A0"}, {"client": ""}, {"client": "x" * 130},
)  # fmt: skip


def ten_thousand_lines(encoding: str) -> bytes:
    """Two lines a client, under semicolons, 37 of them bad."""
    lines = ["Client;Systems;Time zone;Number to call;Contact;Address;One person"]
    for number in range(2, 10_002):
        says = {"client": f"Hôpital Saint-{number // 2}", "zone": "America/Chicago", "phone": "+1 555 0100"}
        says |= FAULTS[number % 4] if number in BAD_LINES else {}
        is_person = "no" if number % 2 else "yes"
        lines.append(
            f"{says['client']};RIS;{says['zone']};{says['phone']};Desk {number % 2};d{number}@x.example;{is_person}"
        )
    return "\r\n".join(lines).encode(encoding)
