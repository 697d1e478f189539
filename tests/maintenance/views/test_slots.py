import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from maintenance.models import Volume
from tests.factories.directory import ClientFactory, SystemFactory
from tests.factories.maintenance import CadenceFactory, WindowFactory
from tests.factories.people import PersonFactory
from tests.maintenance.domain.week_file import week_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
SLOTS = "/calendar/slots/"


@pytest.fixture
def ris():
    return CadenceFactory().system


def upload(client, text):
    return client.post("/calendar/volumes/", {"file": SimpleUploadedFile("orders.csv", text.encode())})


def test_the_page_begins_with_a_usual_window_of_the_system_that_is_down_for_longest(client, release, ris):
    CadenceFactory(system=SystemFactory(code="Biz"), budget_seconds=0, length_seconds=3600)
    wish = client.get(SLOTS).context["wish"]
    assert (wish.system_ids, wish.length_seconds, wish.worst_seconds, (wish.last - wish.first).days) == (
        (ris.pk,), 900, 900, 182,
    )  # fmt: skip


def test_a_free_day_is_one_click_from_a_window(client, release, ris):
    answer = client.get(f"{SLOTS}?system=RIS&first=2027-03-09&earliest=11:00")
    assert (
        b"/windows/new/?system=RIS&amp;on=2027-03-09&amp;start_time=11:00&amp;length_seconds=15&amp;budget_seconds=15"
        in answer.content
    )


def test_who_plans_no_windows_is_offered_none(client, ris):
    client.force_login(PersonFactory())
    assert b"/windows/new/" not in client.get(f"{SLOTS}?system=RIS").content


def test_every_fault_is_named_at_once_and_what_was_typed_is_kept(client, release, ris):
    answer = client.get(f"{SLOTS}?asked=1&length=x&down=1:99&first=2027-02-30&earliest=12:00&latest=09:00")
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (
        400, ["down", "first", "latest", "length", "system"],
    )  # fmt: skip
    assert b'value="2027-02-30"' in answer.content


def test_downtime_fits_into_its_window_and_the_plan_into_the_worst_case(client, release, ris):
    answer = client.get(f"{SLOTS}?system=RIS&length=10&down=12&planned=13")
    assert sorted(answer.context["form"].errors) == ["down", "planned"]


def test_a_month_is_looked_at_from_today_on(client, release, ris):
    wish = client.get(f"{SLOTS}least-harm/?month=2026-11").context["wish"]
    assert (wish.first.isoformat(), wish.last.isoformat()) == ("2026-11-23", "2026-11-30")


def test_the_busiest_hours_of_a_month_are_drawn_with_its_free_starts(client, release, ris):
    ClientFactory(uses=[ris])
    client.post(upload(client, week_file(instead={2 + 24 + 11: "tue,11,20"})).url)
    found = client.get(f"{SLOTS}least-harm/?month=2027-02&system=RIS").context["found"]
    cell = found.heat[1].cells[11]
    assert (len(found.heat), len(found.heat[0].cells), cell.shown, cell.percent, cell.free) == (
        7,
        24,
        "20",
        100,
        4,
    )


def test_a_file_is_looked_at_before_it_is_loaded(client, release):
    checked = upload(client, week_file()).url
    assert (client.get(checked).context["checked"].tables[0].orders, Volume.objects.count()) == (1680, 0)
    assert client.post(checked).url == "/calendar/volumes/"
    assert Volume.objects.get().orders_a_week == 1680


def test_a_bad_file_shows_its_lines_and_offers_no_loading(client, release):
    page = client.get(upload(client, week_file(instead={7: "Mon,5,=1+1"})).url)
    assert page.context["checked"].bad[0] == (7, "“=1+1” is no number of orders.")
    assert (b"Load 1 table" in page.content, client.post(page.request["PATH_INFO"]).status_code) == (
        False,
        400,
    )


def test_an_engineer_loads_no_volumes(client):
    client.force_login(PersonFactory())
    assert client.get("/calendar/volumes/").status_code == 403


def test_the_api_answers_the_same_search(client, release, ris):
    WindowFactory(system=ris)
    found = client.get("/api/v1/slots/?system=RIS&month=2026-12").json()
    assert ([ride["window"] for ride in found["windows"]], found["slots"][0]["rank"], found["against"][0]) == (
        ["RIS-2026-12"], 1, {"days": 8, "reason": "a weekend"},
    )  # fmt: skip


def test_the_api_names_every_fault_by_its_parameter(client, release, ris):
    answer = client.get("/api/v1/slots/?system=RIS&length=0&first=soon")
    assert (answer.status_code, sorted(error["field"] for error in answer.json()["errors"])) == (
        400, ["first", "length"],
    )  # fmt: skip
