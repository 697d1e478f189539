"""Electronic votes that end without a decision: the item waits for its meeting, with no votes on it."""

from datetime import datetime

from changeboard.history.record import record
from changeboard.people.models import Person
from changes.models import AgendaItem, ElectronicVote, Meeting, Vote
from changes.queries.seats import bench, voting_day

End = ElectronicVote.End


def close(vote: ElectronicVote, end: End, *, by: Person | None, at: datetime) -> None:
    """Note how the vote stood and ended, inside the caller's transaction. What is not decided leaves no votes
    behind, so that the meeting votes anew; who was asked and who requested it are told."""
    cast = list(vote.item.votes.values_list("choice", flat=True))
    vote.approve, vote.objections, vote.abstain = (
        cast.count(each) for each in ("approve", "object", "abstain")
    )
    vote.closed_at, vote.end = at, end
    vote.save()
    change, meeting = vote.item.change, vote.item.meeting
    if change is None:
        return
    facts = {"approve": vote.approve, "object": vote.objections, "abstain": vote.abstain}
    asked = whom(vote.item, at=at)
    if end == End.DECIDED:
        record("change.vote_decided", change, by=by, at=at, asked=asked, **facts)
        return
    Vote.objects.filter(item=vote.item).delete()
    why = End(end).label
    record("change.vote_undecided", change, by=by, at=at, asked=asked, why=why, on=meeting.on, **facts)


def close_all(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """The meeting begins: what was being voted on electronically is decided there."""
    running = ElectronicVote.objects.open().filter(item__meeting=meeting).with_item()
    for vote in running.select_for_update(of=("self",)):
        close(vote, End.MEETING, by=by, at=at)


def close_on_edit(change_id: int, *, by: Person, at: datetime) -> None:
    """A material edit ends the vote: nobody has voted on what the change is now."""
    running = ElectronicVote.objects.open().filter(item__change=change_id).with_item()
    for vote in running.select_for_update(of=("self",)):
        close(vote, End.EDITED, by=by, at=at)


def whom(item: AgendaItem, *, at: datetime, silent_only: bool = False) -> list[int]:
    """The members who may vote and their substitutes, by id; with `silent_only` those whose seat has not."""
    on_bench = bench(item.subject, voting_day(item, at))
    done = set(item.votes.values_list("person_id", flat=True)) if silent_only else set()
    able = {seat.person_id for seat in on_bench.seats} - set(on_bench.barred) - done
    sits_in = {on_bench.substitutes[member].pk for member in able if member in on_bench.substitutes}
    return sorted(able | (sits_in - set(on_bench.barred)))
