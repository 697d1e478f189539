import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from changeboard import clock
from changes.models import Change, Template
from tests.factories.changes import AT, a_draft, a_sheet, a_submitted, window
from tests.factories.directory import ServiceFactory, SystemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NEW = "/changes/new/"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def typed(**given):
    """What a browser sends of a complete form."""
    whole = {
        "title": "Connect the two edge firewalls",
        "why": "Support ends",
        "kind": "normal",
        "systems": [SystemFactory().pk],
        "services": [ServiceFactory().pk],
        "q-planned_down": "0:00",
        "q-worst_down": "30 seconds without network",
        "q-worst_down-seconds": "0:30",
        "q-confidence": "95",
        "q-testing": "Six times on the lab pair",
        "q-telephones": "at_worst",
        "q-vpn": "at_worst",
        "q-images": "at_worst",
        "q-undo": "Pull the interconnect",
        "q-undo-seconds": "1:30",
        "q-clients": "All with VPN tunnels",
        "steps": "2",
        "step-1-text": "Save the configuration",
        "step-1-undo": "Nothing to undo",
        "step-1-planned_seconds": "5",
        "step-2-text": "Bring up the port on A",
        "step-2-undo": "Shut the port on A",
        "step-2-planned_seconds": "0:30",
        "form_token": str(uuid4()),
        "version": "0",
        "do": "submit",
    }
    return {name: value for name, value in {**whole, **given}.items() if value is not None}


def ids(response):
    return re.findall(r'id="id_([\w-]+)-error"', response.content.decode())


def test_a_complete_form_is_submitted_and_leads_to_its_page(client, person):
    response = client.post(NEW, typed())
    change = Change.objects.get()
    assert (response.url, change.requester, change.state != "draft", change.undo_seconds) == (
        f"/changes/{change.reference}/", person, True, 90,
    )  # fmt: skip


def test_an_incomplete_form_names_every_fault_beside_its_field_and_writes_nothing(client, person):
    wrong = typed(title="", **{"q-undo-seconds": "soon", "step-2-undo": "", "q-confidence": "200"})
    response = client.post(NEW, wrong)
    assert (response.status_code, ids(response), Change.objects.count()) == (
        400, ["q-confidence", "q-undo-seconds"], 0,
    )  # fmt: skip


def test_what_is_missing_is_named_all_at_once_and_what_was_typed_is_kept(client, person):
    response = client.post(NEW, typed(title="", **{"step-2-undo": "", "q-clients": ""}))
    assert (response.status_code, ids(response), b"Bring up the port on A" in response.content) == (
        400, ["title", "q-clients", "step-2-undo"], True,
    )  # fmt: skip


def test_an_empty_draft_may_be_saved(client, person):
    response = client.post(NEW, {"do": "draft", "form_token": str(uuid4()), "steps": "0"})
    assert (response.status_code, Change.objects.get().state) == (302, "draft")


def test_pressing_submit_twice_makes_one_change(client, person):
    sent = typed()
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert (first.url, Change.objects.count()) == (second.url, 1)


@pytest.mark.parametrize(
    ("button", "texts"),
    [
        ("step-add", ["Save the configuration", "Bring up the port on A", ""]),
        ("step-remove-1", ["Bring up the port on A"]),
        ("step-down-1", ["Bring up the port on A", "Save the configuration"]),
        ("step-up-2", ["Bring up the port on A", "Save the configuration"]),
        ("step-place-2-1", ["Bring up the port on A", "Save the configuration"]),
        ("step-up-9", ["Save the configuration", "Bring up the port on A", ""]),
    ],
)
def test_the_plans_buttons_rearrange_without_saving(client, person, button, texts):
    response = client.post(NEW, typed(do=button))
    rows = [step["text"].value() or "" for step in response.context["typed"].steps]
    assert (response.status_code, rows, Change.objects.count()) == (200, texts, 0)


@pytest.mark.parametrize(
    ("button", "texts"),
    [("step-up-3", ["A", "C", ""]), ("step-remove-3", ["A", ""]), ("step-place-3-1", ["C", "A", ""])],
)
def test_a_button_means_the_row_it_stands_in_also_beside_an_empty_one(client, person, button, texts):
    rows = {"steps": "3", "step-1-text": "A", "step-2-text": "", "step-2-undo": "", "step-3-text": "C"}
    response = client.post(NEW, typed(do=button, **rows))
    assert [step["text"].value() for step in response.context["typed"].steps] == texts


def test_the_preview_says_short_notice_while_it_is_typed(client, person):
    on = window(clock.now() + timedelta(days=28))
    response = client.post(reverse("changes:so_far"), typed(window=on.pk))
    so_far = response.context["so_far"]
    assert (so_far.is_short_notice, so_far.missing, so_far.choices[0].fit.fits) == (True, [], True)


def test_the_preview_warns_of_patient_identifiers(client, person):
    response = client.post(reverse("changes:so_far"), typed(why="Seen with MRN 00482913"))
    assert response.context["so_far"].identifiers == ["a medical record number"]


def test_a_stale_edit_shows_the_page_again_with_what_was_typed(client, person):
    change = a_draft(by=person)
    response = client.post(f"/changes/{change.reference}/edit/", typed(title="Mine", version="0", do="draft"))
    change.refresh_from_db()
    assert (response.status_code, change.title, b'value="Mine"' in response.content) == (
        409, "Connect the two edge firewalls", True,
    )  # fmt: skip


def test_an_edit_form_shows_what_is_stored(client, person):
    change = a_draft(a_sheet(title="Stored"), by=person)
    page = client.get(f"/changes/{change.reference}/edit/").content.decode()
    assert ('value="Stored"' in page, 'value="0:30"' in page) == (True, True)


def test_an_edited_change_leads_back_to_its_page(client, person):
    change = a_submitted(by=person)
    sent = typed(title="New words", version=str(change.version), do="draft")
    assert client.post(f"/changes/{change.reference}/edit/", sent).status_code == 302


def test_nobody_edits_another_persons_change(client, person):
    assert client.get(f"/changes/{a_draft().reference}/edit/").status_code == 403


def test_a_form_starts_from_a_template(client, person):
    template = Template.objects.create(
        name="Renew a certificate",
        title="Renew it",
        expires_on=date(2099, 1, 1),
        state="approved",
        approved_by=person,
        approved_at=AT,
        answers={"confidence": 99},
        steps=[{"text": "Put the new one in", "undo": "Put the old one back"}],
    )
    typed = client.get(f"{NEW}?template={template.pk}").context["typed"]
    assert (typed.stored.kind, typed.form["title"].value(), len(typed.steps)) == ("standard", "Renew it", 1)
