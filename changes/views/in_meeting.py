"""What members do on an item of a meeting: they vote, ask, answer, stand for an answer, decide, and note."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.people.gate import Visit, may
from changes.actions import between, board, conditions, interests, parking
from changes.forms.board import DecisionForm, InterestForm, TextForm, VoteForm
from changes.forms.in_meeting import AnswerForm, AskForm, MeetForm, ParkForm, SettleForm
from changes.models import AgendaItem, Change, Condition, ParkedPoint, Question
from changes.views.meeting_screen import act


@require_POST
@may("changes.vote", on=AgendaItem.objects.with_meeting)
def vote(request: Visit, item: AgendaItem) -> HttpResponse:
    verb = partial(between.vote, item, by=request.user, at=clock.now())
    return act(request, item, verb, form=VoteForm(request.POST), name="vote_form")


@require_POST
@may("changes.declare_conflict", on=AgendaItem.objects.with_meeting)
def declare(request: Visit, item: AgendaItem) -> HttpResponse:
    verb = partial(interests.declare, item, by=request.user, at=clock.now())
    return act(
        request, item, verb, form=InterestForm(request.POST, auto_id="interest_%s"), name="interest_form"
    )


@require_POST
@may("changes.declare_conflict", on=AgendaItem.objects.with_meeting)
def take_back(request: Visit, item: AgendaItem) -> HttpResponse:
    return act(request, item, partial(interests.take_back, item, by=request.user, at=clock.now()))


@require_POST
@may("changes.decide", on=AgendaItem.objects.with_meeting)
def decide(request: Visit, item: AgendaItem) -> HttpResponse:
    verb = partial(between.decide, item, by=request.user, at=clock.now())
    return act(request, item, verb, form=DecisionForm(request.POST), name="decision_form")


@require_POST
@may("changes.ask", on=AgendaItem.objects.with_meeting)
def note(request: Visit, item: AgendaItem) -> HttpResponse:
    verb = partial(board.note, item, by=request.user, at=clock.now())
    return act(
        request, item, verb, form=TextForm(request.POST, auto_id=f"note_{item.pk}_%s"), name="note_form"
    )


@require_POST
@may("changes.ask", on=AgendaItem.objects.with_meeting)
def ask(request: Visit, item: AgendaItem) -> HttpResponse:
    verb = partial(board.ask, _change(item), by=request.user, at=clock.now())
    return act(request, item, verb, form=AskForm(request.POST, item=item.pk), name="ask_form")


@require_POST
@may("changes.answer", on=AgendaItem.objects.with_meeting, by=("pk",))
def answer(request: Visit, item: AgendaItem, question: int) -> HttpResponse:
    asked = get_object_or_404(Question, pk=question, change=_change(item))
    form = AnswerForm(request.POST, question=asked)
    return act(
        request,
        item,
        partial(board.answer, asked, by=request.user, at=clock.now()),
        form=form,
        name="answer_form",
    )


@require_POST
@may("changes.verify", on=AgendaItem.objects.with_meeting, by=("pk",))
def verify(request: Visit, item: AgendaItem, question: int) -> HttpResponse:
    asked = get_object_or_404(Question, pk=question, change=_change(item))
    return act(request, item, partial(board.verify, asked, by=request.user, at=clock.now()))


@require_POST
@may("changes.meet_condition", on=AgendaItem.objects.with_meeting, by=("pk",))
def meet(request: Visit, item: AgendaItem, condition: int) -> HttpResponse:
    """Record a condition as met where the agenda brings it back."""
    due = get_object_or_404(Condition, pk=condition)
    form = MeetForm(request.POST, condition=due)
    verb = partial(conditions.meet, due, by=request.user, at=clock.now())
    return act(request, item, verb, form=form, name="meet_form")


@require_POST
@may("changes.park", on=AgendaItem.objects.with_meeting)
def park(request: Visit, item: AgendaItem) -> HttpResponse:
    verb = partial(parking.park, item, by=request.user, at=clock.now())
    return act(request, item, verb, form=ParkForm(request.POST), name="park_form")


@require_POST
@may("changes.settle_parked", on=AgendaItem.objects.with_meeting, by=("pk",))
def settle(request: Visit, item: AgendaItem, point: int) -> HttpResponse:
    """Say what became of a point of the parking lot, while `item` is shown."""
    parked = get_object_or_404(ParkedPoint, pk=point)
    form = SettleForm(request.POST, point=parked)
    verb = partial(parking.settle, parked, by=request.user, at=clock.now())
    return act(request, item, verb, form=form, name="settle_form")


def _change(item: AgendaItem) -> Change:
    if item.change is None:
        raise Http404
    return item.change
