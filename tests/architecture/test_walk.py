"""Every address with every role: whoever may not is told so, and nobody meets a fault."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from changeboard.people.models import Person
from tests.architecture.doors import OPEN, doors

pytestmark = pytest.mark.django_db

ROLES = {
    "engineer": "engineer",
    "board member": "member1",
    "chair": "chair",
    "release engineer": "release",
    "client services": "clientservices",
    "administrator": "admin",
}
# Refused: forbidden, not this way (POST only), or existence is itself a secret.
REFUSED = {403, 404, 405}
NOT_SIGNED_IN = {302, 401, 403, 404, 405}


def test_every_address_answers_every_role_as_its_permission_says(settings: Any) -> None:
    # As in the product: nothing happens between one page and the next.
    settings.COUNTS_ARE_KEPT = True
    call_command("load_demo")
    faults = [*_walk("nobody", None)]
    for role, name in ROLES.items():
        faults += _walk(role, Person.objects.get(username=name))
    assert "\n".join(faults) == ""


def _walk(role: str, person: Person | None) -> Iterator[str]:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    for path, gate in _addresses():
        status = client.get(path).status_code
        if fault := _fault(status, gate, person):
            yield f"{role}: GET {path} answers {status}, {fault}"


def _fault(status: int, gate: str | None, person: Person | None) -> str:
    if status >= 500:
        return "a fault of ours"
    if person is None:
        return "" if gate == OPEN or status in NOT_SIGNED_IN else "though nobody is signed in"
    is_permission = gate is not None and "." in gate
    if is_permission and not person.has_perm(gate) and _needs_no_row(gate, person):
        return "" if status in REFUSED else f"though {gate} is not theirs"
    return ""


def _needs_no_row(gate: str, person: Person) -> bool:
    """A permission that is refused without a row may still be given for one's own."""
    return gate not in OF_ONES_OWN


# Given to the requester of the change that the address names, whatever their roles.
OF_ONES_OWN = {
    "changes.edit",
    "changes.submit",
    "changes.withdraw",
    "changes.ride",
    "changes.remove_attachment",
    "changes.edit_view",
    "changes.edit_comment",
    "people.revoke_key",
}


def _addresses() -> Iterator[tuple[str, str | None]]:
    """Each address that a GET may ask, with an example's names in it, and its gate."""
    examples = _examples()
    for name, gate in doors(get_resolver().url_patterns):
        # Two speak of what else runs: no beat has ticked here, and no server answers the sample order system.
        if name.startswith(("admin:", "people:sign_out", "readyz", "demo:status")):
            continue
        for arguments in ({}, *examples):
            try:
                yield reverse(name, kwargs=arguments), gate
                break
            except NoReverseMatch:
                continue


def _examples() -> list[dict[str, Any]]:
    """Names of things in the demonstration, as addresses hold them."""
    from changeboard.demo.models import DemoKey
    from maintenance.models import Window
    from notifications.models import Delivery

    window = Window.objects.filter(state="planned").order_by("starts_at").first()
    row = Delivery.objects.filter(client__isnull=False).first()
    assert window is not None
    assert row is not None
    client = DemoKey.objects.select_related("client").first().client.slug  # type: ignore[union-attr]
    return [
        {"reference": window.reference},
        {"reference": "CHG-0142"},
        {"slug": client},
        {"client__slug": client},
        {"client__slug": client, "what": "shown"},
        {"reference": window.reference, "client": client, "milestone": "two_weeks"},
        {"reference": window.reference, "pk": 1},
        {"on": "2026-12-03"},
        {"code": window.system.code},
        {"contact": row.contact_id, "word": "0" * 32},
        {"secret": "x" * 43},
        {"pk": row.pk},
        {"slug": client, "pk": 1},
    ]
