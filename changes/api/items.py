"""/api/v1/agenda-items/: an item with its votes, and voting and deciding over the same verbs as the pages.

A key may read; who votes or decides signs in (PRODUCT.md section 8).
"""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from changeboard import clock
from changeboard.people.api.permission import Gated
from changeboard.people.models import Person
from changes.actions import between, interests
from changes.actions.conditions import Wanted
from changes.models import AgendaItem, Choice, ConflictOfInterest, Decision, Outcome, Vote
from changes.queries.seats import bench, counted, voting_day


class VoteSerializer(serializers.ModelSerializer):
    person = serializers.CharField(source="person.username", read_only=True)
    cast_by = serializers.CharField(source="cast_by.username", default=None, read_only=True)

    class Meta:
        model = Vote
        fields = ["person", "cast_by", "choice", "reason", "at"]


class DecisionSerializer(serializers.ModelSerializer):
    by = serializers.CharField(source="by.username", read_only=True)

    class Meta:
        model = Decision
        fields = ["outcome", "sentence", "is_casting_vote", "by", "at"]


class StandingSerializer(serializers.Serializer):
    """`standing`: open, decided, tie (the chair's casting vote) or hopeless."""

    standing = serializers.CharField()
    approve = serializers.IntegerField(source="tally.approve")
    object = serializers.IntegerField(source="tally.objections")
    abstain = serializers.IntegerField(source="tally.abstain")
    to_come = serializers.IntegerField(source="tally.to_come")
    has_quorum = serializers.BooleanField(source="quorum.is_met")
    missing = serializers.ListField(source="quorum.missing", child=serializers.CharField())
    missing_groups = serializers.ListField(source="quorum.missing_groups", child=serializers.CharField())


class ConflictSerializer(serializers.ModelSerializer):
    person = serializers.CharField(source="person.username", read_only=True)

    class Meta:
        model = ConflictOfInterest
        fields = ["person", "reason", "at"]


class ItemSerializer(serializers.ModelSerializer):
    """One item of an agenda; `count` is how its votes and its quorum stand."""

    meeting = serializers.DateField(source="meeting.on", read_only=True)
    change = serializers.CharField(source="change.reference", default=None, read_only=True)
    kind = serializers.CharField(read_only=True)
    template = serializers.IntegerField(source="template_id", read_only=True)
    votes_until = serializers.SerializerMethodField(help_text="Of an electronic vote that runs.")
    conflicts = serializers.SerializerMethodField()
    votes = VoteSerializer(many=True, read_only=True)
    count = serializers.SerializerMethodField()
    decision = DecisionSerializer(default=None, read_only=True)

    class Meta:
        model = AgendaItem
        fields = [
            "id", "meeting", "position", "kind", "change", "template", "votes", "votes_until", "conflicts",
            "count", "decision",
        ]  # fmt: skip

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_votes_until(self, item):
        running = item.electronic_votes.open().with_item().first()
        return running.ends_at if running else None

    @extend_schema_field(ConflictSerializer(many=True))
    def get_conflicts(self, item):
        rows = ConflictOfInterest.objects.about(item.subject).standing() if item.subject else ()
        return ConflictSerializer(rows, many=True).data

    @extend_schema_field(StandingSerializer)
    def get_count(self, item) -> dict[str, object]:
        return StandingSerializer(counted(item, bench(item.subject, voting_day(item, clock.now())))).data


class InterestSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class BallotSerializer(serializers.Serializer):
    choice = serializers.ChoiceField(choices=Choice.choices)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class WantedSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=300)
    owner = serializers.SlugRelatedField(slug_field="username", queryset=Person.objects.active())
    due_at = serializers.DateTimeField()


class RecordedSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    sentence = serializers.CharField(max_length=1000, allow_blank=True, default="")
    conditions = WantedSerializer(many=True, default=list)


class ItemViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    permission_classes = [Gated]
    gates = {
        "retrieve": ("changes.read", "meetings:read"),
        "vote": ("changes.vote", None),
        "decide": ("changes.decide", None),
        "declare": ("changes.declare_conflict", None),
        "take_back": ("changes.declare_conflict", None),
    }
    serializer_class = ItemSerializer

    def get_queryset(self):
        return AgendaItem.objects.with_meeting().prefetch_related("votes__person", "votes__cast_by")

    def _answer(self, item: AgendaItem) -> Response:
        return Response(ItemSerializer(self.get_queryset().get(pk=item.pk)).data)

    @extend_schema(request=BallotSerializer, responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def vote(self, request, pk: str) -> Response:
        """Vote, or change one's vote until the decision."""
        item, given = self.get_object(), BallotSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        between.vote(item, **given.validated_data, by=request.user, at=clock.now())
        return self._answer(item)

    @extend_schema(request=InterestSerializer, responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="conflict")
    def declare(self, request, pk: str) -> Response:
        """Declare a conflict of interest: no vote on this item; one that was cast is taken out."""
        item, given = self.get_object(), InterestSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        interests.declare(item, **given.validated_data, by=request.user, at=clock.now())
        return self._answer(item)

    @extend_schema(request=None, responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="conflict/take-back")
    def take_back(self, request, pk: str) -> Response:
        item = self.get_object()
        interests.take_back(item, by=request.user, at=clock.now())
        return self._answer(item)

    @extend_schema(request=RecordedSerializer, responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request, pk: str) -> Response:
        """Record the decision. 400 without quorum, naming who is missing; 409 when it was taken already."""
        item, given = self.get_object(), RecordedSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        wanted = [Wanted(**each, row=row) for row, each in enumerate(data.pop("conditions"), 1)]
        between.decide(item, **data, conditions=wanted, by=request.user, at=clock.now())
        return self._answer(item)
