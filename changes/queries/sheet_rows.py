"""The rows of the exported list: everything of a row in one query, however many there are."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery, TextField, Value

from changeboard.people.models import Person
from changes.models import Change, ServiceImpact
from changes.queries import lists
from changes.queries.lists import Filters

AT_ONCE = 500


def rows(filters: Filters, *, person: Person, now: datetime) -> Iterator[list[object]]:
    """The cells of each change that the filters leave, in the order of the list. Read as it is written out."""
    systems = Change.systems.through.objects.filter(change=OuterRef("pk")).order_by()
    codes = systems.values("change").values(
        codes=StringAgg("system__code", Value(" "), order_by="system__position")
    )
    drained = ServiceImpact.objects.filter(change=OuterRef("pk")).exclude(queue="").order_by()
    queues = drained.values("change").values(
        queues=StringAgg("queue", Value("; "), order_by="service__position")
    )
    found = lists.found(filters, person=person, now=now).prefetch_related(None)
    whole = found.select_related("requester__group").annotate(
        codes=Subquery(codes, output_field=TextField()), queues=Subquery(queues, output_field=TextField())
    )
    for change in whole.iterator(chunk_size=AT_ONCE):
        yield cells(change, getattr(change, "codes", None) or "", now=now)


def cells(change: Change, codes: str, *, now: datetime) -> list[object]:
    """One change, column by column, as `list_labels.COLUMNS` names them."""
    window, group = change.window, change.requester.group
    return [
        change.reference,
        change.title,
        codes,
        change.get_kind_display(),
        change.get_state_display(),
        "yes" if lists.is_short(change, now=now) else "no",
        window.reference if window else "",
        f"{window.starts_at:%Y-%m-%dT%H:%M:%SZ}" if window else "",
        change.get_risk_level_display(),
        change.risk_score,
        change.planned_down_seconds,
        change.worst_down_seconds,
        change.requester.full_name,
        group.name if group else "",
        ", ".join(filter(None, [change.get_regulated_display(), change.regulated_which])),
        getattr(change, "queues", None) or "",
    ]
