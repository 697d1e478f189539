from uuid import uuid4

import pytest

from changeboard.people.actions import keys
from changeboard.people.models import Scope
from changes.models import Change
from tests.factories.changes import ANSWERS, AT, a_draft, a_submitted
from tests.factories.directory import ServiceFactory, SystemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/changes/"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def body(**given):
    """A complete change as a script would send it."""
    return {
        "title": "Connect the two edge firewalls",
        "why": "Support ends",
        "systems": [SystemFactory().code],
        "services": [{"service": ServiceFactory().slug}],
        "answers": ANSWERS,
        "steps": [{"text": "Bring up the port", "undo": "Shut the port", "planned_seconds": 30}],
        **given,
    }


def post(client, url, data=None, **headers):
    return client.post(url, data or {}, content_type="application/json", headers=headers)


def faults(response):
    return [(error["code"], error["field"]) for error in response.json()["errors"]]


def test_a_change_is_filed_and_submitted_by_the_api(client, person):
    filed = post(client, LIST, body()).json()
    submitted = post(client, f"{LIST}{filed['reference']}/submit/").json()
    assert (filed["state"], filed["risk_score"], submitted["state"] != "draft") == ("draft", 6, True)


def test_how_a_service_is_touched_goes_in_and_out_with_what_to_do_meanwhile(client, person):
    worklist = ServiceFactory().slug
    said = {"service": worklist, "impact": "outage", "seconds": 20, "meanwhile": "Ring the desk",
            "queue": "HL7 outbound, 3 min", "fallback": "yes", "fallback_words": "The mirror"}  # fmt: skip
    filed = post(client, LIST, body(services=[said])).json()
    assert client.get(f"{LIST}{filed['reference']}/").json()["services"] == [said]


def test_a_service_without_seconds_is_named_by_its_place_among_the_services(client, person):
    said = [
        {"service": ServiceFactory(slug=word).slug, "impact": word.replace("-", "_")}
        for word in ("outage", "no-impact")
    ]
    filed = post(client, LIST, body(services=said)).json()
    refused = post(client, f"{LIST}{filed['reference']}/submit/")
    place = [row["impact"] for row in filed["services"]].index("outage")
    assert faults(refused) == [("change.service_without_seconds", f"services.{place}.seconds")]


def test_a_regulated_function_goes_in_and_out_and_yes_asks_which(client, person):
    filed = post(client, LIST, body(regulated="yes")).json()
    refused = post(client, f"{LIST}{filed['reference']}/submit/")
    assert (filed["regulated"], faults(refused)) == (
        "yes", [("change.regulated_without_which", "regulated_which")],
    )  # fmt: skip


def test_a_body_that_breaks_something_names_every_field_and_writes_nothing(client, person):
    broken = body(systems=["XX"], steps=[{"undo": "x"}], answers={"vpn": "maybe", "nonsense": 1})
    response = post(client, LIST, broken)
    assert (response.status_code, faults(response), Change.objects.count()) == (
        400,
        [("does_not_exist", "systems"), ("invalid", "answers.vpn"), ("invalid", "answers.nonsense"),
         ("required", "steps.0.text")],
        0,
    )  # fmt: skip


def test_submitting_what_is_incomplete_lists_everything_that_is_missing(client, person):
    change = post(client, LIST, {"title": "Only a title"}).json()
    response = post(client, f"{LIST}{change['reference']}/submit/")
    assert (response.status_code, len(faults(response))) == (400, 12)


def test_an_illegal_transition_answers_409_and_the_legal_acts(client, person):
    change = a_submitted(by=person)
    response = post(client, f"{LIST}{change.reference}/submit/")
    assert (response.status_code, response.json()["legal"][-1]) == (409, "withdraw")


def test_the_same_token_twice_makes_one_change(client, person):
    sent = body(form_token=str(uuid4()))
    references = {post(client, LIST, sent).json()["reference"] for _ in range(2)}
    assert (len(references), Change.objects.count()) == (1, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries(client, person, rows, django_assert_num_queries):
    for _ in range(rows):
        a_submitted(at=AT)
    client.get(LIST)
    with django_assert_num_queries(5):
        assert client.get(LIST).json()["count"] == rows


def test_one_change_is_read_with_its_plan(client, person):
    change = client.get(f"{LIST}{a_draft().reference}/").json()
    assert ([step["text"] for step in change["steps"]], change["answers"]["confidence"]) == (
        ["Save the configuration", "Bring up the port on A"], 95,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("scopes", "read", "write"),
    [([], 403, 403), ([Scope.READ_CHANGES], 200, 403), ([Scope.FILE_CHANGES], 403, 201)],
)
def test_a_key_does_what_its_scopes_say(client, scopes, read, write):
    owner = PersonFactory()
    _, secret = keys.make_key("script", scopes=scopes, by=owner, at=AT)
    bearer = {"authorization": f"Bearer {secret}"}
    answers = client.get(LIST, headers=bearer), post(client, LIST, body(), **bearer)
    assert tuple(answer.status_code for answer in answers) == (read, write)


def test_nobody_submits_another_persons_change(client, person):
    assert post(client, f"{LIST}{a_draft().reference}/submit/").status_code == 403


def test_without_signing_in_nothing_is_read(client):
    assert client.get(LIST).status_code == 401


def test_text_that_cannot_be_kept_is_refused_beside_its_answer(client, person):
    undo = {"text": "a\x00b", "seconds": 5}
    response = post(client, LIST, body(answers={**ANSWERS, "testing": "a\x00b", "undo": undo}))
    assert (response.status_code, faults(response)) == (
        400,
        [("invalid", "answers.testing"), ("invalid", "answers.undo")],
    )


def test_a_body_that_is_nested_without_end_is_refused(client, person):
    response = post(client, LIST, '{"title":' + "[" * 5000)
    assert (response.status_code, faults(response)) == (400, [("parse_error", "")])
