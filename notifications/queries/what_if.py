"""What the next six months' notices would be with another policy, cadence, client or contact."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from changeboard.directory.domain import import_plan
from changeboard.directory.models import Client, ClientImport, Contact
from changeboard.directory.queries import importing
from maintenance.domain import recurrence
from maintenance.domain.following import Fate, Step
from maintenance.models import Cadence, Window
from maintenance.queries.cadences import Consequences as Moves
from notifications.domain.difference import difference
from notifications.domain.picture import Revision
from notifications.domain.policy import Policy
from notifications.queries import difference as pictures
from notifications.queries import from_file, policy
from notifications.queries.difference import Consequences, end, shown
from notifications.queries.outlook import WindowAhead, windows_ahead
from notifications.queries.pictures import meant
from notifications.queries.readership import Addressee, Dependent, Readership, readership


def of_policy(wanted: Policy, *, now: datetime) -> Consequences:
    """If the policy were `wanted`. Twenty-one queries at most, however many windows and clients."""
    until, since, version = end(now), policy.quiet_since(), policy.version()
    lines, then, everybody = policy.lines(), wanted.hushed(since, now=now), readership()
    ahead = windows_ahead(everybody, lines=[*lines, *then], now=now, until=until)
    sides = [
        pictures.outlook(ahead, each, everybody.client_of, now=now, until=until) for each in (lines, then)
    ]
    seen = version, wanted.said, [(each.picture.id, each.picture.present.number) for each in ahead]
    return pictures.consequences(difference(*sides), shown(ahead), until=until, seen=seen)


def of_cadence(moves: Moves, wanted: Cadence, *, now: datetime) -> Consequences:
    """If the windows of a cadence moved like that, and new ones were made. Twenty queries at most."""
    until, lines, everybody = end(now), policy.lines(), readership()
    ahead = windows_ahead(everybody, lines=lines, now=now, until=until)
    steps = {step.own.span.id: step for step in moves.acting}
    then = [_moved(each, steps[each.window.pk], now) if each.window.pk in steps else each for each in ahead]
    then += [_made(wanted, number, on).read_by(everybody) for number, on in enumerate(moves.made)]
    sides = [
        pictures.outlook(each, lines, everybody.client_of, now=now, until=until) for each in (ahead, then)
    ]
    return pictures.consequences(difference(*sides), shown([*ahead, *then]), until=until)


def _moved(ahead: WindowAhead, step: Step, now: datetime) -> WindowAhead:
    picture = ahead.picture
    kind = "cancelled" if step.fate is Fate.ENDS else "moved"
    span = step.own.span if step.fate is Fate.ENDS else step.span
    number, impact = picture.present.number + 1, picture.present.impact
    then = Revision(number, span.starts_at, span.ends_at, kind, now, impact)
    return replace(ahead, picture=replace(picture, revisions=(*picture.revisions, then)))


def _made(wanted: Cadence, number: int, on: date) -> WindowAhead:
    """A window that is not made yet: nothing rides on it, and nobody was told. Its picture has a name below 0."""
    slot = recurrence.slot(on, wanted.start_time, wanted.time_zone, wanted.length_seconds)
    window = Window(
        system=wanted.system, on=on, starts_at=slot.starts_at, ends_at=slot.ends_at,
        budget_seconds=wanted.budget_seconds,
    )  # fmt: skip
    made = Revision(0, slot.starts_at, slot.ends_at, "made", slot.starts_at)
    picture = replace(meant(window, None), id=-1 - number, revisions=(made,))
    return WindowAhead(window, picture, (), frozenset(), ())


def of_client(client: Client, wanted: Dependent | None, *, now: datetime) -> Consequences:
    """If a client had this zone and contract and used these systems and services; None: if it were a client no
    more. Twenty queries at most."""
    everybody = readership()
    contacts = _contacts(client)
    known = _one(everybody, client.pk, everybody.clients.get(client.pk), contacts)
    return _compared(known, _one(everybody, client.pk, wanted, contacts), now=now)


def of_contact(contact: Contact, wanted: Addressee | None, *, now: datetime) -> Consequences:
    """If a client's contact were reached like that; None: if it were told nothing more. Twenty queries at most."""
    everybody, client = readership(), contact.client
    if client is None:
        raise ValueError("an internal contact belongs to no client")
    contacts, used = _contacts(client), everybody.clients.get(client.pk)
    then = [each for each in contacts if each.id != contact.pk] + ([wanted] if wanted else [])
    return _compared(
        _one(everybody, client.pk, used, contacts), _one(everybody, client.pk, used, then), now=now
    )


def of_import(upload: ClientImport, *, now: datetime) -> Consequences:
    """If a file of clients and contacts were applied, for those that it adds or changes. Thirty queries at most.
    What is not there yet has a number below 0."""
    everybody = readership()
    plans = [each for each in importing.plan(upload).clients if each.kind is not import_plan.Kind.UNCHANGED]
    numbered = {plan.known.pk if plan.known else -number: plan for number, plan in enumerate(plans, start=1)}
    known = {pk: everybody.clients[pk] for pk in numbered if pk in everybody.clients}
    contacts = tuple(each for each in everybody.contacts if each.client in known)
    then = from_file.readership(numbered, everybody.providers)
    names = {pk: plan.name for pk, plan in numbered.items()}
    return _compared(Readership(known, contacts, everybody.providers), then, now=now, names=names)


def _contacts(client: Client) -> list[Addressee]:
    """Those that are told while it is a client."""
    return [Addressee.of(each) for each in client.contacts.filter(active=True).order_by("pk")]


def _one(
    everybody: Readership, client: int, used: Dependent | None, contacts: Sequence[Addressee]
) -> Readership:
    if used is None:
        return Readership({}, (), everybody.providers)
    return Readership({client: used}, tuple(contacts), everybody.providers)


def _compared(
    known: Readership, then: Readership, *, now: datetime, names: Mapping[int, str] | None = None
) -> Consequences:
    """Some clients and their contacts, as they are and as they would be."""
    until, lines = end(now), policy.lines()
    contract = max((each.contract_days or 0 for each in then.clients.values()), default=0)
    contacts = {each.id for each in (*known.contacts, *then.contacts)}
    ahead = windows_ahead(known, lines=lines, now=now, until=until, contract=contract, contacts=contacts)
    same = _same(known, then)
    sides = [
        pictures.outlook(
            [_told(each.read_by(side), side) for each in ahead], lines, side.client_of,
            now=now, until=until, same=same,
        )
        for side in (known, then)
    ]  # fmt: skip
    return pictures.consequences(difference(*sides), shown(ahead), until=until, names=names)


def _same(*sides: Readership) -> dict[int, object]:
    """By contact: what it and its client are on each side. Who agree in all of it fare alike on both."""
    found: dict[int, list[object]] = defaultdict(lambda: [None] * len(sides))
    for number, side in enumerate(sides):
        for each in side.contacts:
            used = side.clients[each.client] if each.client is not None else None
            found[each.id][number] = (replace(each, id=0, client=None), used)
    return {contact: tuple(on_both) for contact, on_both in found.items()}


def _told(ahead: WindowAhead, side: Readership) -> WindowAhead:
    """Whoever is not among the readers is told nothing more."""
    reached = {each.id for each in side.contacts}
    ledger = [entry._replace(is_reachable=entry.contact_id in reached) for entry in ahead.ledger]
    return replace(ahead, ledger=ledger)
