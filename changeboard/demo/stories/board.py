"""The last meeting of the board, and the firewall change half-way through its playbook."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from changeboard.demo.stories import texts
from changeboard.demo.stories.people import person
from changes.actions import (
    agenda,
    alignment,
    attaching,
    between,
    board,
    filing,
    interests,
    meetings,
    parking,
    reading,
    substitutes,
    talking,
    voting,
)
from changes.actions.conditions import Wanted
from changes.models import AgendaItem, Change, Choice, Decision, Meeting, Outcome, SignOff

MEMBERS = ("chair", "member1", "member2", "member3", "member4", "member5", "member6")
AGREED = {"cio": "member1", "engineering": "chair", "support": "member3", "marketing": "member4"}
# What became of a change → the decision and its sentence.
OUTCOMES = {
    "approved": (Outcome.APPROVE, "Goes as filed."),
    "condition": (Outcome.WITH_CONDITIONS, "Goes once a second gateway is kept warm."),
    "deferred": (Outcome.DEFER, "Rehearse it a third time and bring the timings."),
    "rejected": (Outcome.REJECT, "One system a day: no reason to reboot all at once."),
    "firewall": (
        Outcome.DEFER,
        "Come back with the VPN and image-ingestion answers verified, and with the wider circle aligned.",
    ),
}


def tell(*, now: datetime) -> int:
    """Hold the last meeting; then bring the firewall change back with its questions."""
    if Decision.objects.exclude(change=None).exists():
        return 0
    meeting = Meeting.objects.filter(items__change__number=texts.FIREWALL.number).earliest("starts_at")
    at = meeting.starts_at + timedelta(minutes=1)
    _ask(meeting.starts_at - timedelta(hours=20))
    chair = person("chair")
    _between_meetings(meeting)
    meetings.start(meeting, by=chair, at=at)
    for username in MEMBERS:
        meetings.attend(meeting, by=person(username), at=at)
    decided = [_decide(each, meeting, at=at) for each in (texts.FIREWALL, *texts.TOLD)]
    _put_aside(meeting, at=at + timedelta(minutes=50))
    meeting = meetings.end(meeting, by=chair, at=meeting.ends_at)
    agenda.carry_over(meeting, by=chair, at=meeting.ends_at)
    _bring_back(meeting.ends_at, now=now)
    substitutes.name(
        person=person("clientservices"), from_on=now.date() + timedelta(days=14),
        until_on=now.date() + timedelta(days=21), by=person("member5"), at=now,
    )  # fmt: skip
    meetings.ensure_meetings(now=now)
    return sum(decided) + 1


def _put_aside(meeting: Meeting, *, at: datetime) -> None:
    """What came up over the firewalls and is not for now: it waits in the parking lot."""
    item = AgendaItem.objects.get(meeting=meeting, change__number=texts.FIREWALL.number)
    parking.park(item, text=texts.PUT_ASIDE, by=person("member3"), at=at)


def _change(number: int) -> Change:
    return Change.objects.select_related("requester", "window").get(number=number)


def _ask(at: datetime) -> None:
    """The tough questions, their answers, and who stands for them."""
    change = _change(texts.FIREWALL.number)
    for place, (text, asks, answer, verifies) in enumerate(texts.QUESTIONS):
        minute = at + timedelta(minutes=9 * place)
        question = board.ask(change, text=text, by=person(asks), at=minute)
        if text in texts.WRONG_AT_FIRST:
            wrong = texts.WRONG_AT_FIRST[text]
            question = board.answer(
                question, text=wrong, by=change.requester, at=minute + timedelta(minutes=5)
            )
        if answer:
            question = board.answer(
                question, text=answer, by=change.requester, at=minute + timedelta(minutes=40)
            )
        if verifies:
            board.verify(question, by=person(verifies), at=minute + timedelta(minutes=75))


def _between_meetings(meeting: Meeting) -> None:
    """One harmless change did not wait for the meeting: the members voted on it the day before."""
    at, chair = meeting.starts_at - timedelta(hours=22), person("chair")
    told = next(each for each in reversed(texts.TOLD) if each.fate == "approved")
    item = AgendaItem.objects.filter(meeting=meeting, change__number=told.number).first()
    if item is None or item.change is None:
        return
    between.ask(
        item.change, deadline_at=meeting.starts_at - timedelta(hours=2), by=chair, at=at,
        why="It can be prepared a day earlier then.",
    )  # fmt: skip
    for place, username in enumerate(MEMBERS[:4]):
        minute = at + timedelta(minutes=17 * (place + 1))
        between.vote(item, choice=Choice.APPROVE, reason="", by=person(username), at=minute)


def _decide(told: texts.Told, meeting: Meeting, *, at: datetime) -> int:
    """What the meeting made of one change; returns 1 where it decided."""
    item = AgendaItem.objects.filter(meeting=meeting, change__number=told.number).first()
    if told.fate == "withdrawn":
        change = _change(told.number)
        filing.withdraw(change, by=change.requester, at=at, reason="Done in the weekly briefing instead.")
    if (
        item is None
        or item.closed_at
        or told.fate not in ("approved", "condition", "deferred", "rejected", "firewall")
    ):
        return 0
    minute = at + timedelta(minutes=4 + told.number % 40)
    meetings.move_on(meeting, item, by=person("chair"), at=minute)
    _vote(item, told.fate, at=minute)
    outcome, sentence = OUTCOMES[told.fate]
    due = minute + timedelta(days=8)
    conditions = (
        [Wanted("Keep a second gateway warm", person("engineer"), due)] if told.fate == "condition" else []
    )
    board.decide(
        item, outcome=outcome, sentence=sentence, conditions=conditions, by=person("chair"),
        at=minute + timedelta(minutes=3),
    )  # fmt: skip
    return 1


def _vote(item: AgendaItem, fate: str, *, at: datetime) -> None:
    split = {
        "firewall": {"member6": "Re-test with a VPN failover first.", "member3": "Who answers the phones?"}
    }
    objections = split.get(fate, {})
    for username in MEMBERS:
        if fate == "condition" and username == "member5":
            interests.declare(item, reason="My sister works for the maker.", by=person(username), at=at)
            continue
        against = fate == "rejected" and username != "member2"
        reason = objections.get(username, "Too much at once." if against else "")
        choice = Choice.OBJECT if reason else Choice.ABSTAIN if username == "member5" else Choice.APPROVE
        voting.vote(item, choice=choice, reason=reason, by=person(username), at=at + timedelta(seconds=40))


def _bring_back(at: datetime, *, now: datetime) -> None:
    """Back on the next agenda; four of six groups agree, operations asked, client services has not answered."""
    change = _change(texts.FIREWALL.number)
    item = agenda.place(change, by=change.requester, at=at + timedelta(hours=4))
    for username in ("member1", "member3"):
        reading.mark(item, by=person(username), at=at + timedelta(hours=5))
    for slug, username in AGREED.items():
        sign_off = SignOff.objects.get(change=change, group__slug=slug)
        alignment.agree(sign_off, by=person(username), at=at + timedelta(hours=5), word="")
    asked = SignOff.objects.get(change=change, group__slug="operations")
    asked.state, asked.by, asked.at = SignOff.State.ASKED, person("member6"), at + timedelta(hours=6)
    asked.word = "Could this interrupt our VPN tunnels?"
    asked.question = change.questions.filter(text__icontains="VPN").first()
    asked.save()
    talking.say(
        change, "Sales has **two customer demos** at 11:00 that day:\n\n- Copperline Health\n- Juniper Valley\n\n"
        "@chair, can we move the demos rather than the change?",
        by=person("clientservices"), at=min(now, at + timedelta(hours=22)),
    )  # fmt: skip
    said = talking.say(
        change, "Yes. Demos moved to 13:00.", by=person("chair"), at=min(now, at + timedelta(hours=22))
    )
    talking.edit(
        said,
        "Yes. Both demos moved to **13:00**, @clientservices has told them.",
        by=person("chair"),
        at=min(now, said.at + timedelta(minutes=4)),
    )
    for name, text in texts.ATTACHED.items():
        file = ContentFile(text.encode(), name=name)
        attaching.attach(change, file, by=change.requester, at=min(now, at + timedelta(hours=23)))
