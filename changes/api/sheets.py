"""A sheet as JSON: codes and references in, ids for the verbs; every fault by its field, all at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rest_framework import serializers

from changeboard.directory.models import Service, System
from changeboard.people.models import Person
from changeboard.refusal import Refusal
from changes.domain.sheet import Sheet, Step, Touch
from changes.forms.impacts import WORDED, touches
from changes.forms.questions import LARGEST
from changes.models import AnswerType, Impact, Kind, Phase, RiskQuestion, Said, Template
from maintenance.models import Window

UNKEPT = re.compile("[\x00\ud800-\udfff]")
WEEK = 7 * 24 * 3600


class StepSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=300)
    undo = serializers.CharField(max_length=300, allow_blank=True, default="")
    phase = serializers.ChoiceField(choices=Phase.choices, default=Phase.DURING)
    owner = serializers.SlugRelatedField(
        slug_field="username", queryset=Person.objects.active(), allow_null=True, default=None
    )
    planned_seconds = serializers.IntegerField(min_value=0, max_value=WEEK, default=0)
    worst_seconds = serializers.IntegerField(min_value=0, max_value=WEEK, default=0)
    undo_seconds = serializers.IntegerField(min_value=0, max_value=WEEK, default=0)
    needs_downtime = serializers.BooleanField(default=False)


class ImpactSerializer(serializers.Serializer):
    service = serializers.SlugRelatedField(slug_field="slug", queryset=Service.objects.all())
    impact = serializers.ChoiceField(choices=Impact.choices, required=False)
    seconds = serializers.IntegerField(min_value=0, max_value=WEEK, default=0)
    meanwhile = serializers.CharField(max_length=200, allow_blank=True, default="")
    queue = serializers.CharField(max_length=80, allow_blank=True, default="")
    fallback = serializers.ChoiceField(choices=Said.choices, allow_blank=True, default="")
    fallback_words = serializers.CharField(max_length=200, allow_blank=True, default="")


class SheetSerializer(serializers.Serializer):
    """What a change is filed from. Lengths in seconds; answers by question key."""

    title = serializers.CharField(max_length=160, allow_blank=True, default="")
    why = serializers.CharField(max_length=8000, allow_blank=True, default="")
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.NORMAL)
    systems = serializers.SlugRelatedField(
        slug_field="code", queryset=System.objects.all(), many=True, default=list
    )
    services = ImpactSerializer(many=True, default=list)
    answers = serializers.DictField(default=dict)
    steps = StepSerializer(many=True, default=list)
    window = serializers.SlugRelatedField(
        slug_field="reference", queryset=Window.objects.all(), allow_null=True, default=None
    )
    client_paragraph = serializers.CharField(max_length=2000, allow_blank=True, default="")
    regulated = serializers.ChoiceField(choices=Said.choices, allow_blank=True, default="")
    regulated_which = serializers.CharField(max_length=200, allow_blank=True, default="")
    template = serializers.SlugRelatedField(
        slug_field="name", queryset=Template.objects.all(), allow_null=True, default=None
    )
    form_token = serializers.UUIDField(
        required=False, help_text="The same token again gives the change that the first call made."
    )

    def validate_answers(self, answers):
        questions = {question.key: question for question in RiskQuestion.objects.asked()}
        faults = {key: fault(questions.get(key), value) for key, value in answers.items()}
        found = {key: [text] for key, text in faults.items() if text}
        if found:
            raise serializers.ValidationError(found)
        return answers

    def sheet(self) -> Sheet:
        given = self.validated_data
        return Sheet(
            title=given["title"],
            why=given["why"],
            kind=given["kind"],
            systems=frozenset(system.pk for system in given["systems"]),
            services=self._services(given),
            answers=given["answers"],
            steps=tuple(step_of(row) for row in given["steps"]),
            window=given["window"].pk if given["window"] else None,
            client_paragraph=given["client_paragraph"],
            template=given["template"].pk if given["template"] else None,
            regulated=given["regulated"],
            regulated_which=given["regulated_which"],
        )

    def _services(self, given) -> dict[int, Touch]:
        by_figures = touches([row["service"] for row in given["services"]], given["answers"])
        return {
            row["service"].pk: replace(
                Touch(row["impact"], row["seconds"]) if "impact" in row else by_figures[row["service"].pk],
                **{name: row[name] for name in WORDED},
            )
            for row in given["services"]
        }


def as_sent(refusal: Refusal, services: Sequence[int]) -> Refusal:
    """The same reasons; about a service by its place among `services` (ids, as read): services.0.seconds."""
    places = {str(service): place for place, service in enumerate(services)}
    reasons = [replace(reason, field=_as_sent(reason.field, places)) for reason in refusal.reasons]
    return Refusal(reasons, conflict=refusal.conflict, legal=refusal.legal)


def _as_sent(field: str, places: Mapping[str, int]) -> str:
    row, _, name = field.removeprefix("service-").partition("-")
    return f"services.{places[row]}.{name}" if field.startswith("service-") and row in places else field


def step_of(row) -> Step:
    owner = row["owner"].pk if row["owner"] else None
    return Step(**{**row, "owner": owner})


def fault(question: RiskQuestion | None, value) -> str:
    """What is wrong with an answer, "" when nothing is."""
    if question is None:
        return "There is no such question."
    match question.type:
        case AnswerType.SECONDS:
            return "" if is_length(value) else "A whole number of seconds is needed."
        case AnswerType.NUMBER:
            return "" if is_number(value) else f"A whole number from 0 to {LARGEST} is needed."
        case AnswerType.SERVICES:
            return _no_services(value)
        case AnswerType.PERCENT:
            return "" if is_length(value) and value <= 100 else "A whole number from 0 to 100 is needed."
        case AnswerType.CHOICE:
            codes = [code for code, _ in question.choices]
            return "" if value in codes else f"Choose one of: {', '.join(codes)}."
        case AnswerType.TEXT_AND_SECONDS:
            whole = isinstance(value, dict) and is_text(value.get("text"))
            whole = whole and set(value) == {"text", "seconds"} and is_length(value["seconds"])
            return "" if whole else "An object with “text” and “seconds” is needed."
    return "" if is_text(value) else "Text of at most 4000 signs is needed."


def _no_services(value) -> str:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return "A list of services is needed."
    known = set(Service.objects.values_list("slug", flat=True))
    unknown = [each for each in value if each not in known]
    return f"There is no such service: {', '.join(unknown)}." if unknown else ""


def is_number(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def is_text(value) -> bool:
    """Text that PostgreSQL can keep: no NUL, no half of a surrogate pair."""
    return isinstance(value, str) and len(value) <= 4000 and not UNKEPT.search(value)


def is_length(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= WEEK
