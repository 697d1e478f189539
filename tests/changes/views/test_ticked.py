from urllib.parse import urlencode

import pytest
from django.contrib.messages import get_messages

from changeboard.history.models import Event
from changes.actions import ticked
from changes.actions.ticked import Deed
from changes.models import Change, Watch
from tests.factories.changes import AT, a_draft, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def tick(client, deed, *changes, **given):
    refs = [getattr(change, "reference", change) for change in changes]
    return client.post(
        "/changes/ticked/", {"deed": deed, "ref": refs, "back": "view=all&sort=title", **given}
    )


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def states():
    return list(Change.objects.order_by("number").values_list("state", flat=True))


def test_the_ticked_are_watched_and_then_no_more_each_with_its_history(client, person):
    one, two = a_draft(), a_draft()
    response = tick(client, "watch", one, two)
    watched = set(Watch.objects.filter(person=person).values_list("change", flat=True))
    tick(client, "unwatch", one, two)
    acts = list(Event.objects.filter(by=person).order_by("id").values_list("act", flat=True))
    assert (response.url, watched) == ("/changes/?view=all&sort=title", {one.pk, two.pk})
    assert (Watch.objects.filter(person=person).count(), acts) == (
        0, ["change.watched"] * 2 + ["change.unwatched"] * 2,
    )  # fmt: skip


def test_watching_twice_watches_once(client, person):
    change = a_draft()
    answers = [said(tick(client, "watch", change)) for _ in range(2)]
    assert (Watch.objects.filter(person=person).count(), answers[0]) == (
        1,
        [f"Watching: {change.reference}."],
    )


def the_three(person):
    """One's own draft, somebody else's, and one's own that is no draft any more."""
    return a_draft(by=person), a_draft(), a_submitted(by=person)


def test_before_anything_is_withdrawn_the_page_says_what_would_be(client, person):
    own, others, submitted = the_three(person)
    would = tick(client, "withdraw", own, others, submitted).context["would"]
    assert [change.reference for change in would["done"]] == [own.reference]
    assert [(change.reference, why) for change, why in would["refused"]] == [
        (others.reference, "It is not yours."),
        (submitted.reference, "It is no draft, it is “In review”."),
    ]
    assert "withdrawn" not in states()


def test_only_own_drafts_are_withdrawn_and_the_others_named_with_why(client, person):
    own, others, submitted = the_three(person)
    answer = said(tick(client, "withdraw", own, others, submitted, sure="on"))
    assert (states(), answer) == (
        ["withdrawn", "draft", "in_review"],
        [
            f"Withdrawn: {own.reference}.",
            f"{others.reference}: not withdrawn. It is not yours.",
            f"{submitted.reference}: not withdrawn. It is no draft, it is “In review”.",
        ],
    )


def test_withdrawing_a_second_time_says_that_it_is_done(client, person):
    change = a_draft(by=person)
    tick(client, "withdraw", change, sure="on")
    assert said(tick(client, "withdraw", change, sure="on"))[-1].endswith(
        "It is no draft, it is “Withdrawn”."
    )


def test_what_was_submitted_meanwhile_is_not_withdrawn():
    seen = a_draft()
    Change.objects.filter(pk=seen.pk).update(state="submitted", submitted_at=AT)
    came = ticked.do(Deed.WITHDRAW, [seen], by=seen.requester, at=AT)
    assert (came.done, [reasons[0].code for _, reasons in came.refused]) == ([], ["ticked.no_draft"])


def test_the_sheet_holds_only_the_ticked(client, person):
    one, _, three = a_draft(), a_draft(), a_draft()
    response = tick(client, "sheet", one, three)
    lines = b"".join(client.get(response.url).streaming_content).decode().splitlines()
    assert [line[:8] for line in lines[1:]] == [three.reference, one.reference]


FAULTY = [
    ({"deed": "watch"}, "Tick at least one change."),
    ({"deed": "explode", "ref": "CHG-0001"}, "Choose what to do."),
    ({"ref": "CHG-0001"}, "Choose what to do."),
    ({"deed": "watch", "ref": ["CHG-9999", "a\x00b"]}, "There is no CHG-9999, a\x00b."),
    ({"deed": "watch", "ref": [f"CHG-{n:04}" for n in range(101)]}, "Tick at most 100 changes at once."),
]


@pytest.mark.parametrize(("given", "words"), FAULTY)
def test_a_faulty_request_does_nothing_and_says_so(client, person, given, words):
    response = client.post("/changes/ticked/", given)
    assert (response.status_code, said(response), Watch.objects.count()) == (302, [words], 0)


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//x", "view=nonsense\x00"])
def test_the_way_back_is_always_the_list(client, person, back):
    response = client.post("/changes/ticked/?" + urlencode({"back": back}), {"deed": "watch", "back": back})
    assert response.url == "/changes/?view=open"
