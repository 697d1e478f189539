import pytest

from maintenance.actions import announcing, cadence
from maintenance.models import Cadence, Window
from tests import side_bar
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, CadenceFactory, FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]

TYPED = {
    "how": "month", "place": "1", "weekday": "1", "every": "1", "begins_on": "2020-01-01", "start_time": "11:00",
    "length_seconds": "15", "budget_seconds": "15", "time_zone": "America/Chicago", "rrule": "",
}  # fmt: skip


@pytest.fixture
def admin(client):
    person = PersonFactory(administrator=True)
    client.force_login(person)
    return person


@pytest.fixture
def ris():
    row = CadenceFactory()
    cadence.extend_windows(now=NOW)
    return row


def test_the_list_has_every_system_with_its_cadence_in_words(client, admin, ris):
    SystemFactory(code="PACS")
    answer = client.get("/cadence/")
    lines = {line.system.code: str(line.next_window or "") for line in answer.context["lines"]}
    assert lines == {"RIS": "RIS-2026-12", "PACS": ""}
    assert b"Third Tuesday of every month" in answer.content


@pytest.mark.parametrize("systems", [1, 3])
def test_the_list_asks_the_same_for_any_number_of_systems(client, admin, systems, django_assert_num_queries):
    for code in ("RIS", "PACS", "Biz")[:systems]:
        CadenceFactory(system=SystemFactory(code=code))
    with django_assert_num_queries(5 + side_bar.ADMINISTRATOR):
        client.get("/cadence/")


def test_the_form_shows_the_next_twelve_dates_and_what_each_runs_into(client, admin, ris):
    WindowFactory(system=SystemFactory(code="PACS"), on=NOW.date().replace(month=12, day=1))
    CadenceFactory(system=SystemFactory(code="Biz"), rrule="FREQ=MONTHLY;INTERVAL=12;BYDAY=1TU")
    FreezeFactory()
    dates = client.post("/cadence/RIS/", {**TYPED, "preview": "1"}).context["preview"].dates
    seen = {each.slot.on.isoformat(): [reason.code for reason in each.clashes] for each in dates}
    assert (len(dates), seen["2026-12-01"], seen["2027-01-05"]) == (
        12, ["window.day_taken"], ["cadence.other_day"],
    )  # fmt: skip
    assert dates[0].goes_to.on.isoformat() == "2026-12-02"


def test_the_fifth_tuesday_names_the_months_without_a_window(client, admin, ris):
    answer = client.post("/cadence/RIS/", {**TYPED, "place": "5", "preview": "1"})
    assert [f"{month:%Y-%m}" for month in answer.context["preview"].gaps][:3] == [
        "2027-01",
        "2027-02",
        "2027-04",
    ]
    assert Cadence.objects.get().rrule == "FREQ=MONTHLY;BYDAY=3TU"


def test_a_holiday_is_said_and_takes_nothing_away(client, admin, ris):
    sent = {**TYPED, "how": "rule", "rrule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", "preview": "1"}
    [first, *_] = client.post("/cadence/RIS/", sent).context["preview"].dates
    assert (first.holiday, first.clashes) == ("Christmas Day", ())


def test_saving_shows_first_what_would_move_and_writes_nothing(client, admin, ris):
    announcing.announced(Window.objects.first(), at=NOW)
    answer = client.post("/cadence/RIS/", {**TYPED, "save": "1", "reason": "A new contract"})
    rows = answer.context["found"].rows
    assert [(str(row.window), row.step.span.on.day, row.step.left) for row in rows][:2] == [
        ("RIS-2026-12", 1, True), ("RIS-2027-01", 5, False),
    ]  # fmt: skip
    assert Window.objects.first().on.day == 15


def test_confirmed_the_windows_follow(client, admin, ris):
    shown = client.post("/cadence/RIS/", {**TYPED, "save": "1", "reason": "A new contract"})
    sent = {**TYPED, "confirm": "1", "reason": "A new contract", "seen": shown.context["found"].fingerprint}
    assert client.post("/cadence/RIS/", sent).url == "/cadence/"
    assert [window.on.day for window in Window.objects.all()[:2]] == [1, 5]


def test_what_happened_meanwhile_is_shown_before_anything_is_written(client, admin, ris):
    sent = {**TYPED, "confirm": "1", "reason": "A new contract", "seen": "0" * 16}
    answer = client.post("/cadence/RIS/", sent)
    assert (answer.context["is_again"], Window.objects.first().on.day) == (True, 15)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (
            {"length_seconds": "0", "every": "", "start_time": "25:00"},
            ["every", "length_seconds", "start_time"],
        ),
        ({"how": "rule", "rrule": "every Tuesday"}, ["rrule"]),
        ({"budget_seconds": "20"}, ["budget_seconds"]),
    ],
)
def test_every_fault_stands_beside_what_is_wrong(client, admin, ris, typed, wrong):
    answer = client.post("/cadence/RIS/", {**TYPED, **typed, "save": "1"})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (400, wrong)


def test_a_system_without_a_cadence_begins_one(client, admin):
    SystemFactory(code="Biz")
    assert client.post("/cadence/Biz/", {**TYPED, "save": "1"}).url == "/cadence/"
    assert Window.objects.filter(system__code="Biz").count() == 6


def test_ending_asks_why_and_leaves_the_windows(client, admin, ris):
    assert client.post("/cadence/RIS/end/", {"reason": ""}).status_code == 400
    assert client.post("/cadence/RIS/end/", {"reason": "Retired"}).url == "/cadence/"
    assert (Cadence.objects.active().count(), Window.objects.standing().count()) == (0, 6)


@pytest.mark.parametrize("path", ["/cadence/", "/cadence/RIS/", "/cadence/RIS/end/"])
def test_only_administrators_edit_cadence(client, release, ris, path):
    assert client.get(path).status_code == 403
