import pytest
from django.urls import reverse

from changes.models import Membership
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_an_administrator_gives_a_seat_and_nobody_takes_one_away_without_a_last_day(client):
    client.force_login(PersonFactory(administrator=True))
    typed = {"person": PersonFactory().pk, "role": "deputy", "since_on": "2026-11-01", "until_on": ""}
    client.post(reverse("admin:changes_membership_add"), typed)
    seat = Membership.objects.get()
    refused = client.post(reverse("admin:changes_membership_delete", args=[seat.pk]), {"post": "yes"})
    assert (seat.role, refused.status_code) == ("deputy", 403)
