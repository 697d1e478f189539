"""The one exception that leaves a verb: what was asked for is refused, and these are the reasons.

A reason is a code and facts; the words are added where they are shown (templates, API), so that a
rule can be tested without its prose. `field` names the input the reason belongs beside, if any.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_FACTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Reason:
    """One reason for a refusal: `code` like "window.in_freeze", `facts` to fill its sentence."""

    code: str
    facts: Mapping[str, object] = field(default_factory=lambda: NO_FACTS)
    field: str = ""


class Refusal(Exception):
    """Raised by verbs and domain rules; carries every reason at once.

    `conflict` is true when the state of the thing forbids the act (HTTP 409) rather than what was
    typed (HTTP 400); `legal` then lists the acts that are possible now.
    """

    def __init__(
        self, reasons: Iterable[Reason], *, conflict: bool = False, legal: Iterable[str] = ()
    ) -> None:
        self.reasons = tuple(reasons)
        self.conflict = conflict
        self.legal = tuple(legal)
        super().__init__(", ".join(reason.code for reason in self.reasons))


def refuse(code: str, *, at_field: str = "", **facts: object) -> Refusal:
    """A refusal with a single reason, to be raised."""
    return Refusal([Reason(code, facts, at_field)])


def conflict(code: str, *, legal: Iterable[str] = (), **facts: object) -> Refusal:
    """A refusal because of the state of the thing, naming the acts that are legal now."""
    return Refusal([Reason(code, facts)], conflict=True, legal=legal)
