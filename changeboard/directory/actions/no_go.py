"""Days on which a client must not be hit: noted one by one or as a run of days, and taken away."""

from datetime import date, datetime, timedelta

from django.db import transaction

from changeboard.directory.domain import no_go_runs
from changeboard.directory.models import Client, NoGoDate
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import refuse

MOST_DAYS = 92


@transaction.atomic
def add_no_go(
    client: Client, *, on: date, reason: str, by: Person, at: datetime, until: date | None = None
) -> list[NoGoDate]:
    """Note that this client must not be hit from `on` until `until`, both included; a day that was noted
    before only changes its reason. Refused for a run that ends before it begins, or is very long."""
    last = until or on
    if last < on:
        raise refuse("no_go.ends_before_it_begins", at_field="until")
    if (last - on).days >= MOST_DAYS:
        raise refuse("no_go.too_long", at_field="until", most=MOST_DAYS)
    days = [on + timedelta(days=number) for number in range((last - on).days + 1)]
    rows = [NoGoDate(client=client, on=day, reason=reason) for day in days]
    NoGoDate.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["client", "on"], update_fields=["reason"]
    )
    facts = {"on": on, "until": last} if last != on else {"on": on}
    act = "client.no_go_run_added" if last != on else "client.no_go_added"
    record(act, client, by=by, at=at, reason=reason, **facts)
    return rows


@transaction.atomic
def remove_no_go(no_go: NoGoDate, *, by: Person, at: datetime) -> None:
    """The client may be hit again: on this day, and on the days of one reason that lie around it."""
    alike = NoGoDate.objects.select_for_update().filter(client=no_go.client_id, reason=no_go.reason)
    days = {row.on: row.pk for row in alike}
    run = next((run for run in no_go_runs.runs(days) if run.holds(no_go.on)), None)
    if run is None:
        return
    NoGoDate.objects.filter(pk__in=[days[day] for day in run.days]).delete()
    act = "client.no_go_removed" if run.first == run.last else "client.no_go_run_removed"
    record(act, no_go.client, by=by, at=at, on=run.first, until=run.last, reason=no_go.reason)
