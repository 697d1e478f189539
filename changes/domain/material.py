"""Which edits are material: after approval they send the change back to the board (PRODUCT.md section 3).

What the board judged is impact, risk answers, plan and window. Wording may be edited freely.
"""

from collections.abc import Iterable

from changes.domain.sheet import WORDED, Sheet, figures

WORDING = frozenset({"title", "why", "client_paragraph", "owners", *WORDED})


def material(fields: Iterable[str]) -> list[str]:
    """Those of the edited fields that the board must look at again. What is not known to be wording, is."""
    return sorted(name for name in set(fields) if name not in WORDING)


def asks_for_more(before: Sheet, after: Sheet) -> bool:
    """Whether the edit asks for another window or for more downtime: the lead then counts anew."""
    old, new = figures(before.answers), figures(after.answers)
    return (
        before.window != after.window
        or (new.planned_down_seconds or 0) > (old.planned_down_seconds or 0)
        or (new.worst_down_seconds or 0) > (old.worst_down_seconds or 0)
    )
