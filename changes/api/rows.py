"""A change as JSON for reading."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from changeboard import clock
from changes.domain import lifecycle
from changes.forms.impacts import WORDED
from changes.models import Change


class ChangeSerializer(serializers.ModelSerializer):
    """A line of the list: what it is, where it stands, how risky it is, when it goes."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    requester = serializers.CharField(source="requester.username", read_only=True)
    systems = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    window = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    short_notice = serializers.SerializerMethodField()
    legal = serializers.SerializerMethodField(help_text="Acts that are possible in this state.")

    class Meta:
        model = Change
        fields = [
            "reference", "url", "title", "kind", "state", "legal", "requester", "systems", "window",
            "short_notice", "planned_down_seconds", "worst_down_seconds", "undo_seconds", "confidence",
            "likelihood", "impact", "risk_score", "risk_level", "created_at", "submitted_at", "decided_at",
            "closed_at", "close_code",
        ]  # fmt: skip

    def get_short_notice(self, change) -> bool:
        return change.is_short_notice(now=clock.now())

    def get_legal(self, change) -> list[str]:
        return lifecycle.legal(change.state)


class WholeChangeSerializer(ChangeSerializer):
    """One change with its answers, services and plan."""

    rule_set = serializers.IntegerField(source="rule_set.version", default=None, read_only=True)
    answers = serializers.SerializerMethodField()
    services = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()

    class Meta(ChangeSerializer.Meta):
        fields = [
            *ChangeSerializer.Meta.fields, "why", "test_statement", "client_paragraph", "regulated",
            "regulated_which", "rule_set", "version", "answers", "services", "steps",
        ]  # fmt: skip

    @extend_schema_field(serializers.DictField)
    def get_answers(self, change) -> dict[str, object]:
        return dict(change.answers.values_list("question__key", "value"))

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_services(self, change) -> list[dict[str, object]]:
        rows = change.impacts.select_related("service")
        return [
            {
                "service": row.service.slug,
                "impact": row.impact,
                "seconds": row.seconds,
                **{name: getattr(row, name) for name in WORDED},
            }
            for row in rows
        ]

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_steps(self, change) -> list[dict[str, object]]:
        columns = ("position", "phase", "text", "undo", "undo_seconds", "owner__username",
                   "planned_seconds", "worst_seconds", "needs_downtime")  # fmt: skip
        rows = change.steps.values(*columns)
        return [{name.removesuffix("__username"): value for name, value in row.items()} for row in rows]
