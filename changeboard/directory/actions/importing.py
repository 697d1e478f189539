"""Importing clients from a file: kept when uploaded, looked at, applied as it was looked at, or thrown away."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from changeboard.directory.actions import import_writing
from changeboard.directory.domain.import_plan import Kind, Plan
from changeboard.directory.models import ClientImport
from changeboard.directory.queries import importing
from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict, refuse

MOST_NAMED = 10


@transaction.atomic
def upload(*, name: str, data: bytes, by: Person, at: datetime) -> ClientImport:
    """Keep the file and what it would do. Nothing of it is imported. Refused when it cannot be read at all."""
    plan = importing.plan_of(importing.sheet(data))
    return ClientImport.objects.create(
        name=(name or "clients.csv")[-200:], data=data, sha256=hashlib.sha256(data).hexdigest(), size=len(data),
        by=by, at=at, seen=plan.fingerprints,
    )  # fmt: skip


def apply(upload: ClientImport, *, digest: str, without_bad: bool, by: Person, at: datetime) -> ClientImport:
    """Write exactly what the preview with this `digest` showed, in one transaction, a line of history a client.

    Refused, with nothing written: applied before; bad lines unless `without_bad`; nothing to do; and where
    something changed since the preview, naming it: the next preview shows what would be written now.
    """
    try:
        return _apply(upload, digest=digest, without_bad=without_bad, by=by, at=at)
    except Refusal as refusal:
        if refusal.reasons[0].code == "import.changed_meanwhile":
            # Outside the transaction that was refused: the next comparison is with what is shown next.
            ClientImport.objects.filter(pk=upload.pk).update(seen=importing.plan(upload).fingerprints)
        raise


@transaction.atomic
def _apply(upload: ClientImport, *, digest: str, without_bad: bool, by: Person, at: datetime) -> ClientImport:
    upload = ClientImport.objects.select_for_update().get(pk=upload.pk)
    if upload.applied_at is not None:
        raise conflict("import.applied_before")
    _keep_others_out()
    plan = importing.plan(upload)
    if plan.bad and not without_bad:
        raise refuse("import.bad_lines", at_field="without_bad", lines=len(plan.bad))
    if plan.digest != digest:
        names = _differing(upload.seen, plan.fingerprints) or ["the list of bad lines"]
        shown = [
            *names[:MOST_NAMED],
            *([f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []),
        ]
        raise Refusal([Reason("import.changed_meanwhile", {"clients": shown})], conflict=True)
    if not plan.fingerprints:
        raise refuse("import.nothing_to_do")
    try:
        with transaction.atomic():
            import_writing.write(plan, file=upload.name, by=by, at=at)
    except IntegrityError as taken:
        raise conflict("import.changed_meanwhile", clients=["a name or an address was taken"]) from taken
    upload.applied_by, upload.applied_at, upload.tally = by, at, tally(plan)
    upload.save(update_fields=["applied_by", "applied_at", "tally"])
    return upload


def _keep_others_out() -> None:
    """Whoever would save a client or a contact now waits until we are done: a few seconds, and what is
    written is what was compared. Reading goes on."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE directory_client, directory_contact IN SHARE ROW EXCLUSIVE MODE")


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def tally(plan: Plan) -> dict[str, int]:
    """How many clients are new, changed and unchanged, how many contacts new and changed, how many lines bad."""
    contacts = [contact for client in plan.clients for contact in client.contacts]
    return {
        **{kind.value: len(plan.of(kind)) for kind in Kind},
        "new_contacts": sum(contact.kind is Kind.NEW for contact in contacts),
        "changed_contacts": sum(contact.kind is Kind.CHANGED for contact in contacts),
        "bad": len(plan.bad),
    }


@transaction.atomic
def throw_away(upload: ClientImport) -> None:
    """Forget a file that was not imported. An imported one stays on record: refused."""
    upload = ClientImport.objects.select_for_update().get(pk=upload.pk)
    if upload.applied_at is not None:
        raise conflict("import.applied_before")
    upload.delete()
