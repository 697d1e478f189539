"""A client is told of the services that it uses, in the words of the riding changes, and of nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from changes.domain.sheet import Touch
from changes.models import Change
from notifications.queries import letters, point_of_service
from tests.factories.changes import a_sheet, a_submitted
from tests.factories.directory import ClientFactory, ContactFactory, ServiceFactory, SystemFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 15, 17, tzinfo=UTC)
AT = START - timedelta(days=14)


@pytest.fixture
def services(ris, juniper):
    """Juniper uses RIS and the telephones; images are of PACS, which it does not use."""
    entry = ServiceFactory(slug="order-entry", system=ris)
    telephones = ServiceFactory(slug="telephones")
    images = ServiceFactory(slug="images", system=SystemFactory(code="PACS"))
    juniper.services.add(telephones)
    return entry, telephones, images


@pytest.fixture
def ride(window, ris):
    def ridden(touches, *, systems=None, paragraph=""):
        keys = frozenset(system.pk for system in systems or [ris])
        change = a_submitted(a_sheet(services=touches, systems=keys), at=AT - timedelta(days=3))
        Change.objects.filter(pk=change.pk).update(
            state="scheduled", window=window, client_paragraph=paragraph, paragraph_signed_at=AT
        )

    return ridden


def told(window, contact):
    letter = letters.write(letters.facts(window), contact, "two_weeks", "clients", at=AT)
    return {service.name: service.line for service in letter.services}, letter.also


def shown(client, minutes=0):
    return point_of_service.answer(client, now=START + timedelta(minutes=minutes))


def test_each_service_says_its_word_its_length_and_what_to_do_meanwhile(window, desk, services, ride):
    entry, telephones, _ = services
    ride({entry.pk: Touch("outage", 240, "Use paper", "HL7", "yes", "Operations switch"),
          telephones.pk: Touch("degraded", 30)})  # fmt: skip
    assert told(window, desk)[0] == {
        "Order entry": "Outage, up to 4 minutes. You can still look things up. Meanwhile: Use paper.",
        "Telephones": "Degraded, up to 30 seconds.",
    }


def test_a_client_that_does_not_use_a_service_is_not_told_of_it(window, desk, services, ride):
    _, telephones, images = services
    other = ContactFactory(client=ClientFactory(uses=[SystemFactory(code="PACS")]))
    ride({telephones.pk: Touch("degraded", 30), images.pk: Touch("outage", 60)})
    named = [list(told(window, contact)[0]) for contact in (desk, other)]
    assert named == [["Telephones"], ["Images"]]


def test_the_paragraph_of_a_change_goes_to_those_whom_the_change_concerns(window, desk, services, ride):
    pacs = SystemFactory(code="PACS")
    ride({services[2].pk: Touch("degraded", 30)}, systems=[pacs], paragraph="Images wait.")
    other = ContactFactory(client=ClientFactory(uses=[pacs]))
    assert [told(window, contact)[1] for contact in (desk, other)] == [(), ("Images wait.",)]


def test_a_service_without_impact_is_not_mentioned(window, desk, services, ride):
    ride({services[1].pk: Touch("no_impact")})
    assert told(window, desk)[0] == {}


def test_two_changes_on_one_service_are_one_line_with_both_lengths(window, desk, services, ride):
    for touch in (Touch("outage", 60, "Use paper", fallback="yes"), Touch("degraded", 60, fallback="no")):
        ride({services[0].pk: touch})
    said = "Outage, up to 2 minutes. Nothing can be looked up either. Meanwhile: Use paper."
    assert told(window, desk)[0] == {"Order entry": said}


def test_the_point_of_service_says_it_too_and_only_what_the_client_uses(window, juniper, services, ride):
    _, telephones, images = services
    ride({telephones.pk: Touch("degraded", 30, "Use the mobile"), images.pk: Touch("outage", 60, "Wait")})
    said = shown(juniper)
    assert said.detail.endswith("Telephones: Degraded, up to 30 seconds.")
    assert said.workaround == "For an urgent study, call the reading desk\nTelephones: Use the mobile"


@pytest.mark.parametrize(("word", "level"), [("outage", "outage"), ("degraded", "info")])
def test_without_downtime_nobody_is_told_that_all_goes_on_while_a_service_does_not(
    window, juniper, services, ride, word, level
):
    type(window).objects.filter(pk=window.pk).update(budget_seconds=0)
    ride({services[1].pk: Touch(word, 30)})
    said = shown(juniper)
    assert (said.level, said.detail) == (level, f"Telephones: {word.capitalize()}, up to 30 seconds.")


def test_whoever_uses_the_system_of_a_touched_service_sees_it_at_the_point_of_service(window, services, ride):
    client = ClientFactory(uses=[SystemFactory(code="PACS")])
    ride({services[2].pk: Touch("degraded", 30)})
    assert (shown(client).phase.value, "Images: Degraded" in shown(client).detail) == ("under_way", True)
