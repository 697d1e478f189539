"""People, for administrators: who is there, what they may do."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.actions import membership
from changeboard.people.forms.persons import PersonForm, RolesForm
from changeboard.people.gate import may
from changeboard.people.models import Person, Role


@may("people.manage")
def persons(request: HttpRequest) -> HttpResponse:
    role, words = request.GET.get("role", ""), request.GET.get("q", "").strip()
    found = Person.objects.for_list().matching(words)
    if role in Role.values:
        found = found.filter(roles__contains=[role])
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    picture = {"page": page, "roles": Role.choices, "role": role, "words": words}
    return render(request, "people/person_list.html", picture)


@may("people.manage")
def new_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(typed(request))
    tried = attempt(form, partial(membership.add_person, by=request.user, at=clock.now()))
    if tried.done:
        person, password = tried.result
        return render(request, "people/person_added.html", {"person": person, "password": password})
    return render(request, "people/person_form.html", {"form": form}, status=tried.status)


@may("people.manage", on=Person)
def person(request: HttpRequest, person: Person) -> HttpResponse:
    form = RolesForm(typed(request), initial={"roles": person.roles, "group": person.group})
    tried = attempt(form, partial(membership.give_roles, person, by=request.user, at=clock.now()))
    if tried.done:
        messages.success(request, f"The roles of {person} are saved.")
        return redirect("people:person", person.pk)
    picture = {"person": person, "form": form}
    return render(request, "people/person_detail.html", picture, status=tried.status)


@require_POST
@may("people.manage", on=Person)
def set_active(request: HttpRequest, person: Person) -> HttpResponse:
    active = request.POST.get("active") == "yes"
    membership.set_active(person, active=active, by=request.user, at=clock.now())
    messages.success(request, f"{person} {'may sign in again' if active else 'may no longer sign in'}.")
    return redirect("people:person", person.pk)


@require_POST
@may("people.manage", on=Person)
def give_password(request: HttpRequest, person: Person) -> HttpResponse:
    password = membership.give_password(person, by=request.user, at=clock.now())
    return render(request, "people/person_added.html", {"person": person, "password": password})
