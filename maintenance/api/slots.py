"""/api/v1/slots/: the search for slots as JSON; its parameters are those of the page."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from changeboard import clock
from changeboard.people.api.permission import Gated
from maintenance.forms.slots import slot_form
from maintenance.queries import lists
from maintenance.queries.slot_lines import Lines
from maintenance.queries.slots import answer

PARAMETERS = {
    "system": "A system's code; may be given several times.",
    "length": "Minutes.",
    "down": "Downtime at worst, minutes or minutes and seconds: 0:30.",
    "planned": "Downtime as planned; the worst case where left out.",
    "first": "The first day, 2027-01-31. The search ends with the planning horizon.",
    "month": "Only this month, 2027-01.",
    "earliest": "The hour before which nothing starts, on the platform's clock.",
    "latest": "The hour by which it is over; 00:00 is midnight.",
    "weekends": "Given: weekends too.",
    "weight": "How often an urgent order counts.",
    "no_go": "rank_down, leave_out or ignore: a client's no-go date.",
    "lead": "rank_down, leave_out or ignore: less lead than a contract asks.",
    "twice": "rank_down, leave_out or ignore: a client hit twice in a week.",
    "service": "A touched service's slug; may be given several times.",
}


class ReasonsSerializer(serializers.Serializer):
    reasons = serializers.SerializerMethodField()

    def get_reasons(self, line) -> list[str]:
        return [said.text for said in line.said]


class SlotSerializer(ReasonsSerializer):
    """One free day for a new window, at its best start."""

    rank = serializers.IntegerField(source="place")
    on = serializers.DateField(source="slot.on")
    starts_at = serializers.DateTimeField(source="slot.starts_at")
    ends_at = serializers.DateTimeField(source="slot.ends_at")
    short_notice = serializers.BooleanField(source="slot.is_short_notice")
    holiday = serializers.CharField(source="slot.holiday")
    orders = serializers.FloatField(source="slot.orders", allow_null=True)
    clients_hit_badly = serializers.DictField(source="slot.hit.counts", child=serializers.IntegerField())


class RideSerializer(ReasonsSerializer):
    """A window that is there already."""

    window = serializers.CharField(source="reference")
    url = serializers.CharField()
    fits = serializers.BooleanField(source="ride.fits")
    starts_at = serializers.DateTimeField(source="ride.span.starts_at")
    ends_at = serializers.DateTimeField(source="ride.span.ends_at")
    short_notice = serializers.BooleanField(source="ride.is_short_notice")
    orders = serializers.FloatField(source="ride.orders", allow_null=True)


class StoodSerializer(serializers.Serializer):
    days = serializers.IntegerField()
    reason = serializers.CharField(source="text")


class MissSerializer(serializers.Serializer):
    on = serializers.DateField()
    reasons = serializers.ListField(source="said", child=serializers.CharField())


class FoundSerializer(serializers.Serializer):
    """`against`: how many days each thing stood against, those without a free start."""

    windows = RideSerializer(source="rides", many=True)
    slots = SlotSerializer(many=True)
    against = StoodSerializer(many=True)
    nearest_misses = MissSerializer(source="nearest", many=True)


class Slots(viewsets.GenericViewSet):
    permission_classes = [Gated]
    gates = {"list": ("maintenance.read", "windows:read")}
    serializer_class = FoundSerializer
    pagination_class = None

    @extend_schema(
        parameters=[OpenApiParameter(name, str, description=words) for name, words in PARAMETERS.items()],
        responses=FoundSerializer,
    )
    def list(self, request) -> Response:
        """Where something fits: windows with room left, and free days for a new one, ranked."""
        now = clock.now()
        form = slot_form(request.query_params, now=now)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        found = Lines(answer(form.question(now=now), now=now), lists.systems(), most=400)
        return Response(FoundSerializer(found).data)
