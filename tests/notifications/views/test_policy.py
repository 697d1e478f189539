"""The notice policy: read by everybody, changed by administrators, saved exactly as it was shown."""

import re
from datetime import UTC, datetime

import pytest

from changeboard.history.models import Event
from notifications.actions import ticking
from notifications.models import Delivery, NoticePolicy
from notifications.queries import policy
from tests import side_bar
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
PAGE, EDIT = "/notices/policy/", "/notices/policy/edit/"


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False)


@pytest.fixture
def ada(client):
    person = PersonFactory(administrator=True, username="ada")
    client.force_login(person)
    return person


def typed(page) -> dict[str, list[str]]:
    """The fields of the page's form as a browser would send them."""
    fields: dict[str, list[str]] = {}
    html = page.content.decode().split("novalidate>", 1)[1]
    for tag in re.findall(r"<input [^>]*>", html):
        facts = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if facts.get("type") != "checkbox" or " checked" in tag:
            fields.setdefault(facts["name"], []).append(facts.get("value", ""))
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', html, re.DOTALL):
        fields[name] = re.findall(r'<option value="([^"]*)" selected', options) or [""]
    return fields


def new_line(fields, **cells) -> dict[str, list[str]]:
    """The fields with one more line: clients, one week before, unless said otherwise."""
    number = int(fields["lines"][0])
    usual = {
        "audience": "clients",
        "what": "ahead",
        "days_before": "7",
        "local_hour": "9",
        "when": "every_window",
    }
    row = {f"line-{number}-{name}": [str(value)] for name, value in {**usual, **cells}.items()}
    return {**fields, **row, "lines": [str(number + 1)]}


def look(client, **cells):
    return client.post(EDIT, {**new_line(typed(client.get(EDIT)), **cells), "look": "1"})


def test_everybody_reads_it_and_administrators_change_it(client, window):
    assert client.get(PAGE).status_code == 302
    for role, person in one_of_each_role().items():
        client.force_login(person)
        assert client.get(PAGE).status_code == 200
        assert client.get(EDIT).status_code == (200 if role == "administrator" else 403)


def test_the_form_says_what_the_policy_says(client, ada, desk, window):
    page = client.post(EDIT, {**typed(client.get(EDIT)), "look": "1"})
    assert "It says what the policy in force says." in page.content.decode()
    assert "Save the policy" not in page.content.decode()


def test_what_it_changes_is_shown_and_nothing_is_saved(client, ada, desk, window):
    page = look(client)
    assert page.status_code == 200
    assert "<b>1</b> more, <b>0</b> fewer" in page.content.decode()
    assert "Clients, one week, every window" in page.content.decode()
    assert NoticePolicy.objects.count() == 1


def test_what_was_shown_is_saved_with_its_history_and_the_next_tick_follows(client, ada, desk, window):
    ticking.tick(now=datetime(2026, 11, 20, 12, tzinfo=UTC))
    shown = typed(look(client, days_before=5))
    for _ in range(2):
        assert client.post(EDIT, {**shown, "save": "1"}).status_code == 302
    assert [row.version for row in NoticePolicy.objects.all()] == [2, 1]
    (event,) = Event.objects.filter(act="policy.saved")
    assert event.facts["changes"] == {"Clients, days ahead, every window": [None, "5 days before, 09:00"]}
    ticking.tick(now=datetime(2026, 11, 20, 12, 1, tzinfo=UTC))
    assert Delivery.objects.get(milestone="soon").due_at == datetime(2026, 12, 10, 16, tzinfo=UTC)
    assert "5 days before, 09:00" in client.get(PAGE).content.decode()


def test_what_changed_meanwhile_is_shown_again(client, ada, desk, window):
    shown = typed(look(client))
    ContactFactory(client=desk.client, address="night@juniper.example")
    again = client.post(EDIT, {**shown, "save": "1"})
    assert (again.status_code, NoticePolicy.objects.count()) == (409, 1)
    assert "<b>2</b> more" in again.content.decode()
    assert client.post(EDIT, {**typed(again), "save": "1"}).status_code == 302


