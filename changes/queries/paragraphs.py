"""The paragraph for clients against the impacts as they stand: a draft of it, and whether it is out of date."""

from changes.domain import paragraph
from changes.domain.paragraph import Told
from changes.models import Change
from changes.queries.sheets import touch_of


def drafted(change: Change) -> str:
    """What the impacts say to clients, with the length of the change's window. One query."""
    told = [Told(row.service.name, touch_of(row)) for row in change.impacts.select_related("service")]
    return paragraph.draft(told, window_seconds=change.window.length_seconds if change.window else 0)


def basis_of(change: Change) -> str:
    """The mark of the impacts as they stand. One query, none where they were prefetched."""
    return paragraph.basis({row.service_id: touch_of(row) for row in change.impacts.all()})


def is_out_of_date(change: Change) -> bool:
    """Whether the impacts changed after the paragraph was worded or signed. What is older than the mark is not."""
    if not change.client_paragraph or not change.paragraph_basis:
        return False
    return change.paragraph_basis != basis_of(change)
