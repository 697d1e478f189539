"""A file is looked at, then applied exactly as it was looked at, or not at all."""

import csv
import io
from datetime import UTC, datetime

import pytest

from changeboard.directory.actions import clients as client_verbs
from changeboard.directory.actions import importing
from changeboard.directory.models import Client, ClientImport, Contact
from changeboard.directory.queries import exporting
from changeboard.directory.queries import importing as pictures
from changeboard.history.models import Event
from changeboard.refusal import Refusal
from tests.directory.files import BAD_LINES, ten_thousand_lines
from tests.factories.directory import ClientFactory, ContactFactory, ServiceFactory, SystemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 16, tzinfo=UTC)
HEAD = "Client;Systems;Time zone;Number to call;Contact;Address;One person\r\n"


@pytest.fixture
def keeper():
    return PersonFactory(client_services=True)


def uploaded(text: str | bytes, by: object) -> ClientImport:
    data = text.encode() if isinstance(text, str) else text
    return importing.upload(name="clients.csv", data=data, by=by, at=AT)


def applied(upload: ClientImport, by: object, *, digest: str = "", without_bad: bool = False) -> ClientImport:
    digest = digest or pictures.plan(upload).digest
    return importing.apply(upload, digest=digest, without_bad=without_bad, by=by, at=AT)


def test_of_10000_lines_each_of_37_bad_ones_is_named_and_none_is_imported_silently(
    keeper, django_assert_max_num_queries
):
    SystemFactory()
    upload = uploaded(ten_thousand_lines("latin-1"), keeper)
    plan = pictures.plan(upload)
    assert [line.number for line in plan.bad if line.reasons] == BAD_LINES
    with pytest.raises(Refusal):
        applied(upload, keeper, digest=plan.digest)
    assert (Client.objects.count(), Contact.objects.count()) == (0, 0)
    with django_assert_max_num_queries(60):
        done = applied(upload, keeper, digest=plan.digest, without_bad=True)
    assert (done.tally["bad"], Contact.objects.count(), Client.objects.count()) == (37, 9_963, 5_000)
    assert Event.objects.filter(act="client.added_by_import").count() == 5_000


def test_what_is_exported_comes_back_as_unchanged_to_the_last_cell(keeper):
    row = ClientFactory(
        name="=Köln; “Süd”", meanwhile='+1 555\n"Ring, twice"', meanwhile_paper="none", uses=[SystemFactory()]
    )
    row.services.set([ServiceFactory()])
    ContactFactory(client=row, name="'quoted", language="de", wants_invitations=True)
    ContactFactory(client=row, active=False), ContactFactory(client=row, channel="oms", address="")
    ClientFactory(active=False, contract_lead_days=21)
    text = io.StringIO()
    csv.writer(text).writerows(exporting.rows())
    plan = pictures.plan(uploaded(exporting.BYTE_ORDER_MARK + text.getvalue(), keeper))
    assert (plan.bad, plan.fingerprints, len(plan.clients)) == ([], {}, 2)


def test_an_import_is_one_line_of_history_a_client_and_a_new_version(keeper):
    row = ClientFactory(name="Copperline", meanwhile_phone="1")
    ContactFactory(client=row, name="Desk", address="desk@x.example", confirmed_at=AT, bounced_at=AT)
    applied(
        uploaded(
            f"{HEAD}Copperline;;;2;Desk;new@x.example;\r\nCopperline;;;;Lead;lead@x.example;yes\r\n", keeper
        ),
        keeper,
    )
    row.refresh_from_db()
    assert Event.objects.about(row).get().facts["changes"] == {
        "meanwhile_phone": ["1", "2"],
        "Desk: address": ["desk@x.example", "new@x.example"],
        "contact Lead": ["", "lead@x.example"],
    }
    assert (row.version, row.contacts.get(name="Desk").confirmed_at) == (1, None)


def test_what_changed_since_the_preview_is_told_and_nothing_is_written(keeper):
    row = ClientFactory(name="Copperline", meanwhile_phone="1")
    upload = uploaded(f"{HEAD}Copperline;;;2;;;\r\nNew;;;;;;\r\n", keeper)
    seen = pictures.plan(upload).digest
    row.meanwhile_phone = "3"
    client_verbs.save_client(row, systems=[], services=[], by=keeper, at=AT)
    with pytest.raises(Refusal) as refused:
        applied(upload, keeper, digest=seen)
    assert (refused.value.reasons[0].facts["clients"], Client.objects.count()) == (["Copperline"], 1)
    assert applied(upload, keeper).applied_at == AT


def test_a_file_is_imported_once_and_kept_as_proof(keeper):
    upload = uploaded(f"{HEAD}New;;;;;;\r\n", keeper)
    applied(upload, keeper)
    for again in (lambda: applied(upload, keeper, digest="x"), lambda: importing.throw_away(upload)):
        with pytest.raises(Refusal):
            again()
    assert ClientImport.objects.count() == 1


def test_two_new_clients_of_like_names_get_addresses_of_their_own_and_none_takes_a_page(keeper):
    applied(uploaded("Client\nImport\nSan José\nSan Jose\n", keeper), keeper)
    assert sorted(Client.objects.values_list("slug", flat=True)) == ["import-2", "san-jose", "san-jose-2"]


def test_a_chats_key_leaves_in_no_file_and_comes_back_by_its_mask(keeper):
    key = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
    row = ClientFactory(uses=[SystemFactory()])
    chat = ContactFactory(client=row, name="Ward chat", channel="chat", address=key)
    out = io.StringIO()
    csv.writer(out).writerows(exporting.rows())
    text = out.getvalue().replace("Ward chat", "Chat of the ward")
    applied(uploaded(text, keeper), keeper)
    chat.refresh_from_db()
    [event] = Event.objects.filter(act="client.edited_by_import")
    assert (chat.name, chat.address, key in text, key in str(event.facts)) == (
        "Chat of the ward",
        key,
        False,
        False,
    )


def test_a_webhook_comes_in_only_where_there_is_a_secret_to_sign_with(keeper):
    signing, silent = ClientFactory(name="Signing", oms_webhook_secret="x"), ClientFactory(name="Silent")
    lines = [f"{row.name},Hook,webhook,https://{row.slug}.example/in" for row in (signing, silent)]
    plan = pictures.plan(uploaded("\r\n".join(["Client,Contact,Told by,Address", *lines]), keeper))
    assert [(line.name, line.reasons[0].code) for line in plan.bad] == [
        ("Silent", "contact.webhook_unsigned")
    ]
