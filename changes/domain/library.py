"""What a step of the library must say, and how two versions of one differ. Lengths in seconds."""

from dataclasses import fields

from changeboard.refusal import Reason
from changes.domain.sheet import Step


def missing(step: Step) -> list[Reason]:
    """Every reason why it cannot stand in the library; each names its field."""
    faults = []
    if not step.text.strip():
        faults.append(Reason("library.no_text", {}, "text"))
    if not step.undo.strip():
        faults.append(Reason("library.no_undo", {}, "undo"))
    return faults


def differences(was: Step, now: Step) -> dict[str, tuple[object, object]]:
    """Field by field, from and to; who owns it is no part of a step in the library."""
    pairs = {each.name: (getattr(was, each.name), getattr(now, each.name)) for each in fields(Step)}
    return {name: pair for name, pair in pairs.items() if name != "owner" and pair[0] != pair[1]}
