"""/api/v1/changes/: list, read, file, submit and withdraw, over the same verbs as the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from changeboard import clock
from changeboard.people.api.permission import Gated
from changeboard.refusal import Refusal
from changes.actions import between, filing
from changes.api.items import ItemSerializer
from changes.api.rows import ChangeSerializer, WholeChangeSerializer
from changes.api.sheets import SheetSerializer, as_sent
from changes.forms.filters import FilterForm
from changes.models import Change
from changes.queries import lists

READ, WRITE = "changes:read", "changes:write"


class WithdrawalSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class ElectronicVoteSerializer(serializers.Serializer):
    deadline_at = serializers.DateTimeField()
    why = serializers.CharField(max_length=300, allow_blank=True, default="")


class ChangeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Filters of the list are those of the page: view, q, state, system, kind, risk, short, window,
    requester, group, ref, sort. Each but view, q and sort may be given several times.
    """

    permission_classes = [Gated]
    gates = {
        "list": ("changes.read", READ),
        "retrieve": ("changes.read", READ),
        "create": ("changes.file", WRITE),
        "submit": ("changes.submit", WRITE),
        "withdraw": ("changes.withdraw", WRITE),
        "electronic_vote": ("changes.decide", None),
    }
    lookup_field = "reference"
    serializer_class = ChangeSerializer

    def get_queryset(self):
        if self.detail:
            return Change.objects.for_pages().select_related("rule_set")
        filters = FilterForm(self.request.query_params).filters()
        return lists.found(filters, person=self.request.user, now=clock.now())

    def get_serializer_class(self):
        return WholeChangeSerializer if self.action == "retrieve" else ChangeSerializer

    @extend_schema(request=SheetSerializer, responses={201: WholeChangeSerializer})
    def create(self, request) -> Response:
        """File a draft. `POST …/submit/` hands it to the board."""
        asked = SheetSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        change = filing.file(
            asked.sheet(),
            by=request.user,
            at=clock.now(),
            form_token=asked.validated_data.get("form_token"),
        )
        return Response(WholeChangeSerializer(change).data, status=201)

    @extend_schema(request=None, responses=WholeChangeSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request, reference: str) -> Response:
        """400 names everything that is missing; 409 when it was submitted already."""
        asked = self.get_object()
        try:
            change = filing.submit(asked, by=request.user, at=clock.now())
        except Refusal as refusal:
            raise as_sent(refusal, asked.touched_services()) from refusal
        return Response(WholeChangeSerializer(change).data)

    @extend_schema(request=ElectronicVoteSerializer, responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="electronic-vote")
    def electronic_vote(self, request, reference: str) -> Response:
        """Put it to an electronic vote until the deadline; answers the item that is voted on."""
        given = ElectronicVoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = between.ask(self.get_object(), **given.validated_data, by=request.user, at=clock.now())
        return Response(ItemSerializer(asked.item).data)

    @extend_schema(request=WithdrawalSerializer, responses=WholeChangeSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, reference: str) -> Response:
        given = WithdrawalSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        change = filing.withdraw(self.get_object(), by=request.user, at=clock.now(), **given.validated_data)
        return Response(WholeChangeSerializer(change).data)
