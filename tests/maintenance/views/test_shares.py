import pytest

from changeboard.history.models import Event
from maintenance.models import Window
from maintenance.queries import readiness

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


def split(client, window, **typed):
    return client.post(f"/windows/{window}/shares/", {"reason": "Two teams share it", **typed})


def test_a_split_is_kept_shown_and_in_the_history_without_a_revision(client, ready):
    answer = split(client, ready, share_0="8:00", purpose_0="Firewall pair", kept_0="5:00")
    window = Window.objects.get()
    assert (answer.url, window.kept_seconds, window.revision) == (f"/windows/{window}/#downtime", 300, 0)
    parts = client.get(f"/windows/{window}/").context["picture"].split
    assert [(part.label, part.seconds, part.over_by) for part in parts] == [
        ("CHG-0001", 480, 0), ("Firewall pair", 300, 0),
    ]  # fmt: skip
    assert Event.objects.about(window).first().facts["to"] == ["CHG-0001 480 s", "Firewall pair 300 s"]


def test_what_is_kept_is_taken_out_of_what_others_may_use(client, ready):
    split(client, ready, purpose_0="Firewall pair", kept_0="9:00")
    sums = readiness.sums(Window.objects.get())
    assert (sums.budget, sums.likely_worst, sums.over_by) == (360, 420, 60)
    assert client.get("/windows/").context["lines"][0].sums == sums


def test_more_than_the_budget_is_refused_and_what_was_typed_stays(client, ready):
    answer = split(client, ready, share_0="8:00", purpose_0="Firewall pair", kept_0="8:00")
    assert (answer.status_code, Window.objects.get().kept_seconds) == (400, 0)
    assert b"Firewall pair" in answer.content


def test_a_share_taken_away_is_given_back(client, ready):
    split(client, ready, purpose_0="Firewall pair", kept_0="5:00")
    split(client, ready)
    assert (Window.objects.get().kept_seconds, list(ready.shares.all())) == (0, [])


def test_a_budget_below_what_is_kept_is_refused(client, ready):
    split(client, ready, purpose_0="Firewall pair", kept_0="5:00")
    sent = {"length_seconds": "15", "budget_seconds": "4", "reason": "x"}
    answer = client.post(f"/windows/{ready}/size/", sent)
    assert list(answer.context["form"].errors) == ["budget_seconds"]
