import pytest
from django.urls import reverse

from changeboard.history.models import Event
from changes.actions import board, talking
from changes.domain.news import Ear, is_news
from changes.models import Change, Kind, NewsMark, PlanStep, SignOff, Watch
from changes.queries import news
from tests import side_bar
from tests.factories.changes import AT, a_draft, a_submitted
from tests.factories.people import GroupFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST = "/news/"
# Count, lines, changes, the newest; session and reader.
LIST_QUERIES = 6 + side_bar.QUERIES


@pytest.fixture
def reader(client):
    reader = PersonFactory()
    client.force_login(reader)
    return reader


def say(change, text="Words", by=None):
    return talking.say(change, text, by=by or PersonFactory(), at=AT)


def texts(client, query=""):
    return [line.text for line in client.get(LIST + query).context["lines"]]


def post(client, name, *args, **data):
    return client.post(reverse(f"changes:{name}", args=args), data)


def test_the_requester_is_told_what_others_did_newest_first(client, reader):
    change = a_submitted(by=reader)
    say(change)
    board.ask(change, text="How long?", by=PersonFactory(), at=AT)
    assert texts(client) == ["Asked: How long?", "Wrote in the discussion"]


def test_nobody_is_told_what_they_did_themselves(client, reader):
    say(a_submitted(by=reader), by=reader)
    assert (texts(client), news.count(reader)) == ([], 0)


def test_a_stranger_is_told_nothing(client, reader):
    say(a_submitted())
    assert texts(client) == []


def test_the_owner_of_a_step_is_told(client, reader):
    change = a_submitted()
    PlanStep.objects.filter(change=change, position=1).update(owner=reader)
    say(change)
    assert texts(client)[0] == "Wrote in the discussion"


def test_a_watcher_is_told_what_comes_and_what_was_is_read(client, reader):
    change = a_submitted()
    post(client, "watch", change.reference)
    say(change)
    assert (news.count(reader), texts(client, "?unread")) == (1, ["Wrote in the discussion"])


def test_whoever_is_mentioned_is_told_of_that(client, reader):
    change = a_submitted()
    say(change, f"What does @{reader.username} think?")
    assert texts(client, "?unread") == ["Wrote in the discussion"]


@pytest.mark.parametrize("verb", [board.ask, lambda change, text, **who: say(change, text, by=who["by"])])
def test_a_mention_in_a_question_or_a_comment_makes_a_watcher(reader, verb):
    change = a_submitted()
    verb(change, text=f"@{reader.username}?", by=PersonFactory(), at=AT)
    assert (Watch.objects.filter(person=reader).count(), news.count(reader)) == (1, 1)


def test_a_mention_does_not_undo_a_mute(client, reader):
    change = a_submitted(by=reader)
    post(client, "unwatch", change.reference)
    say(change, f"@{reader.username}?")
    assert news.count(reader) == 0


def test_a_group_is_told_when_it_is_asked_to_agree(client):
    reader, change = PersonFactory(group=GroupFactory()), a_submitted()
    SignOff.objects.create(change=change, group=reader.group)
    Event.objects.create(act="change.circle_told", subject_kind="changes.change", subject_id=change.pk, at=AT)
    assert news.count(reader) == 1


@pytest.mark.parametrize(("roles", "told"), [(["board_member"], 1), (["release_engineer"], 1), ([], 0)])
def test_an_emergency_is_told_to_whoever_approves_or_runs_it(roles, told):
    reader, change = PersonFactory(roles=roles), a_submitted()
    Change.objects.filter(pk=change.pk).update(kind=Kind.EMERGENCY)
    assert news.count(reader) == told


def test_opening_the_change_reads_its_news_and_no_others(client, reader):
    one, other = a_submitted(by=reader), a_submitted(by=reader)
    say(one)
    say(other)
    client.get(one.get_absolute_url())
    assert [line.change for line in client.get(f"{LIST}?unread").context["lines"]] == [other]


