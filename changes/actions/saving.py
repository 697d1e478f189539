"""Saved views of the list: kept, renamed, shared, removed."""

from datetime import datetime

from django.db import connection, transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import refuse
from changes.models import SavedView

MOST = 30
# Any number will do: who names a view waits for whoever is naming one, so that names stay unique.
NAMING = 4_207_311


@transaction.atomic
def save(query: str, *, name: str, is_shared: bool = False, by: Person, at: datetime) -> SavedView:
    """Keep the filters of an address under a name. The same name and filters again give the same view."""
    _one_at_a_time()
    name = _cleaned(name)
    known = SavedView.objects.called(name).filter(owner=by, query=query).first()
    if known is not None:
        return known
    _check(name, is_shared, by, but=None)
    if SavedView.objects.filter(owner=by).count() >= MOST:
        raise refuse("view.too_many", at_field="name", most=MOST)
    view = SavedView.objects.create(owner=by, name=name, query=query, is_shared=is_shared, created_at=at)
    record("view.saved", view, by=by, at=at, name=name, shared=is_shared)
    return view


@transaction.atomic
def rename(view: SavedView, *, name: str, is_shared: bool, by: Person, at: datetime) -> SavedView:
    """Give it another name, share it with everybody, or keep it to its owner again."""
    _one_at_a_time()
    view = SavedView.objects.select_for_update().select_related("owner").get(pk=view.pk)
    name = _cleaned(name)
    if (view.name, view.is_shared) == (name, is_shared):
        return view
    _check(name, is_shared, view.owner, but=view)
    was, view.name, view.is_shared = view.name, name, is_shared
    view.save(update_fields=["name", "is_shared"])
    record("view.renamed", view, by=by, at=at, was=was, name=name, shared=is_shared)
    return view


@transaction.atomic
def remove(view: SavedView, *, by: Person, at: datetime) -> None:
    """Take the tab away, for everybody where it was shared. A second time nothing happens."""
    held = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if held is not None:
        record("view.removed", held, by=by, at=at, name=held.name)
        held.delete()


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NAMING])


def _cleaned(name: str) -> str:
    return " ".join(name.split())


def _check(name: str, is_shared: bool, owner: Person, *, but: SavedView | None) -> None:
    others = SavedView.objects.called(name).exclude(pk=but.pk if but else 0)
    if not name:
        raise refuse("view.no_name", at_field="name")
    if others.filter(owner=owner).exists():
        raise refuse("view.name_taken", at_field="name", name=name)
    shared = others.filter(is_shared=True).select_related("owner").first()
    if is_shared and shared:
        raise refuse("view.shared_name_taken", at_field="name", name=name, owner=shared.owner)
