"""The pages on which a change is reviewed and closed."""

import pytest
from django.urls import reverse

from changes.models import Change
from tests.changes.actions.test_wrapping_up import carried_out, close, reviewed
from tests.factories.people import one_of_each_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(client):
    change = carried_out(down=48)
    client.force_login(change.requester)
    return change


def page(change, name):
    return reverse(f"changes:{name}", args=[change.reference])


def test_the_review_begins_with_what_the_stopwatch_says(client, change):
    form = client.get(page(change, "review")).context["form"]
    assert form["actual_downtime_seconds"].value() == "0:48"
    assert "says 0:48" in form["actual_downtime_seconds"].help_text


def test_a_review_that_is_edited_begins_with_its_own_words(client, change):
    reviewed(change)
    assert client.get(page(change, "review")).context["form"]["learned"].value() == "Words"


def test_closing_names_why_a_review_comes_first_before_anything_is_typed(client, change):
    assert "its window was down for 0:48 minutes" in client.get(page(change, "close")).content.decode()


def test_every_fault_stands_beside_its_field_and_what_was_typed_stays(client, change):
    reviewed(change, "with_issues")
    shown = client.post(page(change, "close"), {"close_code": "unsuccessful", "trouble_records": "htp://x"})
    assert (shown.status_code, list(shown.context["form"].errors)) == (400, ["trouble_records"])
    assert "htp://x" in shown.content.decode()


def test_what_was_promised_stands_beside_what_came(client, change):
    reviewed(change)
    shown = client.get(change.get_absolute_url()).content.decode()
    assert "that it would go as planned; it did" in shown
    assert "planned 0:00, at worst 0:30" in shown


def test_records_lead_to_where_they_are_kept(client, change):
    reviewed(change)
    typed = {"trouble_records": "INC-7\nhttps://desk.example/8\nCHG-0042"}
    assert client.post(page(change, "trouble"), typed).status_code == 302
    shown = client.get(change.get_absolute_url()).content.decode()
    assert 'href="https://desk.example/8"' in shown
    assert f'href="{reverse("changes:detail", args=["CHG-0042"])}"' in shown
    client.post(page(change, "unlink_trouble"), {"record": "INC-7"})
    assert "INC-7" not in Change.objects.get(pk=change.pk).trouble_records


def test_the_requester_and_whoever_leads_windows_or_the_board_wrap_up(client, change):
    reviewed(change)
    close(change)
    opened = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        opened += [role] if client.get(page(change, "trouble")).status_code == 200 else []
    assert sorted(opened) == ["administrator", "chair", "release_engineer"]
