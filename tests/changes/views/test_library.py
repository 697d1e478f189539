"""The pages of the step library, and the plan that takes steps of it."""

import pytest
from django.urls import reverse

from changeboard.history.models import Event
from changes.models import Change, LibraryStep, PlanStep
from tests import side_bar
from tests.changes.views.test_filing import NEW, typed
from tests.factories.changes import AT, a_draft
from tests.factories.library import a_library_step
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
STEPS, ADD = "/steps/", "/steps/new/"
SENT = {"text": "Warm the cache", "undo": "Nothing to undo", "phase": "after", "planned_seconds": "2:00"}


@pytest.fixture
def keeper(client):
    person = PersonFactory(release=True)
    client.force_login(person)
    return person


def take(client, *rows, **given):
    keys = [getattr(row, "pk", row) for row in rows]
    return client.post(NEW, typed(do="step-library", library=keys, **given)).context["typed"]


def shown(client, **asked):
    return [row.text for row in client.get(STEPS, asked).context["page"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries_for_one_and_three_steps(
    client, keeper, count, django_assert_num_queries
):
    for number in range(count):
        a_library_step(f"Step {number}")
    client.get(STEPS)
    with django_assert_num_queries(6 + side_bar.RELEASE_ENGINEER):
        assert len(shown(client)) == count


def test_the_list_runs_as_a_plan_does_and_finds_words_in_step_and_undo(client, keeper):
    a_library_step("Announce it", phase="after")
    a_library_step("Switch", phase="during", undo="Switch back")
    a_library_step()
    found = shown(client, q="back switch"), shown(client, q="nothing"), shown(client, q="a\x00")
    assert (shown(client), *found) == (
        ["Drain the queues", "Switch", "Announce it"], ["Switch"], [],
        ["Drain the queues", "Switch", "Announce it"],
    )  # fmt: skip


def test_a_step_is_added_once_however_often_the_form_is_sent(client, keeper):
    statuses = [client.post(ADD, SENT).status_code for _ in range(2)]
    assert (statuses, LibraryStep.objects.get().worst_seconds) == ([302, 400], 120)


def test_every_fault_stands_beside_its_field_and_what_was_typed_stays(client, keeper):
    form = client.post(ADD, {**SENT, "undo": "", "planned_seconds": "soon"}).context["form"]
    assert (list(form.errors), form["text"].value()) == (["undo", "planned_seconds"], "Warm the cache")
    assert LibraryStep.objects.count() == 0


def test_a_step_of_a_plan_begins_one_of_the_library(client, keeper):
    step = a_draft().steps.get(position=2)
    page = client.get(f"{ADD}?from={step.pk}")
    assert (page.context["form"]["text"].value(), page.context["form"]["undo_seconds"].value()) == (
        step.text, "0:45",
    )  # fmt: skip
    assert [client.get(f"{ADD}?from={odd}").status_code for odd in ("999999", "x", "9" * 30)] == [200] * 3


def test_an_edit_that_comes_too_late_is_told_and_writes_nothing(client, keeper):
    row = a_library_step()
    url = reverse("changes:library_step", args=[row.pk])
    statuses = [client.post(url, {**SENT, "text": text, "version": 1}).status_code for text in ("One", "Two")]
    assert (statuses, LibraryStep.objects.get().text) == ([302, 409], "One")


def test_out_of_use_it_stands_in_the_other_list_until_it_is_put_back(client, keeper):
    row = a_library_step()
    client.post(reverse("changes:take_out_step", args=[row.pk]))
    out = shown(client), shown(client, view="out")
    client.post(reverse("changes:put_back_step", args=[row.pk]))
    assert (out, shown(client)) == (([], [row.text]), [row.text])


PAGES = [
    ("get", "steps", False, ["administrator", "board_member", "chair", "client_services", "engineer"]),
    ("get", "add_step", False, ["administrator"]),
    ("get", "library_step", True, ["administrator"]),
    ("post", "take_out_step", True, ["administrator"]),
    ("post", "put_back_step", True, ["administrator"]),
]


@pytest.mark.parametrize(("method", "name", "of_a_step", "allowed"), PAGES)
def test_each_role_may_what_the_table_says(client, method, name, of_a_step, allowed):
    row, opened = a_library_step(), []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        if getattr(client, method)(reverse(f"changes:{name}", args=[row.pk] * of_a_step)).status_code != 403:
            opened.append(role)
    assert sorted(opened) == sorted([*allowed, "release_engineer"])


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    row = a_library_step()
    urls = [reverse(f"changes:{name}", args=[row.pk] * of_a_step) for _, name, of_a_step, _ in PAGES]
    assert [client.post(url).status_code for url in urls] == [302] * 5
    assert LibraryStep.objects.get().taken_out_at is None


def test_ticked_steps_follow_those_that_are_there_as_a_plan_runs(client, keeper):
    rows = [a_library_step("Announce it", phase="after"), a_library_step()]
    form = take(client, *rows, library_find="e")
    assert [step["text"].value() for step in form.steps][1:] == [
        "Bring up the port on A", "Drain the queues", "Announce it",
    ]  # fmt: skip
    last = form.steps[2]
    assert (last["worst_seconds"].value(), last["phase"].value(), last["owner"].value()) == (
        "10:00", "before", "",
    )  # fmt: skip
    assert (form.library.first, form.library.last, form.library.find, Change.objects.count()) == (
        3,
        4,
        "e",
        0,
    )


@pytest.mark.parametrize(
    ("ticked", "steps", "said"),
    [
        ([], "2", "Tick the steps that the plan is to take."),
        (["999999"], "2", "One of these steps was taken out of use. Tick the others again."),
        (["9" * 30], "2", "One of these steps was taken out of use. Tick the others again."),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_plan_stays(client, keeper, ticked, steps, said):
    a_library_step()
    form = take(client, *ticked)
    assert (form.library.errors["library"], len(form.steps)) == ([said], 2)


def test_a_plan_of_two_hundred_steps_takes_no_more(client, keeper):
    full = {f"step-{n}-text": f"Watch queue {n}" for n in range(1, 201)}
    form = take(client, a_library_step(), steps="200", **full)
    assert (form.library.errors["library"], len(form.steps)) == (
        ["1 steps, and the plan has room for 0 more."], 200,
    )  # fmt: skip


def test_looking_for_a_step_keeps_the_ticks_and_what_was_typed(client, keeper):
    ticked, other = a_library_step(), a_library_step("Warm the cache")
    a_library_step("Announce it")
    sent = typed(do="step-find", library_find="cache", library=[ticked.pk], title="Mine")
    form = client.post(NEW, sent).context["typed"]
    assert (form.library.offered, form.form["title"].value()) == ([(ticked, True), (other, False)], "Mine")
    assert (form.library.errors, Change.objects.count()) == ({}, 0)


def test_steps_that_were_ticked_and_not_taken_are_not_forgotten(client, keeper):
    response = client.post(NEW, typed(library=[a_library_step().pk]))
    assert (response.status_code, Change.objects.count()) == (400, 0)
    assert response.context["typed"].library.errors["library"] == [
        "Take the ticked steps into the plan, or untick them."
    ]


def test_a_long_library_shows_twenty_and_says_how_many_more(client, keeper):
    for number in range(23):
        a_library_step(f"Step {number:02}")
    taking = client.get(NEW).context["typed"].library
    assert (len(taking.offered), taking.more) == (20, 3)


def test_a_later_edit_of_the_library_changes_no_plan(client, keeper):
    row = a_library_step()
    client.post(NEW, typed(do="draft", **{"step-1-text": row.text}))
    client.post(reverse("changes:library_step", args=[row.pk]), {**SENT, "version": 1})
    assert PlanStep.objects.filter(position=1).get().text == "Drain the queues"
    assert Event.objects.filter(act="change.edited").count() == 0


def test_an_engineer_is_offered_no_way_to_keep_the_library(client):
    change, row = a_draft(at=AT), a_library_step("<b>Drain</b>")
    client.force_login(PersonFactory())
    page, listed = client.get(change.get_absolute_url()).content, client.get(STEPS).content
    assert (b"/steps/new/" in page + listed, f"/steps/{row.pk}/".encode() in listed) == (False, False)
    assert b"&lt;b&gt;Drain&lt;/b&gt;" in listed
