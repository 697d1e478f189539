"""What a file would do to the directory: each client new, changed field by field, or unchanged. Pure.

The file adds and changes. What it does not name stays, and what was retired is never taken up again by it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from changeboard.directory.domain.lines import Line, Value, Vocabulary
from changeboard.refusal import Reason

Changes = dict[str, tuple[Value, Value]]


class Kind(Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class KnownContact:
    """A contact as it stands, by the model's fields."""

    pk: int
    fields: Mapping[str, Value]

    def is_at(self, channel: str, address: str) -> bool:
        return self.fields["channel"] == channel and str(self.fields["address"]).casefold() == address

    def is_called(self, name: str, channel: str) -> bool:
        return self.fields["channel"] == channel and str(self.fields["name"]).casefold() == name

    @property
    def active(self) -> bool:
        return bool(self.fields["active"])


@dataclass(frozen=True)
class KnownClient:
    """A client as it stands, by the model's fields, with its contacts."""

    pk: int
    fields: Mapping[str, Value]
    contacts: Sequence[KnownContact] = ()
    # Whether it has the secret that webhooks are signed with.
    signs: bool = False


@dataclass
class ContactPlan:
    """`values` are all that the file says; `changes` from and to, of a known one."""

    kind: Kind
    line: int
    name: str
    values: Mapping[str, Value]
    pk: int | None = None
    changes: Changes = field(default_factory=dict)
    channel: str = "email"


