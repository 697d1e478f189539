"""/api/v1/open/?system=RIS: one question for a pipeline: may I, until when, and why not."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from changeboard import clock
from changeboard.directory.models import System
from changeboard.people.api.permission import Gated
from maintenance import labels
from maintenance.domain.opening import Why
from maintenance.queries import opening


class OpeningSerializer(serializers.Serializer):
    """`until`: when the answer ends if nobody changes anything; null where nothing is planned."""

    system = serializers.CharField()
    allowed = serializers.BooleanField()
    why = serializers.ChoiceField([why.value for why in Why])
    sentence = serializers.CharField()
    window = serializers.CharField(allow_blank=True)
    until = serializers.DateTimeField(allow_null=True)


class OpeningViewSet(viewsets.ViewSet):
    permission_classes = [Gated]
    gates = {"list": ("maintenance.read", "windows:read")}

    @extend_schema(
        operation_id="open_now",
        parameters=[OpenApiParameter("system", str, required=True, description="code of a system")],
        responses=OpeningSerializer,
    )
    def list(self, request) -> Response:
        """Whether a system may be worked on now."""
        system = get_object_or_404(System, code=request.query_params.get("system", ""))
        found = opening.of_system(system, now=clock.now())
        said = {"system": system.code, "sentence": labels.OPENING[found.why], **vars(found)}
        return Response(OpeningSerializer(said).data)
