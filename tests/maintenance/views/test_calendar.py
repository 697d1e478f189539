"""The calendar, as somebody who is signed in sees it."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from changeboard import clock
from maintenance import contributions
from maintenance.models import Hold
from tests.factories.directory import ClientFactory, ServiceFactory, SystemFactory
from tests.factories.maintenance import NOW, FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
DECEMBER = "month=2026-12"


def shown(client, query=DECEMBER):
    return client.get(f"/calendar/?{query}").context["picture"]


def days(picture):
    return {day.on: day for day in picture.days}


def cards(client, query=DECEMBER):
    """Day → references of the windows that start on it."""
    found = days(shown(client, query)).items()
    return {on: [str(card.window) for card in day.windows] for on, day in found if day.windows}


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def three_more():
    for system, on in (("PACS", date(2026, 12, 16)), ("BIZ", date(2026, 12, 17))):
        WindowFactory(system=SystemFactory(code=system), on=on)
    for weeks in (0, 2):
        FreezeFactory(name=f"Peak {weeks}", starts_at=NOW + timedelta(weeks=weeks + 2))


def test_a_window_stands_on_its_platform_day_with_its_budget(client, reader):
    window = WindowFactory()
    (card,) = days(shown(client))[date(2026, 12, 15)].windows
    assert (card.window, card.line.sums.budget) == (window, 900)


@pytest.mark.parametrize(
    ("tz", "on"),
    [("", date(2026, 12, 15)), ("Europe/London", date(2026, 12, 16)), ("mine", date(2026, 12, 15))],
)
def test_a_late_window_stands_on_the_day_of_whoever_reads_it(client, reader, tz, on):
    WindowFactory(start_time=time(22))
    assert list(cards(client, f"{DECEMBER}&tz={tz}")) == [on]


def test_a_window_over_midnight_stands_on_the_day_after_as_well(client, reader):
    WindowFactory(start_time=time(23), length_seconds=7200)
    after = days(shown(client))[date(2026, 12, 16)]
    assert ([str(card.window) for card in after.running], after.windows) == (["RIS-2026-12"], [])


def test_a_window_until_midnight_does_not_reach_the_next_day(client, reader):
    WindowFactory(start_time=time(23), length_seconds=3600)
    assert days(shown(client))[date(2026, 12, 16)].running == []


def test_a_notice_stands_on_the_day_of_whoever_reads_it(client, reader, monkeypatch):
    class Late(contributions.Contributor):
        def entries(self, start, end, *, zone="", **_):
            at = clock.at_wall(date(2026, 12, 15), time(22), "America/Chicago")
            return [contributions.Entry("notice", at, at, f"in {zone}", url="/")]

    monkeypatch.setattr(contributions, "_contributors", [Late()])
    day = days(shown(client, f"{DECEMBER}&tz=Europe/London"))[date(2026, 12, 16)]
    assert [entry.title for entry in day.entries] == ["in Europe/London"]


def test_today_is_the_day_of_the_zone_that_is_shown(client, reader):
    marked = [day.on for day in days(shown(client, "tz=Pacific/Auckland")).values() if day.is_today]
    assert marked == [date(2026, 11, 24)]


@pytest.mark.parametrize(
    "asked", ["", "month=", "month=soon", "month=2026-13", "month=0001-01", "month=9999-12"]
)
def test_without_a_month_that_there_is_the_present_one_is_shown(client, reader, asked):
    assert shown(client, asked).stretch.on == date(2026, 11, 23)


def test_what_the_address_names_and_there_is_not_is_left_out_and_said(client, reader):
    page = client.get("/calendar/?view=year&system=HAL&kind=tea&tz=Atlantis&client=Nobody&on=soon")
    assert [left.value for left in page.context["asked"].left_out] == [
        "Nobody", "Atlantis", "year", "soon", "HAL", "tea",
    ]  # fmt: skip
    assert "There is no time zone “Atlantis”." in page.content.decode()


def test_what_rides_and_what_of_it_is_at_short_notice_is_counted(client, riding):
    WindowFactory()
    (card,) = days(shown(client))[date(2026, 12, 15)].windows
    assert (card.line.riding, card.line.short_notice, card.line.sums.planned) == (1, 1, 300)


def test_a_freeze_until_midnight_lasts_until_the_day_before(client, reader):
    FreezeFactory()
    frozen = [day.on for day in days(shown(client, "month=2027-01")).values() if day.freezes]
    assert frozen[-1] == date(2027, 1, 3)


def test_a_list_names_a_freeze_that_began_before_on_its_first_day(client, reader):
    FreezeFactory()
    listed = shown(client, "view=list&month=2027-01").listed
    assert [(day.on, [str(freeze) for freeze in day.listed]) for day in listed] == [
        (date(2027, 1, 1), ["Holiday peak"])
    ]


def test_a_window_that_lies_in_a_freeze_says_so_and_one_that_is_over_does_not(client, reader):
    FreezeFactory(starts_at=NOW)
    WindowFactory()
    WindowFactory(on=date(2026, 12, 16), reference="RIS-DONE", state="completed", finished_at=NOW)
    found = [card.freeze and str(card.freeze) for day in shown(client).days for card in day.windows]
    assert found == ["Holiday peak", None]


def test_a_cancelled_window_stays_to_be_seen_and_is_not_counted(client, reader):
    WindowFactory(state="cancelled")
    picture = shown(client)
    assert (len(days(picture)[date(2026, 12, 15)].windows), picture.windows) == (1, 0)


def test_a_past_window_shows_what_it_took_beside_what_was_planned(client, riding):
    WindowFactory(state="completed", finished_at=NOW, actual_downtime_seconds=972, outcome="backed_out")
    page = client.get(f"/calendar/?{DECEMBER}").content.decode()
    assert "down 16:12 of 5:00 planned" in page
    assert "over its budget" in page
    assert "backed out" in page


def test_the_calendar_can_be_had_for_one_system_and_one_kind(client, reader):
    WindowFactory()
    FreezeFactory()
    SystemFactory(code="PACS")
    assert shown(client, f"{DECEMBER}&system=PACS").windows == 0
    only = shown(client, f"{DECEMBER}&kind=freeze")
    assert (only.windows, [str(freeze) for freeze in only.begun]) == (0, ["Holiday peak"])


def test_a_day_with_twelve_entries_shows_four_and_says_how_many_more(client, reader, monkeypatch):
    class Busy(contributions.Contributor):
        def entries(self, start, end, *, zone="", **_):
            at = NOW + timedelta(days=1)
            return [contributions.Entry("meeting", at, at, f"Meeting {n}", url="/") for n in range(12)]

    monkeypatch.setattr(contributions, "_contributors", [Busy()])
    full = days(shown(client, "month=2026-11"))[date(2026, 11, 24)]
    assert (len(full.shown_entries), full.more) == (4, 8)
    whole = days(shown(client, "view=day&on=2026-11-24"))[date(2026, 11, 24)]
    assert (len(whole.shown_entries), whole.more) == (12, 0)


def test_a_client_sees_windows_of_its_systems_and_those_that_touch_its_services(client, reader, monkeypatch):
    class Touching(contributions.Contributor):
        def services_by_window(self, windows):
            return {window.pk: {vpn.pk} for window in windows if window.system.code == "Biz"}

    monkeypatch.setattr(contributions, "_contributors", [Touching()])
    vpn, ris = ServiceFactory(), SystemFactory()
    who = ClientFactory(name="Juniper", slug="juniper", uses=[ris])
    who.services.add(vpn)
    WindowFactory(system=ris)
    for code, on in (("Biz", date(2026, 12, 2)), ("PACS", date(2026, 12, 9))):
        WindowFactory(system=SystemFactory(code=code), on=on)
    found = [card for day in shown(client, f"{DECEMBER}&client=juniper").days for card in day.windows]
    assert [(str(card.window), card.via) for card in found] == [
        ("Biz-2026-12", "Vpn tunnels"),
        ("RIS-2026-12", ""),
    ]


def test_a_client_is_found_by_a_part_of_its_name_and_else_asked_for(client, reader):
    for name in ("Juniper Valley", "Juniper Hill", "Quarry Bay"):
        ClientFactory(name=name, slug=name.lower().replace(" ", "-"))
    asked = [client.get(f"/calendar/?client={words}").context["asked"] for words in ("quarry", "juniper")]
    assert [str(each.client) for each in asked] == ["Quarry Bay", "None"]
    assert [name for name, _ in asked[1].meant] == ["Juniper Hill", "Juniper Valley"]


def test_the_page_does_not_carry_every_client(client, reader):
    for _ in range(30):
        ClientFactory()
    assert client.get("/calendar/").content.count(b"Northlight General") == 0
    assert client.get("/calendar/clients/?client=northlight").content.count(b"<option") == 8


def test_zones_are_suggested_as_they_are_typed(client, reader):
    assert client.get("/calendar/zones/?zone=lond").content == b'<option value="Europe/London"></option>\n'


def test_the_address_that_is_pushed_is_the_one_that_is_passed_on(client, reader):
    ClientFactory(name="Juniper Valley", slug="juniper-valley")
    for code in ("RIS", "PACS"):
        SystemFactory(code=code)
    kinds = "kind=window&kind=notice&kind=meeting&kind=freeze"
    asked = f"on=2026-12-01&view=month&client=Juniper+Valley&tz=client&system=RIS&{kinds}"
    pushed = client.get(f"/calendar/?{asked}", headers={"HX-Target": "main"})["HX-Push-Url"]
    assert pushed == "/calendar/?month=2026-12&system=RIS&client=juniper-valley&tz=client"


def test_a_part_that_is_loaded_later_leaves_the_address_alone(client, reader):
    answer = client.get("/calendar/horizon/", headers={"HX-Request": "true"})
    assert not answer.has_header("HX-Push-Url")


def test_only_whoever_may_move_windows_can_drag_them(client, reader):
    WindowFactory()
    assert b"data-card" not in client.get(f"/calendar/?{DECEMBER}").content
    client.force_login(PersonFactory(release=True))
    assert b'data-card="RIS-2026-12"' in client.get(f"/calendar/?{DECEMBER}").content


def test_days_that_are_taken_or_frozen_are_marked_for_whoever_drags_whatever_is_shown(client, release):
    WindowFactory()
    FreezeFactory(starts_at=NOW + timedelta(days=30)).systems.add(SystemFactory())
    FreezeFactory(starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=2), hard=False)
    found = days(shown(client, f"{DECEMBER}&kind=notice&system=PACS"))
    assert (found[date(2026, 12, 15)].taken, found[date(2026, 12, 23)].frozen) == (["RIS-2026-12"], ["RIS"])
    assert found[date(2026, 11, 29)].frozen == []


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"/calendar/?{DECEMBER}", 17),
        (f"/calendar/?{DECEMBER}&client=juniper", 21),
        ("/calendar/?view=week&on=2026-12-15", 17),
        ("/calendar/?view=list&month=2026-12", 17),
        ("/calendar/horizon/", 16),
        ("/calendar/horizon/?client=juniper", 21),
    ],
)
def test_the_pages_ask_the_database_as_often_for_many_windows_as_for_one(client, reader, address, most):
    juniper = ClientFactory(slug="juniper", uses=[SystemFactory()])
    juniper.no_go_dates.create(on=date(2026, 12, 15), reason="Inspection")
    WindowFactory()
    FreezeFactory(name="Peak before", starts_at=NOW + timedelta(weeks=2))
    queries(client, address)
    assert queries(client, address) == most
    three_more()
    assert queries(client, address) == most


@pytest.mark.parametrize("address", ["/calendar/", "/calendar/horizon/"])
def test_whoever_is_not_signed_in_is_asked_to(client, address):
    assert client.get(address).url == f"/sign-in/?next={address}"


def test_a_public_holiday_stands_on_its_day_whatever_else_does(client, reader):
    picture = shown(client, "month=2026-11")
    assert [(day.on, day.holiday) for day in picture.holidays] == [
        (date(2026, 11, 11), "Veterans Day"), (date(2026, 11, 26), "Thanksgiving Day"),
    ]  # fmt: skip
    assert client.get("/calendar/?month=2026-11").content.count(b"Thanksgiving Day") == 2


def test_a_card_says_what_holds_its_window(client, reader):
    window = WindowFactory()
    freeze = FreezeFactory(name="Peak", starts_at=NOW, ends_at=NOW + timedelta(weeks=6))
    Hold.objects.create(window=window, freeze=freeze, at=NOW)
    (card,) = days(shown(client))[date(2026, 12, 15)].windows
    assert len(card.line.held_by) == 1
