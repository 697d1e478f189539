"""What a window does to those who use it, as readers were told it, and whether that is still so. Pure.

Each revision of a window keeps the impact that its notices say: whoever heard another one is told of the
change (PRODUCT.md section 6, "impact changed").
"""

from dataclasses import dataclass
from typing import NamedTuple

# The window's own system, as a whole, in the place of a service.
OWN_SYSTEM = 0


class Effect(NamedTuple):
    """What happens to one service (an id; OWN_SYSTEM: to all of the window's own system), in one of the four
    words, for so many seconds at most. `system` is the id of the one that provides it."""

    service: int
    system: int | None
    word: str
    seconds: int
    meanwhile: str = ""
    can_be_read: str = ""


class Passage(NamedTuple):
    """A paragraph that clients read, and what it is about: ids of systems and services. About nothing: it
    concerns everybody."""

    text: str
    systems: frozenset[int] = frozenset()
    services: frozenset[int] = frozenset()


class Concern(NamedTuple):
    """Ids of the systems and services that a reader uses."""

    systems: frozenset[int] = frozenset()
    services: frozenset[int] = frozenset()

    def hears_of(self, effect: Effect) -> bool:
        return (
            effect.service == OWN_SYSTEM
            or effect.service in self.services
            or (effect.system is not None and effect.system in self.systems)
        )

    def reads(self, passage: Passage) -> bool:
        is_about_nothing = not passage.systems and not passage.services
        return (
            is_about_nothing
            or not passage.systems.isdisjoint(self.systems)
            or not passage.services.isdisjoint(self.services)
        )


@dataclass(frozen=True)
class Impact:
    """All that the notices of one revision say of what stops, and the paragraphs that were told with it."""

    effects: frozenset[Effect] = frozenset()
    passages: frozenset[Passage] = frozenset()

    def of_the_whole(self) -> "Impact":
        """What everybody may know: whether the window's own system is down, and for how long."""
        return Impact(frozenset(effect for effect in self.effects if effect.service == OWN_SYSTEM))

    def heard_by(self, concern: Concern | None) -> "Impact":
        """The part that one reader hears of; the house (None) hears of everything."""
        if concern is None:
            return self
        return Impact(
            frozenset(effect for effect in self.effects if concern.hears_of(effect)),
            frozenset(passage for passage in self.passages if concern.reads(passage)),
        )


def differ(one: Impact | None, other: Impact | None, concern: Concern | None) -> bool:
    """Whether a reader of both would notice. What is not known of a revision is no difference."""
    if one is None or other is None or one == other:
        return False
    return one.heard_by(concern) != other.heard_by(concern)
