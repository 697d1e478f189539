"""The administrator edits the questions of risk in the browser; changes are asked them at once."""

import pytest
from django.urls import reverse

from changeboard.history.models import Event
from changes.actions import risk_questions as verbs
from changes.domain.risk_questions import Asking
from changes.models import Change, RiskQuestion, RuleSet
from tests import side_bar
from tests.changes.api.test_changes import LIST as API
from tests.changes.api.test_changes import body, post
from tests.changes.api.test_changes import faults as told
from tests.changes.views.test_filing import typed
from tests.changes.views.test_rule_sets import as_shown, page
from tests.factories.changes import ANSWERS, AT, a_draft
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
LIST, ADD = "/risk/questions/", "/risk/questions/new/"
SENT = {"text": "How many nodes?", "type": "number", "help": "All that restart", "required": "on"}


@pytest.fixture
def admin(client):
    person = PersonFactory(administrator=True)
    client.force_login(person)
    return person


def of(key):
    return RiskQuestion.objects.get(key=key)


def url(name, key):
    return reverse(f"changes:{name}", args=[of(key).pk])


def sent_of(key, **otherwise):
    """What the browser sends of a question's form as it stands, with some of it typed otherwise."""
    row = of(key)
    choices = "\n".join(f"{code} = {words}" for code, words in row.choices)
    shown = {"text": row.text, "help": row.help, "type": row.type, "choices": choices, "version": row.version}
    return {**shown, "required": "on", **otherwise}


def faults(answer):
    return (answer.status_code, sorted(answer.context["form"].errors))


@pytest.mark.parametrize(
    ("method", "name"),
    [("get", "risk_question"), ("post", "risk_question"), ("post", "move_risk_question"),
     ("post", "take_out_risk_question"), ("post", "put_back_risk_question"), ("get", None), ("post", None)],
)  # fmt: skip
def test_only_an_administrator_edits_the_questions(client, method, name):
    opened = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        status = getattr(client, method)(url(name, "clients") if name else ADD).status_code
        opened += [] if status == 403 else [role]
    assert opened == ["administrator"]


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_costs_the_same_for_any_number_of_questions(client, admin, more, django_assert_num_queries):
    for number in range(more):
        verbs.add(Asking(text=f"Question {number}?"), by=admin, at=AT)
    client.get(LIST)
    with django_assert_num_queries(5 + side_bar.ADMINISTRATOR):
        assert len(client.get(LIST).context["questions"]) == 9 + more


def test_the_list_says_how_many_changes_answered(client, admin):
    a_draft()
    a_draft()
    assert {each.ties.answered for each in client.get(LIST).context["questions"]} == {2}


def test_a_question_is_added_once_and_asked_at_once(client, admin):
    statuses = [client.post(ADD, SENT).status_code for _ in range(2)]
    assert (statuses, RiskQuestion.objects.filter(text=SENT["text"]).count()) == ([302, 400], 1)
    form = client.get(reverse("changes:new")).content.decode()
    assert 'name="q-how_many_nodes"' in form


def test_a_new_question_is_asked_by_the_api_at_once_and_one_out_of_use_no_more(client, admin):
    client.post(ADD, SENT)
    key, filed = "how_many_nodes", post(client, API, body()).json()
    refused = post(client, f"{API}{filed['reference']}/submit/")
    assert (refused.status_code, told(refused)) == (400, [("change.unanswered", f"q-{key}")])
    answered = body(answers={**ANSWERS, key: 4})
    assert post(client, API, answered).status_code == 201
    client.post(url("take_out_risk_question", key))
    statuses = (
        post(client, f"{API}{filed['reference']}/submit/").status_code,
        post(client, API, answered).status_code,
    )
    assert statuses == (200, 400)


def test_every_fault_stands_beside_its_field_and_what_was_typed_is_kept(client, admin):
    answer = client.post(ADD, {"text": "x" * 201, "type": "choice", "choices": "🚀\nNo = No", "help": "<b>"})
    assert faults(answer) == (400, ["choices", "text"])
    shown = answer.content.decode()
    assert ("🚀\nNo = No" in shown, "&lt;b&gt;" in shown, RiskQuestion.objects.count()) == (True, True, 9)


def test_what_cannot_be_read_hides_no_other_fault(client, admin):
    sent = {"text": "Which clients notice?", "help": "x" * 301, "type": "choice", "choices": "Yes"}
    assert faults(client.post(ADD, sent)) == (400, ["choices", "help", "text"])


