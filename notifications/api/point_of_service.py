"""/api/v1/point-of-service/: what a client's order system shows now, and what it reports as shown."""

import hashlib
import json

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from changeboard import clock
from notifications.actions import showing
from notifications.api.authentication import ClientOnly, OmsKeyAuthentication
from notifications.domain.display import Phase
from notifications.queries import point_of_service


class SystemShownSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    impact = serializers.ChoiceField(["no_impact", "reduced_redundancy", "degraded", "outage"])


class AnswerSerializer(serializers.Serializer):
    """The shape of the answer, for the schema. Instants are RFC 3339 in UTC."""

    schema = serializers.CharField()
    phase = serializers.ChoiceField([phase.value for phase in Phase])
    level = serializers.ChoiceField(["none", "info", "outage"])
    window = serializers.CharField(allow_blank=True)
    sequence = serializers.IntegerField()
    headline = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)
    workaround = serializers.CharField(allow_blank=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    local = serializers.DictField(child=serializers.CharField())
    systems = SystemShownSerializer(many=True)
    next_change_at = serializers.DateTimeField(allow_null=True)
    valid_until = serializers.DateTimeField()
    poll_after_s = serializers.IntegerField()
    acknowledge = serializers.URLField(allow_null=True)


class ReportSerializer(serializers.Serializer):
    """What the screen showed: `window`, `phase` and `sequence` as they stood in the answer."""

    window = serializers.CharField(max_length=20)
    phase = serializers.ChoiceField([phase.value for phase in Phase if phase is not Phase.NOTHING])
    sequence = serializers.IntegerField(min_value=0, max_value=10_000)
    actor = serializers.CharField(
        max_length=120, default="", allow_blank=True, help_text="Which screen or desk; never a patient."
    )


class OmsView(APIView):
    """For order systems only."""

    gate = "a client’s OMS key"
    authentication_classes = [OmsKeyAuthentication]
    permission_classes = [ClientOnly]


class PointOfServiceView(OmsView):
    @extend_schema(responses={200: AnswerSerializer, 304: OpenApiResponse(description="Nothing has changed")})
    def get(self, request: Request) -> HttpResponse:
        """What to show now. Ask again after `poll_after_s`; send the ETag along as If-None-Match."""
        answer = point_of_service.answer(request.auth, now=clock.now()).as_json()
        content = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
        response = HttpResponse(content, content_type="application/json; charset=utf-8")
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        response["ETag"] = etag
        # The order system's own server asks: it may keep the answer, not show it unchecked.
        patch_cache_control(response, private=True, no_cache=True)
        return get_conditional_response(request._request, etag=etag, response=response) or response


class ShownView(OmsView):
    @extend_schema(request=ReportSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """The banner stood on a screen. Repeats write nothing."""
        showing.shown(request.auth, **_report(request), at=clock.now())
        return Response(status=204)


class AcknowledgeView(OmsView):
    @extend_schema(request=ReportSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Somebody has read it."""
        showing.acknowledge(request.auth, **_report(request), at=clock.now())
        return Response(status=204)


def _report(request: Request) -> dict[str, object]:
    report = ReportSerializer(data=request.data)
    report.is_valid(raise_exception=True)
    return {**report.validated_data, "phase": Phase(report.validated_data["phase"])}
