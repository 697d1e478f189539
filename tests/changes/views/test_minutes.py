from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from changeboard import paper
from changes.actions import agenda, meetings
from changes.models import Meeting, Minutes
from tests.factories.board import a_board, in_session
from tests.factories.changes import AT, a_sheet, a_submitted
from tests.factories.people import one_of_each_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_the_meeting():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def chair(client):
    person = a_board()[0]
    client.force_login(person)
    return person


def minutes_of(*changes, by):
    item = [in_session(change, by=by, at=AT) for change in changes][-1]
    agenda.carry_over(meetings.end(item.meeting, by=by, at=AT), by=by, at=AT)
    return Minutes.objects.get()


@pytest.fixture
def kept(chair):
    return minutes_of(a_submitted(), by=chair)


def approval(kept):
    return reverse("changes:approve_minutes", args=[kept.meeting.on.isoformat()])


def correction(kept):
    return reverse("changes:correct_minutes", args=[kept.entries.get(position=1).pk])


@pytest.mark.parametrize("address", [approval, correction])
def test_the_chair_keeps_the_minutes_and_nobody_else(client, kept, address):
    opened = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        opened += [role] if client.post(address(kept), {}).status_code != 403 else []
    assert opened == ["chair"]


def test_the_chair_corrects_an_entry_and_its_page_shows_what_stood_there_before(client, kept):
    was = kept.entries.get(position=1).text
    client.post(correction(kept), {"text": "Put off: the plan was not ready."})
    page = client.get(correction(kept)).content.decode()
    assert ("Put off: the plan was not ready." in page, f"Before: {was}" in page) == (True, True)


def test_an_empty_correction_is_refused_beside_its_field(client, kept):
    answer = client.post(correction(kept), {"text": " "})
    assert (answer.status_code, answer.context["form"].errors) == (
        400,
        {"text": ["The minutes must say something here."]},
    )


def test_the_next_meeting_approves_them_in_the_browser_and_they_are_closed(client, kept, chair):
    assert client.post(approval(kept)).status_code == 409
    following = Meeting.objects.filter(state="planned").earliest("starts_at")
    meetings.start(following, by=chair, at=AT)
    item = following.items.get(kind="minutes")
    page = client.get(f"{following.get_absolute_url()}?item={item.pk}").content.decode()
    assert "The board approves them" in page
    client.post(approval(kept))
    page = client.get(kept.meeting.get_absolute_url()).content.decode()
    assert ("Approved by the board" in page, "minutes/" in page) == (True, False)
    assert client.post(correction(kept), {"text": "x"}).status_code == 409


def test_the_page_of_a_meeting_with_minutes_asks_the_same_for_one_and_three_items(client, chair):
    first, others = a_submitted(), [a_submitted(), a_submitted()]
    kept = minutes_of(first, *others, by=chair)
    client.get(kept.meeting.get_absolute_url())
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(kept.meeting.get_absolute_url())
        counts.append(len(seen))
        kept.entries.filter(position__gt=1).delete()
    assert counts[0] == counts[1]


def printed(client, kept):
    answer = client.get(reverse("changes:minutes_pdf", args=[kept.meeting.on.isoformat()]))
    reader = PdfReader(BytesIO(answer.content))
    return answer, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_printed_minutes_say_line_by_line_what_the_minutes_say(client, kept):
    answer, text = printed(client, kept)
    lines = [line for entry in kept.entries.all() for line in (entry.heading, *entry.text.splitlines())]
    assert [line for line in lines if " ".join(line.split()) not in text] == []
    assert (answer["Content-Type"], "Draft: the board has not approved it yet." in text) == (
        "application/pdf",
        True,
    )
    assert f'filename="minutes-{kept.meeting.on}.pdf"' in answer["Content-Disposition"]


def test_the_same_minutes_are_printed_byte_by_byte_the_same(client, kept):
    paper.pdf.cache_clear()
    first = printed(client, kept)[0].content
    paper.pdf.cache_clear()
    assert printed(client, kept)[0].content == first


def test_a_name_of_any_script_is_printed(client, chair):
    kept = minutes_of(a_submitted(a_sheet(title="Für משה und Żółw")), by=chair)
    assert "Für" in (text := printed(client, kept)[1])
    assert "Żółw" in text


def test_minutes_that_nobody_drew_up_are_not_printed(client, chair):
    assert client.get(reverse("changes:minutes_pdf", args=["2031-01-07"])).status_code == 404