def test_of_two_who_looked_at_once_the_second_is_shown_it_again(client, ada, desk, window):
    first, second = typed(look(client)), typed(look(client, days_before=5))
    assert client.post(EDIT, {**first, "save": "1"}).status_code == 302
    again = client.post(EDIT, {**second, "save": "1"})
    assert (again.status_code, NoticePolicy.objects.count()) == (409, 2)
    assert "<b>1</b> more, <b>1</b> fewer" in again.content.decode()


def test_every_fault_is_said_at_once_beside_its_field_and_what_was_typed_stays(client, ada, window):
    fields = new_line(typed(client.get(EDIT)), days_before="200")
    fields = new_line(fields, days_before="", channels="oms")
    fields = new_line(fields, what="starting", minutes_before="1")
    fields = new_line(fields, days_before="14", local_hour="12")
    page = client.post(EDIT, {**fields, "look": "1"})
    shown = page.content.decode()
    assert (page.status_code, NoticePolicy.objects.count()) == (400, 1)
    assert re.findall(r'id="id_(line-1\d-\w+)-error"', shown) == [
        "line-14-days_before", "line-15-days_before", "line-16-minutes_before", "line-17-days_before",
    ]  # fmt: skip
    assert 'value="200"' in shown
    assert "Line 1 asks for the same notice at another time." in shown


def test_a_quiet_period_without_a_name_is_told_of_its_days_as_well(client, ada, window):
    row = {"quiet-0-name": "", "quiet-0-first_on": "2026-12-02", "quiet-0-last_on": "2026-12-01"}
    page = client.post(EDIT, {**typed(client.get(EDIT)), **row, "quiets": "1", "look": "1"})
    assert re.findall(r'id="id_(quiet-0-\w+)-error"', page.content.decode()) == [
        "quiet-0-name", "quiet-0-last_on",
    ]  # fmt: skip


def test_a_new_row_is_where_one_goes_on_typing_and_its_faults_name_it(client, ada, window):
    fields = typed(client.get(EDIT))
    for act, field in {"add-line": "line-14-audience", "add-quiet": "quiet-0-name"}.items():
        [tag] = re.findall(
            r"<[^>]* autofocus[^>]*>", client.post(EDIT, {**fields, act: "1"}).content.decode()
        )
        assert f'name="{field}"' in tag
    page = client.post(EDIT, {**new_line(fields, what=""), "look": "1"})
    assert "Line 15, what is told</a>" in page.content.decode()


def test_the_pages_ask_the_same_for_any_number_of_lines(client, ada, ris, django_assert_num_queries):
    with django_assert_num_queries(9 + side_bar.ADMINISTRATOR):
        client.get(PAGE)
    for number in (14, 16):
        fields = {**typed(client.get(EDIT)), "lines": [str(number)], "add-line": "1"}
        with django_assert_num_queries(6 + side_bar.ADMINISTRATOR):
            client.post(EDIT, fields)


def test_a_line_taken_out_and_a_quiet_period_are_saved(client, ada, ris, desk, window):
    fields = {
        **typed(client.get(EDIT)), "line-1-gone": ["on"], "quiets": ["1"], "quiet-0-name": ["Year’s end"],
        "quiet-0-first_on": ["2026-12-01"], "quiet-0-last_on": ["2026-12-02"],
    }  # fmt: skip
    page = client.post(EDIT, {**fields, "look": "1"})
    assert "<b>0</b> more, <b>1</b> fewer, <b>1</b> at another time" in page.content.decode()
    client.post(EDIT, {**typed(page), "save": "1"})
    assert len(policy.in_force().lines) == 13
    assert [each.name for each in policy.in_force().periods] == ["Year’s end"]
    ticking.tick(now=datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert Delivery.objects.get().due_at == datetime(2026, 11, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize(("act", "rows"), [("add-line", (15, 0)), ("add-quiet", (14, 1)), ("back", (14, 0))])
def test_a_row_more_keeps_what_is_typed_and_judges_nothing(client, ada, act, rows):
    fields = typed(client.get(EDIT)) | {"line-0-days_before": ["500"]}
    page = client.post(EDIT, {**fields, act: "1"})
    found = typed(page)
    assert (page.status_code, found["line-0-days_before"]) == (200, ["500"])
    assert (int(found["lines"][0]), int(found["quiets"][0])) == rows
