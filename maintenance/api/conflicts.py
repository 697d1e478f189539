"""/api/v1/windows/RIS-2026-12/conflicts/: what stands against a window, and who answers for it."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from changeboard.people.api.permission import Gated
from changeboard.people.models import Key
from maintenance.domain.conflicts import Kind
from maintenance.models import Window
from maintenance.queries import conflicts

# Their sentences name clients, which no key reads (PRODUCT.md section 8).
NAMING_CLIENTS = (Kind.NO_GO, Kind.TWICE, Kind.SHORT_LEAD)


class AcceptedSerializer(serializers.Serializer):
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class WindowConflictSerializer(serializers.Serializer):
    """`refused`: nothing may lie there. `accepted`: who answers for it, null while nobody does."""

    kind = serializers.CharField(source="conflict.kind.value")
    about = serializers.CharField(source="conflict.about")
    title = serializers.CharField()
    sentence = serializers.SerializerMethodField(help_text="Empty for a key where it would name clients.")
    refused = serializers.BooleanField(source="conflict.is_refused")
    accepted = AcceptedSerializer(allow_null=True)

    def get_sentence(self, standing) -> str:
        hides = self.context["by_key"] and standing.conflict.kind in NAMING_CLIENTS
        return "" if hides else standing.sentence


class WindowConflicts(viewsets.ViewSet):
    permission_classes = [Gated]
    gates = {"list": ("maintenance.read", "windows:read")}

    @extend_schema(operation_id="windows_conflicts", responses=WindowConflictSerializer(many=True))
    def list(self, request, reference: str) -> Response:
        """In the order of their gravity; empty for a window that is under way or over."""
        window = get_object_or_404(Window.objects.for_pages(), reference=reference)
        found = conflicts.standing(window)
        context = {"by_key": isinstance(request.auth, Key)}
        return Response(WindowConflictSerializer(found, many=True, context=context).data)
