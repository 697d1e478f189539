"""The component sheet at /components/, in DEBUG only, and the page of help and words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from changeboard import clock
from changeboard.directory.models import Mark
from changeboard.people.gate import may
from changeboard.templatetags.labels import STATES

ICONS = [
    "done", "now", "todo", "part", "fail", "waived", "folded", "alert", "info",
    "ask", "check", "cross", "minus", "plus", "bolt", "clock", "cal", "mail",
    "bell", "frost", "home", "list", "board", "chart", "client", "window", "gear",
    "play", "undo", "out", "find", "right", "left", "down", "menu", "load",
    "save", "print", "edit", "flag", "seen", "hold", "link", "talk", "phone",
    "net", "shield", "doc", "help", "triangle", "bar", "square", "diamond", "circle",
]  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A system or a finding, for the sheet."""

    mark: str = ""
    code: str = ""
    ok: bool = True
    title: str = ""
    detail: str = ""
    who: str = ""
    url: str = ""
    checked_at: datetime | None = None


MARKS = [
    Example(mark, code)
    for mark, code in zip(Mark.values, ("Biz", "PACS", "RIS", "a fourth", "a fifth"), strict=True)
]
FINDINGS = [
    Example(title="Every change approved", detail="4 of 4"),
    Example(
        ok=False, title="Re-test recorded", detail="CHG-0142 is missing.", who="N. Engineer", url="#c-checks"
    ),
]


class Sheet(forms.Form):
    """One field of each kind, for the sheet."""

    title = forms.CharField(label="Title", help_text="A hint stands above the field, never inside it alone.")
    seconds = forms.IntegerField(label="Time to undo")
    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    zone = forms.ChoiceField(label="Zone", choices=[("America/Chicago", "Chicago"), ("UTC", "UTC")])
    kinds = forms.MultipleChoiceField(
        label="Told about", choices=[("a", "Orders"), ("b", "Images")], widget=forms.CheckboxSelectMultiple
    )
    asks = forms.BooleanField(label="Sends invitations", help_text="That update themselves.", required=False)


def picture() -> dict[str, object]:
    """What the sheet shows: a window in 22 days, one form as it opens and one with faults."""
    start = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=22)
    return {
        "start": start,
        "end": start + timedelta(minutes=15),
        "states": list(STATES),
        "icons": ICONS,
        "marks": MARKS,
        "findings": FINDINGS,
        "form": Sheet(initial={"title": "Connect the two edge firewalls"}),
        "wrong": Sheet({"title": "", "seconds": "soon", "zone": "America/Chicago"}, auto_id="wrong_%s"),
        "stops": [("Draft", "done"), ("Submitted", "done"), ("In review", "now"), ("Approved", "todo")],
        "back": [("Scheduled", "done"), ("In progress", "done"), ("Backed out", "bad"), ("Closed", "todo")],
    }


@may("people.use")
def components(request: HttpRequest) -> HttpResponse:
    """Every part with its states, drawn by the tags that pages use."""
    return render(request, "components/sheet.html", picture())


@may("people.use")
def help_and_words(request: HttpRequest) -> HttpResponse:
    """What the words mean and who does what."""
    return render(request, "help.html")
