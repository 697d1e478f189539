"""Windows planned, moved, resized and cancelled on pages that say what stands in the way and who would be told."""

from datetime import date, time

import pytest

from maintenance import contributions
from maintenance.contributions import Contributor, Told
from maintenance.models import Window
from tests.factories.directory import ClientFactory, SystemFactory
from tests.factories.maintenance import FreezeFactory, WindowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
SENT = {"on": "2027-01-19", "start_time": "11:00", "reason": "A test is late"}


class Knowing(Contributor):
    def told_by_window(self, windows):
        return {window.pk: Told(42, 84) for window in windows}


@pytest.fixture
def told(monkeypatch):
    """Forty-two clients know of every window."""
    monkeypatch.setattr(contributions, "_contributors", [Knowing()])


@pytest.fixture
def window(release):
    return WindowFactory()


def test_a_move_that_must_be_told_asks_first_and_says_to_how_many(client, window, told):
    answer = client.post(f"/windows/{window}/move/", SENT)
    assert (answer.status_code, answer.context["told"]) == (400, Told(42, 84))
    assert answer.context["form"].fields["sure"].label == "Tell them at once: 42 clients, 84 contacts"
    assert client.post(f"/windows/{window}/move/", {**SENT, "sure": "on"}).url == f"/windows/{window}/"


def test_nobody_is_asked_about_a_window_that_nobody_knows(client, window):
    assert client.post(f"/windows/{window}/move/", SENT).url == f"/windows/{window}/"


def test_dragging_leads_to_the_confirmation_with_the_new_day_in_it(client, window):
    answer = client.get(f"/windows/{window}/move/?on=2026-12-25&start_time=11:00")
    assert (answer.context["beside"].wanted.on, answer.context["beside"].holiday) == (
        date(2026, 12, 25), "Christmas Day",
    )  # fmt: skip
    assert b'value="2026-12-25"' in answer.content


def test_a_free_slot_is_taken_with_one_click(client, window):
    FreezeFactory()
    beside = client.post(f"/windows/{window}/move/", {**SENT, "on": "2026-12-22"}).context["beside"]
    assert [slot.on.day for slot in beside.free] == [18, 17, 16, 14]
    client.post(f"/windows/{window}/move/", {**SENT, "on": ["2026-12-22", beside.free[0].on.isoformat()]})
    assert Window.objects.get().on == date(2026, 12, 18)


def test_what_was_not_shown_is_shown_before_it_is_saved_over(client, window):
    ClientFactory(uses=[window.system]).no_go_dates.create(on=date(2027, 1, 19), reason="Inspection")
    shown = client.post(f"/windows/{window}/move/", SENT)
    beside, faults = shown.context["beside"], shown.context["form"].non_field_errors()
    assert (shown.status_code, Window.objects.get().revision) == (409, 0)
    assert faults == [
        "Somebody has to answer for what stands beside. Look at it, then press the button again."
    ]
    seen = {**SENT, "looked": beside.to_see}
    assert client.post(f"/windows/{window}/move/", seen).url == f"/windows/{window}/"


def test_what_was_shown_of_another_day_is_not_this_one(client, window):
    ClientFactory(uses=[window.system]).no_go_dates.create(on=date(2027, 1, 19), reason="Inspection")
    assert client.post(f"/windows/{window}/move/", {**SENT, "looked": ["Something else."]}).status_code == 409


def test_what_is_refused_is_said_before_what_was_not_shown(client, window):
    ClientFactory(uses=[window.system]).no_go_dates.create(on=date(2027, 1, 19), reason="Inspection")
    answer = client.post(f"/windows/{window}/move/", {**SENT, "reason": ""})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["reason"])


def test_looking_first_writes_nothing(client, window):
    answer = client.post(f"/windows/{window}/move/", {**SENT, "preview": "1"})
    assert (answer.status_code, Window.objects.get().revision) == (200, 0)


