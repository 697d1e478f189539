"""PRODUCT.md section 1, short notice: lived by its people in a browser, on the running product.

A network engineer must connect two firewalls soon: no downtime as planned, thirty seconds at worst. From the
filing to "done" in the client's order system, with the clock moved forward and every notice really sent.
"""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import Cast, point_of_service
from tests.e2e.stack import Stack, wait_for

TITLE = "Connect the two edge firewalls"
CLIENT = "Juniper Valley Medical Center"
PARAGRAPH = (
    "During the same window we connect two network devices. Interruptions of up to 30 seconds are possible."
)
GROUPS = ("member1", "chair", "member3", "clientservices", "member4", "member6")
VOTERS = ("chair", "member1", "member2", "member3", "member4", "member5", "member6")


class Story:
    """What the chapters hand on to each other."""

    def __init__(self, stack: Stack, cast: Cast) -> None:
        self.stack, self.cast = stack, cast
        self.change = self.meeting = ""
        self.window, self.starts_at = self._window()
        self.key = self._of_the_client("k.key", "demo_demokey")
        self.reader = self._of_the_client("k.address", "directory_contact", " and k.name = 'PACS desk'")

    def _of_the_client(self, column: str, table: str, more: str = "") -> str:
        joined = f"{table} k join directory_client c on c.id = k.client_id"
        found = self.stack.rows(f"select {column} from {joined} where c.name = '{CLIENT}'{more}")
        return str(found[0][0])

    def _window(self) -> tuple[str, datetime]:
        """The first RIS window three weeks ahead: the board meets before clients are told."""
        found = self.stack.rows(
            "select w.reference, w.starts_at from maintenance_window w join directory_system s on s.id = w.system_id"
            " where s.code = 'RIS' and w.state = 'planned' and w.starts_at > now() + interval '22 days'"
            " order by w.starts_at limit 1"
        )
        return str(found[0][0]), found[0][1]

    def told(self) -> list[EmailMessage]:
        """The mails of this window that the client's reader got. Others of the month lie between."""
        thread = f"<{self.window.lower()}."
        return [mail for mail in self.stack.mailbox.to(self.reader) if mail["Message-ID"].startswith(thread)]

    def shown(self) -> dict[str, Any]:
        return point_of_service(self.stack, self.key)


@pytest.fixture(scope="module")
def story(stack: Stack, cast: Cast) -> Story:
    stack.manage("load_demo", "--only", "people,clients,windows,seats")
    stack.serve()
    return Story(stack, cast)


def press(page: Page, name: str, *, exact: bool = True) -> None:
    """Press the button of this name and wait for what comes."""
    page.get_by_role("button", name=name, exact=exact).first.click()
    page.wait_for_load_state()


def test_the_engineer_files_it_and_is_told_that_it_is_short_notice(story: Story) -> None:
    page = story.cast.as_("engineer")
    page.goto(f"/changes/new/?window={story.window}")
    fill_in(page, story)
    expect(page.get_by_text("Short notice").first).to_be_visible()
    press(page, "Submit to the board", exact=False)
    page.wait_for_url("**/changes/CHG-*/")
    story.change = page.url.rstrip("/").rsplit("/", 1)[-1]
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text("In review").first).to_be_visible()


def fill_in(page: Page, story: Story) -> None:
    page.fill("[name=title]", TITLE)
    page.fill("[name=why]", "Each firewall is a single path today.")
    page.locator("label:has([name=systems])", has_text="RIS").locator("input").check(force=True)
    page.locator("label:has([name=services])", has_text="VPN tunnels").locator("input").check(force=True)
    page.fill("[name=q-planned_down]", "0:00")
    page.fill("[name=q-worst_down]", "Half a minute without network")
    page.fill("[name=q-worst_down-seconds]", "0:30")
    page.fill("[name=q-confidence]", "95")
    page.fill("[name=q-testing]", "Six runs on the lab pair with the same firmware.")
    for question in ("telephones", "vpn", "images"):
        page.locator(f"[name=q-{question}][value=at_worst]").check(force=True)
    page.fill("[name=q-undo]", "Unplug the link: the firewalls are as before.")
    page.fill("[name=q-undo-seconds]", "0:20")
    page.fill("[name=q-clients]", "All of them, if it goes wrong")
    page.fill("[name=step-1-text]", "Plug in the link between the firewalls")
    page.fill("[name=step-1-undo]", "Unplug the link")
    page.select_option("[name=step-1-phase]", "during")
    page.select_option("[name=step-1-owner]", index=1)
    page.fill("[name=step-1-planned_seconds]", "2:00")
    page.fill("[name=step-1-worst_seconds]", "2:30")
    page.fill("[name=step-1-undo_seconds]", "0:20")
    page.fill("[name=client_paragraph]", PARAGRAPH)
    page.locator("label:has([name=window])", has_text=window_words(story)).locator("input").check(force=True)


