"""This month's changes: filed and submitted by the verbs, with instants in the past."""

from datetime import datetime, timedelta

from django.db import connection

from changeboard.demo.stories import texts
from changeboard.demo.stories.people import person
from changeboard.demo.stories.texts import Told
from changeboard.directory.models import Service, System
from changes.actions import filing, saving
from changes.domain.sheet import Sheet, Step, Touch
from changes.models import Change
from changes.models.board import Membership
from maintenance.models import Window

# Wishes that were decided in the last meeting were filed before it; the rest after it.
EARLY = ("approved", "condition", "deferred", "rejected", "withdrawn", "firewall")


def tell(*, now: datetime) -> int:
    """Every change up to the door of the meeting that decides it."""
    if Change.objects.filter(number=texts.FIREWALL.number).exists():
        return 0
    told = sorted((texts.FIREWALL, *texts.TOLD), key=lambda each: (each.fate not in EARLY, each.number))
    for each in told:
        number_from(each.number)
        file(each, at=filed_at(each, now))
    number_from(max(each.number for each in told) + 1)
    saving.save(
        "view=open&sort=-risk&risk=high&risk=critical",
        name="High risk",
        is_shared=True,
        by=person("chair"),
        at=now,
    )
    return len(told)


def last_meeting_day(now: datetime) -> datetime:
    """Ten on the last Thursday that is over, in the platform's winter time; near enough to order by."""
    day = now - timedelta(days=(now.weekday() - 3) % 7 or 7)
    return day.replace(hour=16, minute=0, second=0, microsecond=0)


def filed_at(told: Told, now: datetime) -> datetime:
    # On Monday: a holiday moves Thursday's meeting to Tuesday.
    before = last_meeting_day(now) - timedelta(days=3, hours=told.number % 7)
    return before if told.fate in EARLY else now - timedelta(hours=20 + told.number % 7)


def take_seats(*, now: datetime) -> int:
    """Six members and the chair sit on the board since last year."""
    if Membership.objects.exists():
        return 0
    since = (now - timedelta(days=500)).date()
    for username in ("chair", "member1", "member2", "member3", "member4", "member5", "member6"):
        role = {"chair": "chair", "member6": "deputy"}.get(username, "member")
        Membership.objects.create(person=person(username), since_on=since, role=role)
    return Membership.objects.count()


def file(told: Told, *, at: datetime) -> Change:
    """File the change, and submit it unless it is told as a draft."""
    by = person(told.by)
    change = filing.file(sheet_of(told, at=at), by=by, at=at)
    return change if told.fate == "draft" else filing.submit(change, by=by, at=at + timedelta(minutes=20))


def sheet_of(told: Told, *, at: datetime) -> Sheet:
    services = Service.objects.filter(name__in=told.touches).select_related("system")
    return Sheet(
        title=told.title,
        why=told.why,
        systems=frozenset({System.objects.get(code=told.system).pk}),
        services={service.pk: touch_of(told, service) for service in services},
        answers=answers_of(told),
        steps=[
            Step(text, undo, phase, person(told.by).pk, planned, worst, undo_seconds, down)
            for phase, text, undo, planned, worst, undo_seconds, down in told.steps
        ],
        window=window_of(told, at=at).pk,
        client_paragraph=told.paragraph,
        regulated="" if told.fate == "draft" else "yes" if told.regulated else "no",
        regulated_which=told.regulated,
    )


def touch_of(told: Told, service: Service) -> Touch:
    """Out while its system is down as planned; degraded where only the worst case is felt."""
    if not told.worst:
        return Touch("reduced_redundancy")
    is_down = told.planned and service.system is not None and service.system.code == told.system
    return Touch("outage" if is_down else "degraded", told.worst, *texts.AROUND.get(service.name, ()))


def answers_of(told: Told) -> dict[str, str | int | dict[str, str | int]]:
    if told.fate == "draft":
        return {"planned_down": told.planned, "confidence": told.confidence}
    return {
        "planned_down": told.planned,
        "worst_down": {"text": told.worst_words, "seconds": told.worst},
        "confidence": told.confidence,
        "testing": told.tested,
        "telephones": told.answers.get("telephones", "no"),
        "vpn": told.answers.get("vpn", "no"),
        "images": told.answers.get("images", "no"),
        "undo": {"text": told.undo, "seconds": told.undo_seconds},
        "clients": "Those that use " + (", ".join(told.touches) or told.system),
    }


def window_of(told: Told, *, at: datetime) -> Window:
    """The next window of its system that leaves room for the two-week notice, and so many months later."""
    soonest = at + timedelta(days=17 if told.fate == "firewall" or told.system == "RIS" else 8)
    ahead = Window.objects.filter(system__code=told.system, starts_at__gt=soonest, state="planned")
    return ahead.order_by("starts_at")[told.months_ahead]


def number_from(number: int) -> None:
    """The story's references are those of its pictures: the sequence goes on from there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('changes_change_numbers', %s, false)", [number])
