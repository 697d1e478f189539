"""Steps come into the plan as text; a change begins as a copy of another."""

import pytest

from changeboard.history.models import Event
from changes.models import Change
from tests.changes.views.test_filing import NEW, typed
from tests.factories.changes import a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = PersonFactory(username="network", first_name="Nora", last_name="Engineer")
    client.force_login(person)
    return person


def paste(client, text, **given):
    return client.post(NEW, typed(do="step-paste", pasted=text, **given)).context["typed"]


def faults(form):
    return form.paste.errors.get("pasted", [])


def test_twenty_lines_follow_the_steps_that_are_there(client, person):
    form = paste(client, "\n".join(f"Step {n}" for n in range(20)))
    assert [step["text"].value() for step in form.steps][1:4] == [
        "Bring up the port on A",
        "Step 0",
        "Step 1",
    ]
    assert (len(form.steps), form.paste["pasted"].value(), Change.objects.count()) == (22, None, 0)


def test_an_owner_is_found_by_user_name_and_by_name(client, person):
    form = paste(client, "A\tUndo A\tNETWORK\nB\tUndo B\tN. Engineer\nC\tUndo C\tNora Engineer")
    assert [step["owner"].value() for step in form.steps[2:]] == [str(person.pk)] * 3


def test_each_line_that_is_wrong_is_named_and_nothing_is_taken(client, person):
    text = "what,undo,owner,planned\nA,B,nobody,soon\n,B,,\nA,B,,99999"
    form = paste(client, text)
    assert faults(form) == [
        "Line 2: “soon” is no length of time. Write 0:30.",
        "Line 2: nobody here is called “nobody”.",
        "Line 3: it does not say what is done.",
        "Line 4: “99999” is no length of time. Write 0:30.",
    ]
    assert (len(form.steps), form.paste["pasted"].value()) == (2, text)


def test_two_people_of_one_name_must_be_told_apart(client, person):
    PersonFactory(first_name="Nils", last_name="Engineer")
    form = paste(client, "A\tUndo A\tN. Engineer")
    assert faults(form) == ["Line 1: 2 people are called “N. Engineer”. Write the user name."]


@pytest.mark.parametrize(("lines", "taken"), [(198, 200), (199, 2), (300, 2)])
def test_a_plan_has_room_for_two_hundred_steps(client, person, lines, taken):
    form = paste(client, "Watch the queue\n" * lines)
    assert (len(form.steps), bool(faults(form))) == (taken, taken == 2)


def test_lines_that_were_pasted_and_not_taken_are_not_lost(client, person):
    response = client.post(NEW, typed(pasted="Watch the queue"))
    assert (response.status_code, Change.objects.count()) == (400, 0)
    assert faults(response.context["typed"]) == ["Take these lines into the plan, or empty this field."]


def test_a_copy_keeps_all_but_the_window_and_how_it_was_tested(client, person):
    source = a_submitted(a_sheet(window=window().pk))
    form = client.get(f"{NEW}?copy={source.reference}").context["typed"]
    kept = (form.form["title"].value(), form.form["window"].value(), len(form.steps))
    assert kept == (source.title, None, source.steps.count())
    assert (form.questions["q-vpn"].value(), form.questions["q-testing"].value()) == ("at_worst", None)


def test_the_history_says_what_it_is_a_copy_of(client, person):
    source = a_submitted()
    client.post(NEW, typed(source=source.reference))
    assert Event.objects.get(act="change.copied").facts["source"] == source.reference


def test_a_copy_of_nothing_is_an_empty_form(client, person):
    assert client.get(f"{NEW}?copy=CHG-9999").context["source"] is None


def test_two_hundred_steps_are_saved(client, person):
    steps = {f"step-{n}-text": f"Watch queue {n}" for n in range(1, 201)}
    steps |= {f"step-{n}-{name}": "" for n in range(1, 201) for name in ("phase", "owner", "planned_seconds")}
    steps |= {
        f"step-{n}-{name}": "" for n in range(1, 201) for name in ("worst_seconds", "undo_seconds", "undo")
    }
    client.post(NEW, typed(do="draft", steps="200", **steps))
    assert Change.objects.get().steps.count() == 200


def test_the_sums_of_the_plan_follow_the_typing(client, person):
    sent = typed(**{"step-2-needs_downtime": "on", "step-2-worst_seconds": "1:30"})
    sums = client.post("/changes/so-far/", sent).context["so_far"].sums
    assert (sums.steps, sums.planned_seconds, sums.down_seconds, sums.worst_down_seconds) == (2, 330, 30, 90)


def test_an_empty_step_stays_where_it_is_when_the_lines_are_refused(client, person):
    empty = {f"step-1-{name}": "" for name in ("text", "undo", "owner")}
    form = paste(client, "what,undo,owner,planned\nA,B,nobody,soon", **empty)
    assert (bool(faults(form)), form.steps[0]["text"].value()) == (True, "")
