"""How each service is touched: a word, seconds at worst, what to do meanwhile, what must drain
and whether it can still be read: behind the service's tick."""

from collections.abc import Iterable, Mapping

from django import forms
from django.http import QueryDict

from changeboard.directory.models import Service
from changes.domain.sheet import Sheet, Touch, Value, figures
from changes.models import Impact, Said
from maintenance.forms.lengths import LengthField

WORDED = ("meanwhile", "queue", "fallback", "fallback_words")
FIELDS = ("impact", "seconds", *WORDED)


class ImpactForm(forms.Form):
    """Empty word and empty seconds mean: as the risk figures say, also when these change later."""

    impact = forms.ChoiceField(
        label="Impact", choices=[("", "From the answers"), *Impact.choices], required=False
    )
    seconds = LengthField(label="At worst")
    fallback = forms.ChoiceField(
        label="Read-only fallback", choices=[("", "Not said"), *Said.choices], required=False
    )
    meanwhile = forms.CharField(label="What to do meanwhile", required=False, max_length=200)
    queue = forms.CharField(
        label="Queue that must drain afterwards, and how long that takes", required=False, max_length=80
    )
    fallback_words = forms.CharField(
        label="The fallback: who switches it, how fresh it is", required=False, max_length=200
    )

    def __init__(self, data=None, *, service: Service, **kwargs) -> None:
        super().__init__(data, prefix=f"service-{service.pk}", **kwargs)
        self.service = service

    @property
    def was_sent(self) -> bool:
        """Whether the page had these fields at all: a caller that knows only ticks changes nothing here."""
        return any(self.add_prefix(name) in self.data for name in FIELDS)

    def touch(self, proposed: Touch) -> Touch:
        """What was typed over what the figures propose. A word of one's own brings seconds of one's own."""
        given = self.cleaned_data
        word, length = given.get("impact"), given.get("seconds")
        spared = 0 if word else proposed.seconds
        return Touch(
            word or proposed.impact,
            spared if length is None else length,
            **{name: given.get(name, "") for name in WORDED},
        )


def forms_of(
    services: Iterable[Service], *, data: QueryDict | None, stored: Sheet, ticked: Iterable[object]
) -> list[ImpactForm]:
    """One form a service. Faults are looked for only where the service is ticked; what was typed into a
    row whose tick was removed is shown again, unread.
    """
    proposed, keys = by_figures(stored.answers), {str(key) for key in ticked}
    made = []
    for service in services:
        initial = shown(stored.services.get(service.pk), proposed)
        asked = data if str(service.pk) in keys else None
        form = ImpactForm(asked, service=service, initial={**initial, **unread(data, service)})
        made.append(form)
    return made


def unread(data: QueryDict | None, service: Service) -> dict[str, object]:
    """What stands in the fields of a service's row, as it was typed."""
    sent = {name: (data or {}).get(f"service-{service.pk}-{name}") for name in FIELDS}
    return {name: value for name, value in sent.items() if value is not None}


def shown(touch: Touch | None, proposed: Touch) -> dict[str, object]:
    """A stored touch as its row shows it: empty where it is what the figures propose."""
    if touch is None:
        return {}
    worded: dict[str, object] = {name: getattr(touch, name) for name in WORDED}
    if (touch.impact, touch.seconds) == (proposed.impact, proposed.seconds):
        return worded
    return {"impact": touch.impact, "seconds": touch.seconds, **worded}


def by_figures(answers: Mapping[str, Value]) -> Touch:
    """What the planned and worst-case downtime say of every ticked service."""
    figure = figures(answers)
    worst = figure.worst_down_seconds or 0
    if figure.planned_down_seconds:
        return Touch(Impact.OUTAGE.value, worst)
    return Touch((Impact.DEGRADED if worst else Impact.NO_IMPACT).value, worst)


def touches(
    services: Iterable[Service], answers: Mapping[str, Value], stored: Sheet | None = None
) -> dict[int, Touch]:
    """How each ticked service is touched: as stored while the figures stay, else as the figures say."""
    stored, proposed = stored or Sheet(), by_figures(answers)
    kept = stored.services if figures(answers) == figures(stored.answers) else {}
    return {service.pk: kept.get(service.pk, proposed) for service in services}


def typed(
    rows: Iterable[ImpactForm],
    services: Iterable[Service],
    answers: Mapping[str, Value],
    stored: Sheet,
) -> dict[int, Touch]:
    """The ticked services as their rows say; as `touches` says where a row was not sent."""
    proposed, whole = by_figures(answers), touches(services, answers, stored)
    said = {row.service.pk: row.touch(proposed) for row in rows if row.was_sent and row.is_valid()}
    return {key: said.get(key, touch) for key, touch in whole.items()}