def window_words(story: Story) -> str:
    """How the form names the window: its day."""
    return f"{story.starts_at:%a} {story.starts_at.day} {story.starts_at:%b}"


def test_the_board_asks_the_engineer_answers_and_a_member_verifies(story: Story) -> None:
    asking = story.cast.as_("member1")
    asking.goto(f"/changes/{story.change}/ask/")
    asking.fill("[name=text]", "How have we tested this?")
    press(asking, "Ask")
    engineer = story.cast.as_("engineer")
    engineer.goto("/")
    expect(engineer.get_by_text("How have we tested this?").first).to_be_visible()
    engineer.goto(f"/changes/{story.change}/")
    engineer.locator("a[href*='/answer/']").first.click()
    engineer.fill("[name=text]", "Six runs on the lab pair; five without a lost packet.")
    press(engineer, "Answer")
    asking.goto(f"/changes/{story.change}/")
    press(asking, "I verified this")
    expect(asking.get_by_text("Verified by").first).to_be_visible()


def test_every_group_of_the_wider_circle_agrees(story: Story) -> None:
    for name in GROUPS:
        page = story.cast.as_(name)
        page.goto(f"/changes/{story.change}/playbook/")
        page.get_by_role("link", name="Agree for", exact=False).first.click()
        press(page, "Agree")
    expect(page.get_by_text("6 of 6 agreed")).to_be_visible()


def test_marketing_signs_the_paragraph_and_the_communication_is_agreed(story: Story) -> None:
    marketing = story.cast.as_("member4")
    marketing.goto(f"/changes/{story.change}/")
    press(marketing, "Sign off the paragraph")
    expect(marketing.get_by_text("Signed off").first).to_be_visible()
    page = story.cast.as_("engineer")
    page.goto(f"/changes/{story.change}/communication/")
    page.fill("[name=text]", "Internal two weeks, one week and on the day; a paragraph in the client notice.")
    press(page, "Record the agreement")


def test_the_board_meets_votes_and_the_chair_decides(story: Story) -> None:
    chair = story.cast.as_("chair")
    on, at = story.stack.rows(
        "select \"on\", starts_at from changes_meeting where state = 'planned' order by 2"
    )[0]
    story.stack.clock_to(at + timedelta(minutes=1))
    story.meeting = f"/board/{on}/"
    chair.goto(story.meeting)
    press(chair, "Start the meeting")
    everybody_comes(story)
    item = story.stack.rows(
        "select i.id from changes_agendaitem i join changes_change c on c.id = i.change_id"
    )[0][0]
    chair.goto(f"{story.meeting}?item={item}")
    if chair.get_by_role("button", name="Show it to everybody").count():
        press(chair, "Show it to everybody")
    press(chair, "Open the vote")
    everybody_approves(story, f"{story.meeting}?item={item}")
    chair.goto(f"{story.meeting}?item={item}")
    chair.locator("[name=outcome][value=approve]").check(force=True)
    chair.fill("[name=sentence]", "Approved for the next RIS window.")
    press(chair, "Record the decision")
    engineer = story.cast.as_("engineer")
    engineer.goto(f"/changes/{story.change}/")
    expect(engineer.get_by_text("Scheduled").first).to_be_visible()


def everybody_comes(story: Story) -> None:
    """Whoever has a seat is present by opening the page of a meeting in session."""
    for came, name in enumerate(VOTERS, 1):
        page = story.cast.as_(name)
        page.goto(story.meeting)
        expect(page.get_by_text(f"{came} present").first).to_be_visible()


def everybody_approves(story: Story, item: str) -> None:
    for name in VOTERS:
        page = story.cast.as_(name)
        page.goto(item)
        page.locator("[name=choice][value=approve]").check(force=True)
        press(page, "Vote")


def test_the_calendar_and_the_window_show_what_rides(story: Story) -> None:
    page = story.cast.as_("clientservices")
    page.goto(f"/calendar/?month={story.starts_at:%Y-%m}")
    expect(page.get_by_text("11:00–11:15").first).to_be_visible()
    page.goto(f"/windows/{story.window}/")
    expect(page.get_by_text(TITLE).first).to_be_visible()


