"""Filing and editing a change, and what the form says of it while it is typed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.people.gate import Visit, may
from changeboard.refusal import Refusal
from changes.actions import filing, writing
from changes.domain.sheet import Sheet, differences
from changes.forms.filing import FilingForm
from changes.models import Change
from changes.queries import answered, preview, sheets, templates
from changes.queries.field_edits import field_edits
from changes.views import unsaved

SUBMIT = "submit"


@may("changes.file")
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        kept = unsaved.taken_up(request, None)
        return page(request, FilingForm(data=kept) if kept else begun(request.GET))
    typed = FilingForm(data=request.POST)
    verb = filing.file_and_submit if typed.act == SUBMIT else filing.file
    return saved(
        request,
        typed,
        lambda sheet: verb(
            sheet, by=request.user, at=clock.now(), form_token=typed.token, source=typed.source
        ),
    )


@may("changes.edit", on=Change)
def edit(request: HttpRequest, change: Change) -> HttpResponse:
    sheet = sheets.sheet_of(change)
    if request.method != "POST":
        kept = unsaved.taken_up(request, change)
        return page(request, FilingForm(data=kept, sheet=sheet, version=change.version), change)
    typed = FilingForm(data=request.POST, sheet=sheet)
    verb = filing.edit_and_submit if typed.act == SUBMIT else filing.edit
    return saved(
        request,
        typed,
        lambda sheet: verb(change, sheet, version=typed.version, by=request.user, at=clock.now()),
        change,
    )


@require_POST
@may("changes.file", stays=True)
def so_far(request: Visit) -> HttpResponse:
    typed, change = FilingForm(data=request.POST), unsaved.edited(request)
    so_far = preview.so_far(typed.sheet(), now=clock.now(), change=change.pk if change else None)
    kept = unsaved.keep(request, typed, change)
    return render(request, "changes/_so_far.html", {"so_far": so_far, "is_answer": True, "kept": kept})


def begun(asked: QueryDict) -> FilingForm:
    """What a new form starts with: a usable template's sheet or a copy of a change, if the address names one."""
    template, copied = asked.get("template", ""), asked.get("copy", "")
    if template.isdecimal() and (found := templates.usable(now=clock.now()).filter(pk=template).first()):
        return FilingForm(sheet=templates.sheet_from(found))
    if copied and (source := Change.objects.filter(reference=copied).first()):
        return FilingForm(sheet=sheets.copy_of(source), source=source)
    return FilingForm()


def saved(
    request: HttpRequest,
    typed: FilingForm,
    verb: Callable[[Sheet], Change],
    change: Change | None = None,
) -> HttpResponse:
    """Run the verb and go to the change; or show the same page with every fault beside its field."""
    if typed.rearranges:
        return page(request, typed, change)
    if not typed.is_valid():
        return page(request, typed, change, status=400)
    try:
        done = verb(typed.sheet())
    except Refusal as refused:
        typed.refuse(refused.reasons)
        meanwhile = between(change, typed.sheet()) if change and refused.conflict else None
        return page(request, typed, change, meanwhile, status=409 if refused.conflict else 400)
    return redirect(done)


def between(change: Change, typed: Sheet) -> dict[str, object]:
    """What somebody saved meanwhile, the version of it, and how it differs from what was typed."""
    now = Change.objects.get(pk=change.pk)
    edited = differences(sheets.sheet_of(now), typed)
    return {"version": now.version, "edits": field_edits(writing.named(edited), answered.questions())}


def page(
    request: HttpRequest,
    typed: FilingForm,
    change: Change | None = None,
    meanwhile: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    sheet = typed.sheet() if typed.form.is_bound else typed.stored
    so_far = preview.so_far(sheet, now=clock.now(), change=change.pk if change else None)
    picture = {
        "typed": typed,
        "change": change,
        "source": typed.source,
        "meanwhile": meanwhile,
        "unsaved": unsaved.offered(request, typed, change),
        "so_far": so_far,
        "templates": templates.usable(now=clock.now()),
    }
    return render(request, "changes/change_form.html", picture, status=status)
