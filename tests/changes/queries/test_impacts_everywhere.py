"""What is said of a touched service and of a regulated function comes along wherever a change is shown or copied."""

import csv

import pytest

from changes.domain.sheet import Touch
from changes.queries import sheets
from tests.factories.changes import a_draft, a_sheet
from tests.factories.directory import ServiceFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    touch = Touch("outage", 60, "Use paper", "HL7 outbound", "yes", "The mirror")
    return a_sheet(services={ServiceFactory().pk: touch}, regulated="yes", regulated_which="Dose records")


def test_a_copy_says_it_too(sheet):
    copy = sheets.copy_of(a_draft(sheet))
    assert (copy.services, copy.regulated, copy.regulated_which) == (sheet.services, "yes", "Dose records")


def test_the_exported_list_names_queues_and_the_regulated_function(client, sheet):
    a_draft(sheet)
    client.force_login(PersonFactory())
    lines = b"".join(client.get("/changes/list.csv?view=all").streaming_content).decode("utf-8-sig")
    row = next(csv.DictReader(lines.splitlines()))
    assert (row["Regulated function"], row["Queues to drain"]) == ("Yes, Dose records", "HL7 outbound")


def test_the_facts_of_a_change_say_it_all(client, sheet):
    client.force_login(PersonFactory())
    page = client.get(a_draft(sheet).get_absolute_url()).content.decode()
    said = (
        "Meanwhile: Use paper",
        "Must drain afterwards: HL7 outbound",
        "Can still be read: The mirror",
        "Dose records",
    )
    assert [words for words in said if words not in page] == []
