"""How long a system was up in a month or a year, as its clients reckon it. Pure."""

from dataclasses import dataclass

# Shown to a thousandth of a per cent and rounded down: 99.9999 % is not 100 %.
PARTS = 100_000
PARTS_A_PER_CENT = 1_000


@dataclass(frozen=True)
class Downtime:
    """Some windows together, in seconds: what they may take, what is planned and likely at worst on those that
    are ahead, what those took that are over; and how long the period lasts. `over`: how many are over budget."""

    budget: int = 0
    planned: int = 0
    likely_worst: int = 0
    used: int = 0
    lasts: int = 0
    windows: int = 0
    over: int = 0

    @property
    def expected(self) -> int:
        """What was used, and what is planned for the rest."""
        return self.used + self.planned

    @property
    def at_worst(self) -> int:
        return self.used + self.likely_worst

    @property
    def is_over(self) -> bool:
        """Whether it was or is likely to be down longer than it may be, in any one window or together."""
        return bool(self.over) or self.at_worst > self.budget

    @property
    def available(self) -> float:
        """Per cent of the period in which the system is up by what is expected: 99.966 for 15 min of January."""
        return percent_up(self.expected, self.lasts)

    def __add__(self, other: "Downtime") -> "Downtime":
        """Both together, in the same period."""
        return Downtime(
            self.budget + other.budget, self.planned + other.planned, self.likely_worst + other.likely_worst,
            self.used + other.used, max(self.lasts, other.lasts), self.windows + other.windows,
            self.over + other.over,
        )  # fmt: skip


def percent_up(down: int, lasts: int) -> float:
    """Per cent of `lasts` seconds, rounded down to three places."""
    if not lasts:
        return 100.0
    return max(0, (lasts - down) * PARTS // lasts) / PARTS_A_PER_CENT