def test_two_weeks_before_the_client_reads_it_in_its_own_time(story: Story) -> None:
    story.stack.clock_to(story.starts_at - timedelta(days=13))
    [mail] = story.told()
    assert mail["Subject"].startswith("RIS maintenance on")
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "10:00–10:15 AM M" in text
    # Lines of plain text are broken at 72 columns.
    assert f"Also: {PARAGRAPH}" in " ".join(text.split())
    [entry] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert f"UID:{story.window.lower()}@127.0.0.1" in entry.get_content()
    page = story.cast.as_("clientservices")
    page.goto(f"/notices/{story.window}/")
    expect(page.get_by_text("42 of 42 told").first).to_be_visible()


def test_the_wider_circle_is_told_a_week_before(story: Story) -> None:
    story.stack.clock_to(story.starts_at - timedelta(days=6))
    told = story.stack.mailbox.subjects("marketing@example-teleradiology.example")
    assert len([subject for subject in told if story.window in subject]) == 2


def test_re_tested_and_with_people_named_the_window_is_ready_the_day_before(story: Story) -> None:
    # Somebody else than the engineer who filed it tests again.
    tester = story.cast.as_("engineer2")
    tester.goto(f"/changes/{story.change}/re-test/")
    tester.locator("[name=passed][value=yes]").check(force=True)
    tester.fill("[name=text]", "Twice more on the lab pair, no lost packet.")
    press(tester, "Record the re-test")
    release = story.cast.as_("release")
    release.goto(f"/windows/{story.window}/go/")
    expect(release.get_by_text("Not ready for Go")).to_be_visible()
    story.stack.clock_to(story.starts_at - timedelta(hours=14))
    assert story.told()[-1]["Subject"].startswith("Tomorrow: RIS maintenance")
    release.goto(f"/windows/{story.window}/go/")
    expect(release.get_by_text("Every check is green")).to_be_visible()


def test_the_order_system_shows_it_an_hour_before(story: Story) -> None:
    assert story.shown()["phase"] == "nothing"
    story.stack.clock_to(story.starts_at - timedelta(minutes=42))
    answer = story.shown()
    assert (answer["phase"], answer["headline"]) == ("starting", "Maintenance at 10:00 AM.")
    screen = story.cast.as_("clientservices")
    screen.goto("/demo/oms/juniper-valley-medical-center/")
    expect(screen.locator("[data-changeboard-banner]").get_by_role("status")).to_contain_text("10:00 AM")


def test_the_team_goes_and_the_order_system_says_under_way(story: Story) -> None:
    story.stack.clock_to(story.starts_at + timedelta(seconds=2))
    release = story.cast.as_("release")
    release.goto(f"/windows/{story.window}/go/")
    press(release, "Go")
    press(release, "Downtime starts")
    assert story.shown()["phase"] == "under_way"
    screen = story.cast.as_("clientservices")
    screen.goto("/demo/oms/juniper-valley-medical-center/")
    expect(screen.locator("[data-changeboard-banner]").get_by_role("status")).to_contain_text("under way")
    press(release, "Start step 1")
    press(release, "Done")
    press(release, "Downtime ends")
    press(release, "Finish and verify")
    assert story.shown()["phase"] == "under_way"


def test_done_is_told_only_after_verifying(story: Story) -> None:
    release = story.cast.as_("release")
    release.goto(f"/windows/{story.window}/go/")
    while release.get_by_role("button", name="Tick").count():
        press(release, "Tick", exact=False)
    press(release, "Done: tell the clients")
    answer = story.shown()
    assert (answer["phase"], answer["headline"]) == ("done", "Maintenance is over.")
    seen = "select count(*) from notifications_delivery where milestone = 'done' and state in ('offered', 'seen')"
    wait_for(lambda: story.stack.rows(seen)[0][0] > 30, seconds=40, what="the order systems to be told")
    screen = story.cast.as_("clientservices")
    screen.goto("/demo/oms/juniper-valley-medical-center/")
    expect(screen.locator("[data-changeboard-banner]").get_by_role("status")).to_contain_text("over")


def test_the_change_is_reviewed_and_closed(story: Story) -> None:
    engineer = story.cast.as_("engineer")
    engineer.goto(f"/changes/{story.change}/review/")
    engineer.locator("[name=outcome]").first.check(force=True)
    engineer.fill("[name=actual_downtime_seconds]", "0")
    engineer.fill("[name=learned]", "No packet was lost. Label both ends beforehand.")
    press(engineer, "Save the review")
    engineer.goto(f"/changes/{story.change}/close/")
    engineer.locator("[name=close_code][value=successful]").check(force=True)
    press(engineer, "Close the change")
    expect(engineer.get_by_text("Closed").first).to_be_visible()
    engineer.goto(f"/changes/{story.change}/playbook/")
    expect(engineer.get_by_text("10 done")).to_be_visible()
