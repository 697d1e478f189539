"""/api/v1/conditions/: what approvals hang on, met and reopened over the same verbs as the pages."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from changeboard import clock
from changeboard.people.api.permission import Gated
from changes.actions import conditions
from changes.models import Condition

PEOPLE = ("owner", "met_by")


class ConditionSerializer(serializers.ModelSerializer):
    change = serializers.CharField(source="change.reference", read_only=True)
    owner = serializers.CharField(source="owner.username", read_only=True)
    met_by = serializers.CharField(source="met_by.username", default=None, read_only=True)
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = Condition
        fields = [
            "id", "change", "text", "owner", "due_at", "is_overdue", "met_at", "met_by", "evidence", "link",
            "reopened_because",
        ]  # fmt: skip

    def get_is_overdue(self, condition) -> bool:
        return condition.is_overdue(clock.now())


class EvidenceSerializer(serializers.Serializer):
    evidence = serializers.CharField(max_length=300, allow_blank=True, default="")
    link = serializers.CharField(max_length=500, allow_blank=True, default="")


class ReopeningSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class ConditionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    permission_classes = [Gated]
    gates = {
        "list": ("changes.read", "changes:read"),
        "retrieve": ("changes.read", "changes:read"),
        "meet": ("changes.meet_condition", "changes:write"),
        "reopen": ("changes.reopen_condition", None),
    }
    serializer_class = ConditionSerializer

    def get_queryset(self):
        """Soonest due first; `open=yes` those to be met, `owner` a username, `change` a reference."""
        asked, rows = self.request.query_params, Condition.objects.select_related("change", *PEOPLE)
        if asked.get("open") == "yes":
            rows = rows.filter(met_at=None)
        if owner := asked.get("owner"):
            rows = rows.filter(owner__username=owner)
        return rows.filter(change__reference=asked["change"]) if asked.get("change") else rows

    @extend_schema(
        parameters=[
            OpenApiParameter("open", OpenApiTypes.STR, description="yes: only those to be met"),
            OpenApiParameter("owner", OpenApiTypes.STR, description="username"),
            OpenApiParameter("change", OpenApiTypes.STR, description="reference"),
        ]
    )
    def list(self, request, *args, **kwargs) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(request=EvidenceSerializer, responses=ConditionSerializer)
    @action(detail=True, methods=["post"])
    def meet(self, request, pk: str) -> Response:
        """400 without a word of evidence; a second time changes nothing."""
        condition, given = self.get_object(), EvidenceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        conditions.meet(condition, **given.validated_data, by=request.user, at=clock.now())
        return Response(ConditionSerializer(self.get_queryset().get(pk=condition.pk)).data)

    @extend_schema(request=ReopeningSerializer, responses=ConditionSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request, pk: str) -> Response:
        """400 without a reason; 409 while it is open, and once the change is over."""
        condition, given = self.get_object(), ReopeningSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        conditions.reopen(condition, **given.validated_data, by=request.user, at=clock.now())
        return Response(ConditionSerializer(self.get_queryset().get(pk=condition.pk)).data)
