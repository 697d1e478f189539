"""/api/v1/windows/: the calendar for scripts; create, move, resize and cancel over the same verbs as the pages.

A key may read; who plans windows signs in (PRODUCT.md section 8).
"""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from changeboard import clock
from changeboard.directory.models import System
from changeboard.people.api.permission import Gated
from maintenance.actions import scheduling
from maintenance.domain import lifecycle
from maintenance.domain.wall_time import FIRST, SECOND
from maintenance.models import Window, WindowRevision, WindowState
from maintenance.queries import told

READ = "windows:read"
MOST_SECONDS = 86_400


class WindowSerializer(serializers.ModelSerializer):
    """A window. Instants in UTC; `on` and `start_time` are its wall time in `time_zone`."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    system = serializers.SlugRelatedField(slug_field="code", read_only=True)
    legal = serializers.SerializerMethodField(help_text="Acts that are possible in this state.")

    class Meta:
        model = Window
        fields = [
            "reference", "url", "system", "state", "legal", "on", "start_time", "later_of_two", "time_zone",
            "starts_at", "ends_at", "length_seconds", "budget_seconds", "revision", "reason", "announced_at",
            "started_at", "finished_at", "actual_downtime_seconds", "outcome",
        ]  # fmt: skip

    def get_legal(self, window) -> list[str]:
        return lifecycle.legal(window.state)


class RevisionSerializer(serializers.ModelSerializer):
    by = serializers.CharField(source="by.username", default=None, read_only=True)

    class Meta:
        model = WindowRevision
        fields = ["revision", "kind", "starts_at", "ends_at", "budget_seconds", "reason", "by", "at"]


class ToldSerializer(serializers.Serializer):
    clients = serializers.IntegerField()
    contacts = serializers.IntegerField()


class WholeWindowSerializer(WindowSerializer):
    """One window with its revisions, and who would have to be told if it moved or were cancelled."""

    revisions = RevisionSerializer(many=True, read_only=True)
    would_be_told = serializers.SerializerMethodField()

    class Meta(WindowSerializer.Meta):
        fields = [*WindowSerializer.Meta.fields, "revisions", "would_be_told"]

    @extend_schema_field(ToldSerializer)
    def get_would_be_told(self, window):
        return ToldSerializer(told.by_window([window])[window.pk]).data


class SlotSerializer(serializers.Serializer):
    """`which`, first or second, where the clocks bring that hour twice."""

    on = serializers.DateField()
    start_time = serializers.TimeField()
    which = serializers.ChoiceField(choices=[FIRST, SECOND], default="")


class SizeSerializer(serializers.Serializer):
    length_seconds = serializers.IntegerField(min_value=60, max_value=MOST_SECONDS)
    budget_seconds = serializers.IntegerField(min_value=0, max_value=MOST_SECONDS)


class WhySerializer(serializers.Serializer):
    """`seen`: the revision that you read; refused (409) when somebody was quicker."""

    reason = serializers.CharField(max_length=300, allow_blank=True, default="")
    seen = serializers.IntegerField(required=False, allow_null=True, default=None)


class PlanSerializer(SlotSerializer, SizeSerializer):
    system = serializers.SlugRelatedField(slug_field="code", queryset=System.objects.all())
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class MoveSerializer(SlotSerializer, WhySerializer):
    pass


class ResizeSerializer(SizeSerializer, WhySerializer):
    pass


class WindowViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    permission_classes = [Gated]
    gates = {
        "list": ("maintenance.read", READ),
        "retrieve": ("maintenance.read", READ),
        "create": ("maintenance.create_window", None),
        "move": ("maintenance.move_window", None),
        "resize": ("maintenance.move_window", None),
        "cancel": ("maintenance.cancel_window", None),
    }
    lookup_field = "reference"
    serializer_class = WindowSerializer

    def get_queryset(self):
        """The soonest first; `system` a code, `state`, `from` and `until` days (both included)."""
        rows, asked = (
            Window.objects.for_pages().order_by("starts_at", "pk"),
            FilterSerializer(data=self.request.GET),
        )
        if self.detail:
            return rows
        asked.is_valid(raise_exception=True)
        return rows.filter(**asked.filters())

    def get_serializer_class(self):
        return WholeWindowSerializer if self.action == "retrieve" else WindowSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("system", OpenApiTypes.STR, description="code of a system"),
            OpenApiParameter("state", OpenApiTypes.STR, enum=WindowState.values),
            OpenApiParameter("from", OpenApiTypes.DATE),
            OpenApiParameter("until", OpenApiTypes.DATE),
        ]
    )
    def list(self, request, *args, **kwargs) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(request=PlanSerializer, responses={201: WholeWindowSerializer})
    def create(self, request) -> Response:
        """Plan a window off the cadence. 400 names the clash and the nearest free days."""
        window = scheduling.create_window(**_valid(PlanSerializer, request), by=request.user, at=clock.now())
        return Response(WholeWindowSerializer(window).data, status=201)

    @extend_schema(request=MoveSerializer, responses=WholeWindowSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request, reference: str) -> Response:
        """Another day or hour. Whoever `would_be_told` is told at once."""
        return self._done(scheduling.move, MoveSerializer, request)

    @extend_schema(request=ResizeSerializer, responses=WholeWindowSerializer)
    @action(detail=True, methods=["post"])
    def resize(self, request, reference: str) -> Response:
        """Another length or downtime budget, in seconds."""
        return self._done(scheduling.resize, ResizeSerializer, request)

    @extend_schema(request=WhySerializer, responses=WholeWindowSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request, reference: str) -> Response:
        """For good: what is planned again is a new window."""
        return self._done(scheduling.cancel, WhySerializer, request)

    def _done(self, verb, serializer, request) -> Response:
        window = verb(self.get_object(), **_valid(serializer, request), by=request.user, at=clock.now())
        return Response(WholeWindowSerializer(window).data)


class FilterSerializer(serializers.Serializer):
    system = serializers.CharField(required=False)
    state = serializers.ChoiceField(choices=WindowState.choices, required=False)
    until = serializers.DateField(required=False)

    def get_fields(self):
        return {**super().get_fields(), "from": serializers.DateField(required=False)}

    def filters(self) -> dict[str, object]:
        """As the rows are filtered."""
        names = {"system": "system__code", "state": "state", "from": "on__gte", "until": "on__lte"}
        return {names[name]: value for name, value in self.validated_data.items()}


def _valid(serializer, request) -> dict[str, object]:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
