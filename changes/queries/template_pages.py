"""The list of templates, and one of them, as their pages show them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from changeboard import clock
from changeboard.people.models import Person
from changes.domain import template_life
from changes.domain.sheet import Step
from changes.domain.template_life import Act
from changes.models import AgendaItem, Change, Decision, Kind, Template
from changes.queries.templates import steps_of


@dataclass(frozen=True)
class Line:
    """A template in the list: whether it has expired, and whether it can be used today."""

    template: Template
    is_expired: bool
    is_usable: bool

    @property
    def state(self) -> str:
        return "expired" if self.is_expired else self.template.state


def line(template: Template, *, now: datetime) -> Line:
    today = clock.local_date(now, settings.PLATFORM_TIME_ZONE)
    return Line(
        template,
        template_life.is_expired(template.state, template.expires_on, on=today),
        not template_life.unusable(template.state, template.expires_on, on=today),
    )


def lines(*, now: datetime) -> list[Line]:
    """Every template with its record, retired ones last. Two queries."""
    rows = Template.objects.with_record().prefetch_related("systems")
    return sorted((line(row, now=now) for row in rows), key=lambda each: each.template.state == "retired")


@dataclass(frozen=True)
class Detail:
    """One template as its page shows it; `acts` are those that the reader may do now."""

    line: Line
    steps: tuple[Step, ...]
    changes: list[Change]
    items: list[AgendaItem]
    decisions: list[Decision]
    acts: frozenset[str]


def detail(template: Template, *, person: Person, now: datetime) -> Detail:
    """Everything on the page. Four queries."""
    rights = {
        Act.PROPOSE_AGAIN: "changes.propose_template_again",
        Act.RETIRE: "changes.retire_template",
    }
    return Detail(
        line=line(template, now=now),
        steps=steps_of(template),
        changes=list(template.changes.filter(kind=Kind.STANDARD).for_pages()[:20]),
        items=list(template.agenda_items.filter(closed_at=None).select_related("meeting")),
        decisions=list(template.decisions.select_related("by")),
        acts=frozenset(
            act.value
            for act, right in rights.items()
            if template_life.allows(template.state, act) and person.has_perm(right, template)
        ),
    )
