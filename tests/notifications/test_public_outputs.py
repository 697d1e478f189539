"""Nothing internal leaves the house without a signature (PRODUCT.md section 8, the last row and its last column).

Whatever "not signed in" may not read is written full of a mark; then every public page, feed and mail is read.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from changeboard.history.record import record
from changes.models import Change
from maintenance.actions import scheduling
from maintenance.models import Window
from notifications.actions import subscriber_mail, subscribing
from notifications.models import Subscriber, Words
from tests.factories.changes import a_sheet, an_approved
from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory
from tests.factories.maintenance import FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
MARK = "Zqx"
ADDRESS = "reader@hospital.example"
AT = datetime(2026, 12, 1, 16, tzinfo=UTC)
PUBLIC = (
    "/maintenance/",
    "/maintenance/calendar.ics",
    "/maintenance/feed.atom",
    "/maintenance/embed/?month=2026-12",
    "/maintenance/subscribe/",
)


@pytest.fixture
def release():
    return PersonFactory(release=True, first_name=MARK, last_name="Release")


@pytest.fixture
def house(mailbox, release, db):
    """Windows of every state, and around them all that is ours, each word of it marked."""
    ris = SystemFactory(code="RIS", name=f"{MARK} name of the house")
    windows = [
        WindowFactory(system=ris),
        WindowFactory(system=ris, on=date(2026, 11, 17), state="completed", outcome="with_issues",
                      started_at=AT, finished_at=AT, actual_downtime_seconds=500),
        WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9)),
        WindowFactory(system=SystemFactory(code="Biz"), on=date(2026, 12, 1), start_time=time(10),
                      state="in_progress", started_at=AT),
    ]  # fmt: skip
    for window in windows:
        fill(window, release)
    FreezeFactory(name=f"{MARK} audit", reason=f"{MARK} regulator")
    client = ClientFactory(
        name=f"{MARK} Hospital", slug="zqx-hospital", uses=[ris], meanwhile=f"{MARK} call us"
    )
    ContactFactory(client=client, name=f"{MARK} desk", address="zqx@client.example")
    return windows


def fill(window, person):
    """A change with all its words, a risk, a person's duty, the clients' paragraph and a line of the log."""
    sheet = a_sheet(title=f"{MARK} title", why=f"{MARK} why", client_paragraph=f"{MARK} for clients")
    change = an_approved(sheet, by=person, at=AT - timedelta(days=20))
    Change.objects.filter(pk=change.pk).update(
        window=window,
        state="scheduled",
        test_statement=f"{MARK} test",
        risk_level="critical",
    )
    window.duties.create(role="leads", person=person)
    Words.objects.create(
        window=window, paragraph=f"{MARK} paragraph", written_by=person, written_at=AT,
        signed_off_by=person, signed_off_at=AT,
    )  # fmt: skip
    record("run.logged", window, by=person, at=AT, words=f"{MARK} log")


def told(client):
    """All that somebody who is not signed in can read at this moment."""
    pages = {address: client.get(address) for address in PUBLIC}
    assert {answer.status_code for answer in pages.values()} == {200}
    return {address: answer.content.decode().replace("\r\n ", "") for address, answer in pages.items()}


def leaks(said):
    """Where the mark stands, or a word of ours: what rides, how risky, who, why, for whom."""
    ours = [MARK.lower(), "chg-", "risk", "critical", "with issues"]
    return [(where, word) for where, text in said.items() for word in ours if word in text.lower()]


def move_and_cancel(release):
    """The newest words of the two verbs that ask for a reason."""
    ris, pacs = Window.objects.get(reference="RIS-2026-12"), Window.objects.get(reference="PACS-2026-12")
    on = date(2026, 12, 16)
    scheduling.move(ris, on=on, start_time=time(11), reason=f"{MARK} supplier", by=release, at=AT)
    scheduling.cancel(pacs, reason=f"{MARK} broken", by=release, at=AT)


def test_no_page_feed_or_month_for_everybody_says_anything_internal(client, house, release):
    with time_machine.travel(AT, tick=False):
        before = told(client)
        move_and_cancel(release)
        after = told(client)
    assert leaks(before) + leaks(after) == []
    assert "moved from" in after["/maintenance/"].lower()


def test_no_mail_to_a_subscriber_says_anything_internal(house, release, mailbox):
    asked = AT - timedelta(days=2)
    subscribing.ask(address=ADDRESS, time_zone="UTC", systems=[], at=asked)
    subscriber_mail.tell(now=asked)
    subscribing.confirm(Subscriber.objects.get(), at=asked)
    subscriber_mail.tell(now=AT + timedelta(minutes=1))
    move_and_cancel(release)
    subscriber_mail.tell(now=AT + timedelta(minutes=2))
    Window.objects.filter(reference="Biz-2026-12").update(
        state="completed", finished_at=AT + timedelta(hours=1)
    )
    subscriber_mail.tell(now=AT + timedelta(hours=1))
    mails = mailbox.to(ADDRESS)
    assert {mail["Subject"].split()[0] for mail in mails} >= {"Confirm:", "RIS", "Moved:", "Under", "Done:"}
    assert leaks({mail["Subject"]: whole(mail) for mail in mails}) == []


def whole(mail):
    """Headers and every part of a mail, decoded."""
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*map(str, mail.values()), *map(str, parts)])
