"""Nothing typed is lost: not by a reload, not by a session that ended, not by another window."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from changes.actions import unsaved
from changes.models import Change, UnsavedForm
from tests.changes.views.test_filing import NEW, typed
from tests.factories.changes import AT, a_draft
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
SO_FAR = reverse("changes:so_far")


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def titles(client, path):
    return [row.title for row in client.get(path).context["unsaved"]]


def test_what_is_typed_is_kept_and_offered_when_the_form_is_opened_again(client, person):
    client.post(SO_FAR, typed(title="Half a sentence"))
    assert (titles(client, NEW), Change.objects.count()) == (["Half a sentence"], 0)


def test_one_goes_on_where_one_stopped(client, person):
    sent = typed(title="Half", do="", **{"step-1-planned_seconds": "so"})
    client.post(SO_FAR, sent)
    form = client.get(f"{NEW}?unsaved={sent['form_token']}").context["typed"]
    kept = (form.form["title"].value(), form.steps[0]["planned_seconds"].value(), str(form.token))
    assert kept == ("Half", "so", sent["form_token"])


def test_the_same_form_is_kept_once_and_another_beside_it(client, person):
    first = typed(title="First")
    for sent in (first, {**first, "title": "First, longer"}, typed(title="Second")):
        client.post(SO_FAR, sent)
    assert titles(client, NEW) == ["Second", "First, longer"]


def test_what_was_saved_is_no_longer_offered_and_a_late_ring_keeps_nothing(client, person):
    sent = typed()
    client.post(SO_FAR, sent)
    client.post(NEW, sent)
    client.post(SO_FAR, sent)
    assert UnsavedForm.objects.count() == 0


def test_nobody_sees_or_throws_away_what_another_typed(client, person):
    sent = typed(title="Mine")
    client.post(SO_FAR, sent)
    client.force_login(PersonFactory())
    thrown = client.post(reverse("changes:discard", args=[sent["form_token"]])).status_code
    form = client.get(f"{NEW}?unsaved={sent['form_token']}").context["typed"]
    assert (titles(client, NEW), thrown, form.form["title"].value()) == ([], 404, "")


def test_it_is_thrown_away_on_request(client, person):
    sent = typed()
    client.post(SO_FAR, sent)
    assert client.post(reverse("changes:discard", args=[sent["form_token"]])).url == NEW
    assert titles(client, NEW) == []


def test_an_edit_is_kept_with_its_change_and_only_for_its_requester(client, person):
    mine, theirs = a_draft(by=person), a_draft()
    for change in (mine, theirs):
        client.post(f"{SO_FAR}?of={change.reference}", typed(title="Edited", version=str(change.version)))
    assert (titles(client, f"/changes/{mine.reference}/edit/"), UnsavedForm.objects.count()) == (
        ["Edited"],
        1,
    )


def test_a_saved_edit_is_no_longer_offered(client, person):
    change = a_draft(by=person)
    sent = typed(title="Edited", do="draft", version=str(change.version))
    client.post(f"{SO_FAR}?of={change.reference}", sent)
    client.post(f"/changes/{change.reference}/edit/", sent)
    assert UnsavedForm.objects.count() == 0


def test_signed_out_the_form_stays_where_it_is(client):
    answer = client.post(SO_FAR, typed(), headers={"hx-request": "true"})
    assert (answer.status_code, "HX-Redirect" in answer.headers) == (401, False)


def test_text_that_cannot_be_kept_loses_only_that(client, person):
    client.post(SO_FAR, typed(title="a\x00b 🎉 \u202eabc"))
    assert titles(client, NEW) == ["ab 🎉 \u202eabc"]


def test_a_form_is_kept_for_thirty_days_and_twenty_at_most(person):
    for days in (0, 31):
        unsaved.keep(uuid4(), {"title": ["Old"]}, change=None, by=person, at=AT + timedelta(days=days))
    assert UnsavedForm.objects.count() == 1
    for minute in range(25):
        at = AT + timedelta(days=32, minutes=minute)
        unsaved.keep(uuid4(), {"title": [str(minute)]}, change=None, by=person, at=at)
    rows = UnsavedForm.objects.of(person, None)
    assert (rows.count(), rows[0].title, rows[19].title) == (20, "24", "5")


def test_a_megabyte_is_not_kept(person):
    assert unsaved.keep(uuid4(), {"why": ["x" * 1_000_001]}, change=None, by=person, at=AT) is None


def test_two_windows_on_one_change_neither_overwrites_the_other_unseen(client, person):
    change = a_draft(by=person)
    path, seen = f"/changes/{change.reference}/edit/", str(change.version)
    client.post(path, typed(title="The first window", do="draft", version=seen))
    second = typed(title="The second window", do="draft", version=seen)
    refused = client.post(path, second)
    edits = {
        edit.label: [word.text for word in edit.words] or [edit.was, edit.now]
        for edit in refused.context["meanwhile"]["edits"]
    }
    assert (refused.status_code, refused.context["typed"].form["title"].value()) == (409, "The second window")
    assert edits == {"What will change": ["The first window", "The second window"]}
    client.post(path, {**second, "over": str(refused.context["meanwhile"]["version"])})
    assert Change.objects.get().title == "The second window"


def test_writing_over_what_nobody_showed_is_refused_again(client, person):
    change = a_draft(by=person)
    path, seen = f"/changes/{change.reference}/edit/", str(change.version)
    for title in ("One", "Two"):
        now = Change.objects.get().version
        client.post(path, typed(title=title, do="draft", version=str(now)))
    late = client.post(path, typed(title="Three", do="draft", version=seen, over=str(change.version + 1)))
    assert (late.status_code, Change.objects.get().title) == (409, "Two")
