"""Which edits are material: after approval they send the change back to the board (PRODUCT.md section 3).

What the board judged is impact, risk answers, plan and window. Wording may be edited freely.
"""

from collections.abc import Iterable

WORDING = frozenset({"title", "why", "client_paragraph", "owners"})


def material(fields: Iterable[str]) -> list[str]:
    """Those of the edited fields that the board must look at again. What is not known to be wording, is."""
    return sorted(name for name in set(fields) if name not in WORDING)
