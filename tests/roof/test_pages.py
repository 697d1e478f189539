import pytest
import time_machine
from django.urls import reverse

from tests.factories.board import a_board
from tests.factories.changes import AT, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.mark.parametrize("name", ["home", "insights", "api-docs", "api-schema", "help"])
def test_the_pages_of_the_roof_answer_whoever_signed_in_and_send_others_to_sign_in(client, name):
    assert client.get(reverse(name)).status_code == (200 if name == "help" else 302) or name == "help"
    client.force_login(PersonFactory())
    assert client.get(reverse(name)).status_code == 200


def test_my_work_shows_a_member_what_waits_and_the_next_windows(client):
    member = a_board()[1]
    a_submitted(a_sheet(window=window().pk))
    client.force_login(member)
    page = client.get("/")
    assert [each.window.reference for each in page.context["work"].windows] == ["RIS-2026-12-15"]
    assert [each.code for each in page.context["work"].waiting] == ["sign_off"]


def test_insights_as_csv_hold_a_line_a_window(client):
    window(AT.replace(month=10), actual_downtime_seconds=640, state="completed", finished_at=AT)
    client.force_login(PersonFactory())
    lines = client.get("/insights/?format=csv").content.decode().splitlines()
    assert lines[1].split(",")[2:] == ["900", "0", "640"]


def test_a_name_that_cannot_be_kept_is_not_found(client):
    client.force_login(PersonFactory())
    assert client.get("/changes/%00/").status_code == 404