def test_choices_are_typed_a_line_each(client, admin):
    lines = "No\nat_worst = Only if it goes wrong\n\nAs = planned"
    client.post(ADD, {"text": "Does it touch the archive?", "type": "choice", "choices": lines})
    assert (of("does_it_touch_the_archive").choices, of("does_it_touch_the_archive").required) == (
        [["no", "No"], ["at_worst", "Only if it goes wrong"], ["as_planned", "As = planned"]], False,
    )  # fmt: skip


def test_words_and_hint_of_the_products_own_questions_are_edited(client, admin):
    sent = sent_of("worst_down", text="At the very worst?", help="")
    assert client.post(url("risk_question", "worst_down"), sent).status_code == 302
    shown = client.get(url("risk_question", "worst_down")).content.decode()
    assert ("At the very worst?" in shown, "what is the worst case?" in shown) == (True, True)


def test_saved_as_shown_nothing_has_changed(client, admin):
    for key in RiskQuestion.objects.values_list("key", flat=True):
        assert client.post(url("risk_question", key), sent_of(key)).status_code == 302
    assert not Event.objects.filter(act="risk_question.edited").exists()


def test_another_type_is_refused_beside_it_once_a_change_has_answered(client, admin):
    assert faults(client.post(url("risk_question", "undo"), sent_of("undo", type="text", required=""))) == (
        400, ["required", "type"],
    )  # fmt: skip
    a_draft()
    answer = client.post(url("risk_question", "clients"), sent_of("clients", type="number", text=" "))
    assert faults(answer) == (400, ["text", "type"])


def test_what_somebody_else_saved_meanwhile_is_a_conflict(client, admin):
    answer = client.post(url("risk_question", "clients"), sent_of("clients", version=0, text="Who?"))
    assert (answer.status_code, of("clients").text) == (409, "Which clients notice?")


def test_a_question_is_moved_and_its_button_keeps_the_focus(client, admin):
    for _ in range(2):
        answer = client.post(url("move_risk_question", "clients"), {"up": "1"})
    assert (answer.url, RiskQuestion.objects.first().key) == (f"{LIST}#up-{of('clients').pk}", "clients")
    assert Event.objects.filter(act="risk_question.moved").count() == 1
    bad = ({}, {"up": "x"}, {"down": "12345"}, {"up": "²"})
    assert {client.post(url("move_risk_question", "clients"), each).status_code for each in bad} == {400}


def test_what_the_product_reads_is_not_taken_out(client, admin):
    assert client.post(url("take_out_risk_question", "vpn")).status_code == 409
    assert client.post(url("take_out_risk_question", "clients")).status_code == 302
    assert "q-clients" not in client.get(reverse("changes:new")).content.decode()


def test_a_new_question_gets_points_in_a_new_version_and_old_scores_stay(client, admin):
    client.post(reverse("changes:new"), typed())
    client.post(ADD, SENT)
    client.post(reverse("changes:begin_rule_set"))
    line = {"r-how_many_nodes-axis": "impact", "r-how_many_nodes-points": "4 = 2"}
    assert client.post(page(), as_shown(client, **line)).status_code == 302
    client.post(reverse("changes:put_rule_set_in_force", args=[RuleSet.objects.get(version=2).pk]))
    client.post(reverse("changes:new"), typed(**{"q-how_many_nodes": "4", "form_token": ""}))
    old, new = Change.objects.order_by("number")
    assert (new.impact - old.impact, old.rule_set.version, new.rule_set.version) == (2, 1, 2)
    shown = client.get(LIST).content.decode()
    assert (
        reverse("changes:rule_set", args=[2])
        in client.get(url("risk_question", "how_many_nodes")).content.decode()
    )
    assert ("Judged by rule set 2" in shown, reverse("changes:rule_set", args=[2]) in shown) == (True, True)
    assert client.post(url("take_out_risk_question", "how_many_nodes")).status_code == 409


def test_questions_and_rules_lead_to_each_other(client, admin):
    questions, rules = client.get(LIST).content.decode(), client.get("/risk/rules/").content.decode()
    assert ('href="/risk/rules/"' in questions, f'href="{LIST}"' in rules) == (True, True)
    assert url("risk_question", "undo") in client.get(page(1)).content.decode()
