"""The notices page, a window's coverage, the proofs behind a cell, and the ledger as a file."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from changeboard import clock
from changeboard.directory.models import Client
from changeboard.form_faults import attempt
from changeboard.people.gate import Visit, may
from maintenance.models import Window
from notifications import labels
from notifications.actions import backlogs, holding
from notifications.forms.notices import TogetherForm
from notifications.models import Delivery
from notifications.queries import board as pictures
from notifications.queries import coverage as coverages
from notifications.queries import told as tellings
from notifications.queries.together import choices
from notifications.views.told import as_file

WINDOWS = Window.objects.for_pages
PAGE_SIZE = 50


@require_safe
@may("notifications.read")
def notices(request: Visit) -> HttpResponse:
    if reference := request.GET.get("window"):
        return redirect("notifications:window", get_object_or_404(Window, reference=reference).reference)
    return _page(request, None)


@require_safe
@may("notifications.read", on=WINDOWS)
def window(request: Visit, window: Window) -> HttpResponse:
    return _page(request, window)


def _page(request: Visit, window: Window | None, *, status: int = 200, form=None) -> HttpResponse:
    board = pictures.board(window, now=clock.now())
    only = "problems" if "problems" in request.GET else request.GET.get("only", "")
    name = request.GET.get("q", "").strip()
    shown = coverages.some(board.coverage, only=only, name=name)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    picture: dict[str, object] = {"board": board, "coverage": board.coverage, "page": page, "chosen": window}
    picture |= {"name": name, "only": only, "filters": labels.SHOWN}
    picture["together"] = form or _together(board.coverage)
    return render(request, "notices/pages/notice_list.html", picture, status=status)


def _together(coverage, data=None):
    """What may be done with several notices of the window that is shown; none where nothing waits for it."""
    found = choices(coverage.window) if coverage else []
    return TogetherForm(data, choices=found) if found or data else None


@require_POST
@may("notifications.hold", on=WINDOWS)
def together(request: Visit, window: Window) -> HttpResponse:
    form = TogetherForm(request.POST, choices=choices(window))
    tried = attempt(form, partial(_do_together, window, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"{tried.result} notices, each with its line in the history.")
        return redirect("notifications:window", window.reference)
    return _page(request, window, status=tried.status, form=form)


def _do_together(window, *, choice, reason, by, at):
    return holding.together(
        window, milestone=choice.milestone, act=choice.act, many=choice.many, reason=reason, by=by, at=at
    )


@require_safe
@may("notifications.read", on=WINDOWS)
def panel(request: Visit, window: Window) -> HttpResponse:
    picture = {"window": window, "coverage": coverages.coverage(window)}
    return render(request, "notices/panels/window.html", picture)


@require_safe
@may("notifications.read", on=WINDOWS, by=["reference"])
def proofs(request: Visit, window: Window, client: str, milestone: str) -> HttpResponse:
    rows = Delivery.objects.filter(window=window, client__slug=client, milestone=milestone).for_pages()
    found = list(rows.order_by("-revision", "contact__name"))
    if len(found) == 1:
        return redirect("notifications:delivery", found[0].pk)
    client_row = get_object_or_404(Client, slug=client)
    picture = {"window": window, "client": client_row, "rows": found, "milestone": milestone}
    return render(request, "notices/pages/proof_list.html", picture)


@require_safe
@may("notifications.read", on=WINDOWS)
def ledger(request: Visit, window: Window) -> HttpResponse:
    return as_file(f"notices-{window.reference}.csv", tellings.HEADS, tellings.ledger(window))


@require_POST
@may("notifications.let_backlog_go")
def let_go(request: Visit) -> HttpResponse:
    backlogs.let_go(by=request.user, at=clock.now())
    messages.success(request, "The backlog goes out with the next round.")
    return redirect("notifications:list")
