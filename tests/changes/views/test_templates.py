from datetime import timedelta

import pytest
from django.urls import reverse

from changeboard import clock
from changes.models import Change, Template
from tests.factories.board import a_board, all_approve, in_session
from tests.factories.changes import AT, a_draft, window
from tests.factories.people import PersonFactory, one_of_each_role
from tests.factories.templates import a_calm_sheet, a_proposed, a_standard_sheet, a_template

pytestmark = pytest.mark.django_db
LIST, PROPOSE = "/templates/", "/templates/propose/"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_shows_each_template_in_a_fixed_number_of_queries(
    client, person, count, django_assert_num_queries
):
    for number in range(count):
        a_template(name=f"Template {number}")
    client.get(LIST)
    with django_assert_num_queries(10):
        response = client.get(LIST)
    assert [line.state for line in response.context["lines"]] == ["approved"] * count


def test_a_proposal_leads_to_its_page_and_twice_makes_one(client, person):
    source = a_draft(a_calm_sheet(), by=person)
    sent = {"name": "Renew", "source": source.pk, "tolerance_percent": 50, "expires_on": "2099-01-01"}
    sent["expires_on"] = f"{clock.now().year + 1}-06-01"
    statuses = [client.post(PROPOSE, sent).status_code for _ in range(2)]
    assert (statuses, Template.objects.count()) == ([302, 400], 1)


def test_a_faulty_proposal_names_every_fault_and_keeps_what_was_typed(client, person):
    response = client.post(PROPOSE, {"name": "Mine", "tolerance_percent": "lots", "expires_on": "soon"})
    assert (response.status_code, sorted(response.context["form"].errors), b"Mine" in response.content) == (
        400, ["expires_on", "source", "tolerance_percent"], True,
    )  # fmt: skip


@pytest.mark.parametrize("state", ["proposed", "approved", "suspended", "rejected", "retired"])
def test_its_page_opens_in_every_state(client, person, state):
    failed = a_draft() if state == "suspended" else None
    template = a_template(state=state, suspended_because=failed, suspended_at=AT if failed else None)
    assert client.get(template.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("act", ["retire", "propose-again"])
def test_only_its_requester_the_chair_and_an_administrator_act_on_a_template(client, act):
    template, opened = a_template(), []
    for role, person in {**one_of_each_role(), "requester": template.requester}.items():
        client.force_login(person)
        if client.get(f"/templates/{template.pk}/{act}/").status_code == 200:
            opened.append(role)
    assert opened == ["chair", "administrator", "requester"]


def test_a_retired_template_is_retired_by_a_post_with_a_reason(client):
    template = a_template()
    client.force_login(template.requester)
    statuses = [
        client.post(f"/templates/{template.pk}/retire/", {"reason": reason}).status_code
        for reason in ("", "Automated", "Again")
    ]
    assert statuses == [400, 302, 409]


def test_the_meeting_shows_a_template_and_records_its_decision(client):
    members = a_board()
    item = in_session(a_proposed(a_draft(a_calm_sheet())).agenda_items.get(), by=members[0], at=AT)
    all_approve(item, members, at=AT)
    client.force_login(members[0])
    page = client.get(item.meeting.get_absolute_url())
    decided = client.post(
        reverse("changes:decide", args=[item.pk]), {"outcome": "approve", "sentence": "Goes"}
    )
    template = Template.objects.get()
    assert (b"Renew a certificate" in page.content, decided.status_code, template.state) == (
        True, 302, "approved",
    )  # fmt: skip


def test_the_form_says_which_bound_is_broken_before_it_is_submitted(client, person):
    change = a_draft(a_standard_sheet(a_template(), title="Renew"), by=person)
    within = client.get(f"/changes/{change.reference}/edit/").context["so_far"].template.broken
    change.steps.filter(position=1).delete()
    outside = client.get(f"/changes/{change.reference}/edit/").context["so_far"].template.broken
    assert (within, outside) == ([], ["Plan: 1 in place of 2 approved steps."])


def test_the_page_says_plainly_that_it_goes_the_normal_way(client, person):
    change = a_draft(a_standard_sheet(a_template(), on=window(clock.now() + timedelta(days=28))), by=person)
    change.steps.filter(position=1).delete()
    client.post(reverse("changes:submit", args=[change.reference]))
    page = client.get(change.get_absolute_url()).content.decode()
    assert (Change.objects.get().kind, "Plan: 1 in place of 2 approved steps." in page) == ("normal", True)
