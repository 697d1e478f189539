"""Rule sets as their pages show them, and what the last quarter's changes would have scored by one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from changeboard.directory.models import Client, Service
from changes.domain import risk
from changes.domain.risk import Level
from changes.domain.sheet import Sheet, Value
from changes.models import Change, RiskAnswer, RuleSet, ServiceImpact
from changes.queries import assessment

QUARTER = timedelta(days=90)
LEVELS = [level.value for level in Level]


@dataclass(frozen=True)
class WouldScore:
    """A change with the score that it has and the one it would have."""

    change: Change
    level: str
    score: int

    @property
    def moved(self) -> int:
        """How many levels higher (lower, where below 0) it would be."""
        return LEVELS.index(self.level) - LEVELS.index(self.change.risk_level)

    @property
    def differs(self) -> bool:
        return (self.level, self.score) != (self.change.risk_level, self.change.risk_score)


@dataclass(frozen=True)
class Quarter:
    """The changes submitted in the last 90 days, those that would score otherwise first."""

    rows: list[WouldScore]

    @property
    def higher(self) -> int:
        return sum(row.moved > 0 for row in self.rows)

    @property
    def lower(self) -> int:
        return sum(row.moved < 0 for row in self.rows)

    @property
    def same(self) -> int:
        return len(self.rows) - self.higher - self.lower

    @property
    def differing(self) -> list[WouldScore]:
        return [row for row in self.rows if row.differs]


def listed() -> QuerySet[RuleSet]:
    """Every version, the newest first, with `scored`: how many changes it judged. One query."""
    return RuleSet.objects.select_related("made_by").annotate(scored=Count("changes"))


def last_quarter(rule_set: RuleSet, *, now: datetime) -> Quarter:
    """What it would have given, with the clients of today. Eight queries, however many changes."""
    found = Change.objects.filter(submitted_at__gte=now - QUARTER, risk_score__isnull=False)
    changes = {change.pk: change for change in found.order_by("-number")}
    answers, kinds = _answers(changes), assessment.types()
    touched, users, rules = _touched(changes), Users(), rule_set.read
    rows = []
    for key, change in changes.items():
        sheet = Sheet(answers=answers[key])
        if assessment.is_scorable(sheet):
            clients = users.of(*touched[key])
            then = risk.assess(assessment.answers_of(sheet, kinds, clients), rules)
            rows.append(WouldScore(change, then.level.value, then.score))
    return Quarter(sorted(rows, key=lambda row: (not row.differs, -abs(row.moved))))


def _answers(changes: Collection[int]) -> Mapping[int, dict[str, Value]]:
    found: dict[int, dict[str, Value]] = defaultdict(dict)
    rows = RiskAnswer.objects.filter(change__in=changes).values_list("change", "question__key", "value")
    for change, key, value in rows:
        found[change][key] = value
    return found


def _touched(changes: Collection[int]) -> Mapping[int, tuple[set[int], set[int]]]:
    """Systems and services (ids) of each change."""
    found: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for change, system in Change.systems.through.objects.filter(change__in=changes).values_list(
        "change", "system"
    ):
        found[change][0].add(system)
    for change, service in ServiceImpact.objects.filter(change__in=changes).values_list("change", "service"):
        found[change][1].add(service)
    return found


class Users:
    """The active clients of each system and service, read once; the rule is that of directory/queries/affected.py."""

    def __init__(self) -> None:
        active = Client.objects.active()
        self._by_system = _by(active.filter(systems__isnull=False).values_list("systems", "pk"))
        self._by_service = _by(active.filter(services__isnull=False).values_list("services", "pk"))
        self._provider = dict(Service.objects.values_list("pk", "system"))
        self._counted: dict[tuple[frozenset[int], frozenset[int]], int] = {}

    def of(self, systems: Collection[int], services: Collection[int]) -> int:
        key = (frozenset(systems), frozenset(services))
        if key not in self._counted:
            self._counted[key] = len(self._all(*key))
        return self._counted[key]

    def _all(self, systems: frozenset[int], services: frozenset[int]) -> set[int]:
        through = {self._provider.get(service) for service in services} - {None}
        found = [self._by_system[system] for system in systems | through if system is not None]
        return set().union(*found, *(self._by_service[service] for service in services))


def _by(pairs: Iterable[tuple[int, int]]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for key, client in pairs:
        found[key].add(client)
    return found