@dataclass
class ClientPlan:
    """`values` are all that the file says of it; `lines` where."""

    kind: Kind
    name: str
    known: KnownClient | None
    values: dict[str, Value] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    changes: Changes = field(default_factory=dict)
    contacts: list[ContactPlan] = field(default_factory=list)
    said_at: dict[str, int] = field(default_factory=dict)

    @property
    def touched_contacts(self) -> list[ContactPlan]:
        return [contact for contact in self.contacts if contact.kind is not Kind.UNCHANGED]

    @property
    def told(self) -> list[Mapping[str, Value]]:
        """The contacts that are told afterwards, by their fields."""
        touched = {contact.pk: contact.values for contact in self.contacts}
        kept = [
            {**each.fields, **touched.get(each.pk, {})}
            for each in (self.known.contacts if self.known else ())
        ]
        new = [contact.values for contact in self.contacts if contact.pk is None]
        return [each for each in (*kept, *new) if each.get("active", True)]

    @property
    def lacks_contacts(self) -> bool:
        """Fewer than two, or none that is not a person (PRODUCT.md section 2): said, never refused."""
        return len(self.told) < 2 or all(each.get("is_person", True) for each in self.told)

    @property
    def fingerprint(self) -> str:
        """The same while the same would be done to the same state."""
        told = [
            (each.kind.value, each.pk, sorted(each.changes.items()), each.values) for each in self.contacts
        ]
        whole = (
            self.kind.value,
            self.known and self.known.pk,
            sorted(self.changes.items()),
            self.values,
            told,
        )
        return hashlib.sha256(repr(whole).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Plan:
    """`bad` are the lines that say something wrong, with every reason; they take no part in `clients`."""

    clients: list[ClientPlan]
    bad: list[Line]

    def of(self, kind: Kind) -> list[ClientPlan]:
        return [client for client in self.clients if client.kind is kind]

    @property
    def fingerprints(self) -> dict[str, str]:
        """By client, of all that would be written."""
        return {each.name: each.fingerprint for each in self.clients if each.kind is not Kind.UNCHANGED}

    @property
    def digest(self) -> str:
        """One word for what would be written and what is bad."""
        whole = (sorted(self.fingerprints.items()), [line.number for line in self.bad])
        return hashlib.sha256(repr(whole).encode()).hexdigest()


def plan(lines: Iterable[Line], clients: Iterable[KnownClient], known: Vocabulary) -> Plan:
    """The whole plan. Lines are taken in order; a bad one is left out and changes nothing of the others."""
    lines = list(lines)
    planner = _Planner(list(clients), known, lines)
    bad = []
    for line in lines:
        reasons = line.reasons or planner.take(line)
        if reasons:
            bad.append(replace(line, reasons=tuple(reasons)))
    return Plan([_finished(each) for each in planner.found.values()], bad)


class _Planner:
    def __init__(self, clients: list[KnownClient], known: Vocabulary, lines: list[Line]) -> None:
        self.known = known
        self.named_in_file = {
            _place(line.name, line.contact) for line in lines if line.contact.get("address")
        }
        self.by_slug = {str(client.fields["slug"]): client for client in clients}
        self.by_name = {str(client.fields["name"]).casefold(): client for client in clients}
        self.found: dict[object, ClientPlan] = {}
        # Which client of the file has a name or a reference now.
        self.taken: dict[tuple[str, str], object] = {}

    def take(self, line: Line) -> list[Reason]:
        """Add what the line says, or answer why not."""
        name, slug = line.name.casefold(), str(line.client.get("slug", ""))
        client = self.by_slug.get(slug) if slug else self.by_name.get(name)
        key: object = client.pk if client else name
        plan = self.found.get(key) or ClientPlan(Kind.NEW, line.name, client)
        contact, reasons = self._contact(plan, line)
        reasons = [*self._client_faults(plan, key, line), *reasons]
        if reasons:
            return reasons
        self.found[key] = plan
        self.taken |= {("name", name): key, ("slug", slug): key} if slug else {("name", name): key}
        for named, value in line.client.items():
            plan.values.setdefault(named, value)
            plan.said_at.setdefault(named, line.number)
        plan.lines.append(line.number)
        plan.contacts += [contact] if contact else []
        return []

    def _client_faults(self, plan: ClientPlan, key: object, line: Line) -> list[Reason]:
        faults = [
            Reason("import.contradicts", {"line": plan.said_at[name], "field": name}, _key(name))
            for name, value in line.client.items()
            if name in plan.values and plan.values[name] != value
        ]
        name, slug = line.name.casefold(), str(line.client.get("slug", ""))
        other = self.by_name.get(name)
        if other is not None and other is not plan.known:
            faults.append(Reason("import.name_taken", {"reference": other.fields["slug"]}, "client"))
        for what, value in (("name", name), ("slug", slug)):
            if value and self.taken.get((what, value), key) != key:
                faults.append(Reason(f"import.{what}_twice", {"value": value}, _key(what)))
        if plan.known and not plan.known.fields["active"] and line.client.get("active"):
            faults.append(Reason("import.client_retired", {"name": plan.known.fields["name"]}, "client_now"))
        if not line.contact and plan.lines:
            faults.append(Reason("import.client_twice", {"line": plan.lines[0]}, "client"))
        return faults

    def _match(self, known: KnownClient | None, line: Line) -> KnownContact | None:
        """The contact that is meant: at this address, else the only one of this name on this channel whose
        address the file does not name elsewhere: then it has a new one. Who is told now goes first."""
        if known is None:
            return None
        _, channel, address = _place("", line.contact)
        by_turn = sorted(known.contacts, key=lambda each: not each.active)
        if address and (found := next((each for each in by_turn if each.is_at(channel, address)), None)):
            return found
        name = str(line.contact.get("name", "")).casefold()
        named = [
            each
            for each in known.contacts
            if each.active and each.is_called(name, channel)
            and _place(line.name, each.fields) not in self.named_in_file
        ]  # fmt: skip
        return named[0] if len(named) == 1 else None

    def _contact(self, plan: ClientPlan, line: Line) -> tuple[ContactPlan | None, list[Reason]]:
        """The plan of the line's contact, if it has one, and why it cannot be."""
        if not line.contact:
            return None, []
        match = self._match(plan.known, line)
        values = dict(line.contact)
        fields = {**(match.fields if match else {"channel": "email", "address": ""}), **values}
        faults = []
        same = next((each for each in plan.contacts if _is_same(each, match, fields)), None)
        if same:
            faults.append(Reason("import.contact_twice", {"line": same.line}, "contact"))
        if match and not match.active and values.get("active"):
            faults.append(Reason("import.contact_retired", {"name": match.fields["name"]}, "told_now"))
        if not (match and match.is_at(str(fields["channel"]), str(fields["address"]).casefold())):
            faults += self.known.unreachable(str(fields["channel"]), str(fields["address"]))
            if fields["channel"] == "webhook" and not (plan.known and plan.known.signs):
                faults.append(Reason("contact.webhook_unsigned", field="channel"))
            if fields["channel"] == "in_app":
                faults.append(Reason("contact.in_app_of_client", field="channel"))
        if match is None:
            values = {**values, "channel": fields["channel"], "address": fields["address"]}
        changes = _changes(match.fields, values) if match else {}
        kind = Kind.NEW if match is None else Kind.CHANGED if changes else Kind.UNCHANGED
        pk = match.pk if match else None
        found = (kind, line.number, str(fields["name"]), values, pk, changes, str(fields["channel"]))
        return ContactPlan(*found), faults


def _place(client: str, contact: Mapping[str, Value]) -> tuple[str, str, str]:
    """Where a contact of a client is told: nobody is told there twice."""
    return client.casefold(), str(contact.get("channel", "email")), str(contact.get("address", "")).casefold()


def _is_same(planned: ContactPlan, match: KnownContact | None, fields: Mapping[str, Value]) -> bool:
    """Whether an earlier line means this contact already."""
    if match is not None and planned.pk == match.pk:
        return True
    one, other = ({**each} for each in (planned.values, fields))
    if one.get("channel", "email") != other.get("channel"):
        return False
    address = str(other.get("address", "")).casefold()
    if address:
        return str(one.get("address", "")).casefold() == address
    return not one.get("address") and str(one["name"]).casefold() == str(other["name"]).casefold()


def _finished(plan: ClientPlan) -> ClientPlan:
    """With its kind and changes, when every line was taken."""
    if plan.known is not None:
        plan.changes = _changes(plan.known.fields, plan.values)
        touched = plan.changes or plan.touched_contacts
        plan.kind = Kind.CHANGED if touched else Kind.UNCHANGED
    return plan


def _changes(before: Mapping[str, Value], after: Mapping[str, Value]) -> Changes:
    return {name: (before[name], value) for name, value in after.items() if before[name] != value}


def _key(name: str) -> str:
    """The column that a client's field stands in."""
    return {"name": "client", "slug": "reference", "oms_webhook_url": "webhook", "active": "client_now"}.get(
        name, name
    )
