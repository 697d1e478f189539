import pytest

from maintenance.actions import running
from tests.maintenance.conftest import AT_GO as AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_go")]


@pytest.fixture
def run(ready, release):
    return running.go(ready, by=release, at=AT)


@pytest.fixture
def page(client):
    return lambda window: client.get(f"/windows/{window}/go/")


def test_go_is_offered_when_every_check_is_green_and_leads_to_the_run(client, ready, page):
    assert b"go/say/" in page(ready).content
    assert client.post(f"/windows/{ready}/go/say/").url == f"/windows/{ready}/go/"
    assert page(ready).context["go"].current.text == "Save the configuration"


def test_go_is_not_offered_while_a_check_is_red(ready, riding, page, client):
    riding.red = True
    assert b"go/say/" not in page(ready).content
    assert client.post(f"/windows/{ready}/go/say/").status_code == 409


def test_steps_are_clicked_through(client, run, page):
    for _ in range(3):
        step = page(run.window).context["go"].current
        client.post(f"/windows/{run.window}/go/steps/{step.pk}/on/")
    assert page(run.window).context["go"].done == 3


def test_the_live_part_is_answered_304_until_something_happens(client, run, release):
    url = f"/windows/{run.window}/go/live/"
    tag = client.get(url)["ETag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    running.log(run, words="Phones are fine", by=release, at=AT)
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, b"Phones are fine" in again.content) == (200, True)


def test_an_unchanged_live_part_costs_four_queries(client, run, django_assert_num_queries):
    url = f"/windows/{run.window}/go/live/"
    tag = client.get(url)["ETag"]
    # session, person, window, run
    with django_assert_num_queries(4):
        client.get(url, headers={"If-None-Match": tag})


def test_backing_out_asks_to_be_sure_and_keeps_the_reason_typed(client, run):
    answer = client.post(f"/windows/{run.window}/go/back-out/", {"reason": "The index fails"})
    assert (answer.status_code, b"The index fails" in answer.content) == (400, True)
    run.refresh_from_db()
    assert run.backed_out_at is None


def test_the_way_back_is_in_reverse_order(client, run, page):
    for step in run.steps.all()[:2]:
        client.post(f"/windows/{run.window}/go/steps/{step.pk}/done/")
    client.post(f"/windows/{run.window}/go/back-out/", {"reason": "It fails", "sure": "on"})
    assert [step.position for step in page(run.window).context["go"].to_undo] == [2, 1]


def test_the_clocks_say_when_to_turn_back(client, run, at_go, page):
    client.post(f"/windows/{run.window}/go/down/")
    at_go.shift(60)
    reading = page(run.window).context["go"].reading
    assert (reading.down_seconds, reading.back_out_by.isoformat()) == (60, "2026-12-15T17:13:00+00:00")


def test_a_longer_end_is_told_in_minutes(client, run):
    client.post(f"/windows/{run.window}/go/extend/", {"minutes": "20"})
    run.window.refresh_from_db()
    assert run.window.expected_end_at.isoformat() == "2026-12-15T17:18:00+00:00"


def test_after_the_checks_the_window_is_done(client, run, page):
    client.post(f"/windows/{run.window}/go/finish/")
    assert client.post(f"/windows/{run.window}/go/complete/", {"outcome": "as_planned"}).status_code == 409
    for check in run.checks.all():
        client.post(f"/windows/{run.window}/go/checks/{check.pk}/")
    client.post(f"/windows/{run.window}/go/complete/", {"outcome": "with_issues"})
    assert page(run.window).context["window"].outcome == "with_issues"


def test_the_runbook_has_the_same_steps_before_and_after_go(client, ready, release):
    url = f"/windows/{ready}/runbook/"
    before = client.get(url).context["lines"]
    running.go(ready, by=release, at=AT)
    assert client.get(url).context["lines"] == before


def test_an_engineer_steps_but_does_not_say_go(client, ready, release):
    client.force_login(type(release).objects.create(username="e", roles=["engineer"]))
    assert client.post(f"/windows/{ready}/go/say/").status_code == 403
    run = running.go(ready, by=release, at=AT)
    step = run.steps.first()
    assert client.post(f"/windows/{ready}/go/steps/{step.pk}/start/").status_code == 302
    assert client.post(f"/windows/{ready}/go/back-out/", {"reason": "x", "sure": "on"}).status_code == 403


def test_the_clocks_move_while_nobody_clicks(client, run, release, at_go):
    running.start_downtime(run, by=release, at=AT)
    url = f"/windows/{run.window}/go/clocks/"
    at_go.shift(901)
    answer = client.get(url)
    assert answer.context["go"].reading.down_seconds == 901
    assert b"is-over" in answer.content


def test_there_are_no_clocks_before_go(client, ready):
    assert client.get(f"/windows/{ready}/go/clocks/").status_code == 404


def test_a_running_step_says_how_long_without_waiting_for_a_script(client, run, release, at_go, page):
    running.start_step(run.steps.first(), by=release, at=AT)
    at_go.shift(95)
    assert page(run.window).content.count(b">1:35</b>") == 2
