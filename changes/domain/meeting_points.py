"""Where two changes of one window meet: on a system, on a service, in a person (PRODUCT.md section 5)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """What a change takes up in a window: ids of systems, of services, of those who own its steps there."""

    systems: frozenset[int] = frozenset()
    services: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def is_nothing(self) -> bool:
        return not (self.systems or self.services or self.people)

    @property
    def clashes(self) -> bool:
        """Two changes on one service, or a person on two things at once. One system alone is usual."""
        return bool(self.services or self.people)


def shared(one: Part, other: Part) -> Part:
    """What both take up."""
    return Part(one.systems & other.systems, one.services & other.services, one.people & other.people)
