"""A board that can decide: six members of six groups, a meeting, and what is before it."""

from datetime import date, datetime

from changeboard.people.models import Group, Person
from changes.actions import meetings, voting
from changes.models import AgendaItem, Change, Choice, Meeting, Membership
from tests.factories.people import GroupFactory, PersonFactory

GROUPS = ("cio", "engineering", "support", "sales-and-client-services", "operations", "marketing")


def the_groups() -> list[Group]:
    return [GroupFactory(slug=slug, position=place) for place, slug in enumerate(GROUPS)]


def a_board(chair: bool = True) -> list[Person]:
    """Six members, one a group; the first is the chair."""
    members = [
        PersonFactory(username=f"member-{group.slug}", member=True, group=group, last_name=group.name)
        for group in the_groups()
    ]
    members[0].roles = ["chair", "board_member"]
    members[0].save()
    Membership.objects.bulk_create(
        Membership(
            person=person, since_on=date(2026, 1, 1), role="chair" if person is members[0] else "member"
        )
        for person in members
    )
    return members


def item_of(change: Change) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting", "change").get(change=change)


def in_session(about: Change | AgendaItem, *, by: Person, at: datetime) -> AgendaItem:
    """The meeting that the change (or the item) is before, started, and its item on everybody's screen."""
    item = about if isinstance(about, AgendaItem) else item_of(about)
    meetings.start(item.meeting, by=by, at=at)
    meetings.move_on(Meeting.objects.get(pk=item.meeting_id), item, by=by, at=at)
    return AgendaItem.objects.with_meeting().get(pk=item.pk)


def all_approve(item: AgendaItem, members: list[Person], *, at: datetime) -> None:
    for person in members:
        voting.vote(item, choice=Choice.APPROVE, reason="", by=person, at=at)