def test_somebody_who_was_slower_sees_how_it_stands_now(client, window):
    client.post(f"/windows/{window}/move/", {**SENT, "seen": "0"})
    answer = client.post(f"/windows/{window}/move/", {**SENT, "on": "2027-01-20", "seen": "0"})
    assert (answer.status_code, Window.objects.get().on) == (409, date(2027, 1, 19))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"on": "2027-03-14", "start_time": "02:30"}, "start_time"),
        ({"on": "2027-11-07", "start_time": "01:30"}, "which"),
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice_is_asked_about(client, window, typed, wrong):
    answer = client.post(f"/windows/{window}/move/", {**SENT, **typed})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [wrong])


def test_the_second_of_two_equal_hours_is_kept_as_such(client, window):
    typed = {"on": "2027-11-07", "start_time": "01:30", "which": "second"}
    client.post(f"/windows/{window}/move/", {**SENT, **typed})
    moved = Window.objects.get()
    assert (moved.starts_at.hour, moved.later_of_two, moved.start_time) == (7, True, time(1, 30))


def test_another_length_and_budget_are_a_revision_with_the_reason(client, window):
    sent = {"length_seconds": "20", "budget_seconds": "10", "reason": "Less to do"}
    assert client.post(f"/windows/{window}/size/", sent).url == f"/windows/{window}/"
    row = Window.objects.get().revisions.last()
    assert (row.kind, row.budget_seconds, (row.ends_at - row.starts_at).seconds) == ("changed", 600, 1200)


def test_a_budget_longer_than_the_window_is_refused_beside_it(client, window):
    sent = {"length_seconds": "20", "budget_seconds": "25", "reason": "x"}
    answer = client.post(f"/windows/{window}/size/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["budget_seconds"])


def test_a_moved_window_is_put_back_as_another_revision(client, window):
    client.post(f"/windows/{window}/move/", SENT)
    former = client.get(f"/windows/{window}/").context["picture"].former
    form = client.get(former.url).context["form"]
    sent = {name: form[name].value() for name in ("on", "start_time", "reason")}
    assert sent["reason"] == "Put back to Tue 15 Dec 2026, 11:00–11:15"
    client.post(f"/windows/{window}/move/", sent)
    back = Window.objects.get()
    assert (back.on, back.revision, back.revisions.count()) == (date(2026, 12, 15), 2, 3)


def test_another_size_is_put_back_by_its_size(client, window):
    client.post(f"/windows/{window}/size/", {"length_seconds": "20", "budget_seconds": "10", "reason": "x"})
    former = client.get(f"/windows/{window}/").context["picture"].former
    form = client.get(former.url).context["form"]
    assert [form[name].value() for name in ("length_seconds", "budget_seconds")] == ["15", "15"]


def test_a_cancelled_window_is_planned_again_as_a_new_one(client, window):
    client.post(f"/windows/{window}/cancel/", {"reason": "A supplier is late"})
    page = client.get(f"/windows/{window}/")
    assert b"Plan it again" in page.content
    at_first = client.get(
        "/windows/new/?system=RIS&on=2026-12-15&start_time=11:00&length_seconds=15&budget_seconds=15"
    ).context["form"]
    sent = {name: at_first[name].value() for name in at_first.fields if at_first[name].value() is not None}
    answer = client.post("/windows/new/", {**sent, "system": window.system.pk})
    assert answer.url == "/windows/RIS-2026-12b/"


def test_the_form_of_a_new_window_shows_what_stands_in_the_way(client, release):
    WindowFactory(system=SystemFactory(code="PACS"))
    typed = {"system": SystemFactory().pk, "on": "2026-12-15", "start_time": "11:00", "length_seconds": "15"}
    beside = client.post("/windows/new/", {**typed, "preview": "1"}).context["beside"]
    assert [reason.code for reason in beside.clashes] == ["window.day_taken"]
    assert [slot.on.day for slot in beside.free] == [16, 14, 17, 18]


def test_a_window_that_is_over_has_nothing_to_be_put_back(client, window):
    client.post(f"/windows/{window}/move/", SENT)
    Window.objects.update(state="in_progress")
    assert client.get(f"/windows/{window}/").context["picture"].former is None