def test_marking_a_line_reads_it_and_the_older_ones_of_its_change(client, reader):
    change = a_submitted(by=reader)
    for text in ("a", "b", "c"):
        say(change, text)
    lines = client.get(LIST).context["lines"]
    post(client, "read_news", lines[1].id)
    assert [line.is_unread for line in client.get(LIST).context["lines"]] == [True, False, False]


def test_an_old_page_never_makes_read_lines_unread(client, reader):
    change = a_submitted(by=reader)
    say(change, "a")
    say(change, "b")
    newest, oldest = client.get(LIST).context["lines"]
    for line in (newest, oldest, newest):
        post(client, "read_news", line.id)
    assert (news.count(reader), NewsMark.objects.filter(person=reader).count()) == (0, 1)


def test_marking_all_leaves_what_came_since(client, reader):
    change = a_submitted(by=reader)
    say(change)
    newest = client.get(LIST).context["newest"]
    say(change)
    post(client, "read_all_news", up_to=newest)
    assert news.count(reader) == 1


@pytest.mark.parametrize("up_to", ["", "x", "-1", "²", "9" * 40])
def test_marking_all_up_to_nonsense_marks_nothing(client, reader, up_to):
    say(a_submitted(by=reader))
    assert (post(client, "read_all_news", up_to=up_to).status_code, news.count(reader)) == (302, 1)


def test_nobody_marks_a_line_that_is_not_told_to_them(client, reader):
    change = a_submitted()
    say(change)
    assert post(client, "read_news", Event.objects.about(change)[0].pk).status_code == 404


@pytest.mark.parametrize("name", ["read_all_news", "watch", "unwatch"])
def test_a_link_that_is_only_followed_marks_nothing(client, reader, name):
    args = [] if name == "read_all_news" else [a_draft().reference]
    assert client.get(reverse(f"changes:{name}", args=args)).status_code == 405


def test_watching_twice_is_watching_once(client, reader):
    change = a_draft()
    for _ in range(2):
        post(client, "watch", change.reference)
    acts = Event.objects.about(change).filter(act="change.watched").count()
    assert (Watch.objects.filter(person=reader).count(), acts) == (1, 1)


def test_a_requester_who_stops_watching_is_told_nothing_until_watching_again(client, reader):
    change = a_submitted(by=reader)
    post(client, "unwatch", change.reference)
    say(change)
    muted = texts(client)
    post(client, "watch", change.reference)
    say(change)
    assert (muted, news.count(reader)) == ([], 1)


def test_the_page_of_a_change_names_who_is_told(client, reader):
    change = a_draft()
    before = client.get(change.get_absolute_url()).context["followers"]
    post(client, "watch", change.reference)
    after = client.get(change.get_absolute_url()).context["followers"]
    assert (before.is_one, after.is_one, set(after.persons)) == (False, True, {change.requester, reader})


def test_the_empty_list_says_what_would_be_here(client, reader):
    assert b"No news" in client.get(LIST).content


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries(client, reader, rows, django_assert_num_queries):
    for _ in range(rows):
        say(a_submitted(by=reader))
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


@pytest.mark.parametrize("act", ["change.asked", "change.circle_told", "change.submitted", "change.watched"])
@pytest.mark.parametrize("ear", [None, *Ear])
@pytest.mark.parametrize("is_muted", [False, True])
def test_the_list_follows_the_rules(act, ear, is_muted):
    reader, change = PersonFactory(release=ear is Ear.EMERGENCY, group=GroupFactory()), a_draft()
    if ear is Ear.FOLLOWER:
        Watch.objects.create(change=change, person=reader)
    if ear is Ear.CIRCLE:
        SignOff.objects.create(change=change, group=reader.group)
    if ear is Ear.EMERGENCY:
        Change.objects.filter(pk=change.pk).update(kind=Kind.EMERGENCY)
    NewsMark.objects.create(change=change, person=reader, is_muted=is_muted)
    Event.objects.create(act=act, subject_kind="changes.change", subject_id=change.pk, at=AT)
    ears = [ear] if ear else []
    assert (news.count(reader) == 1) == is_news(act, ears=ears, is_own=False, is_muted=is_muted)
