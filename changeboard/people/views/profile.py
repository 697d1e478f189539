"""One's own name, address, zone, password and keys."""

from functools import partial

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from changeboard import clock
from changeboard.form_faults import attempt, typed
from changeboard.people.actions import keys, membership
from changeboard.people.actions import mail as mails
from changeboard.people.forms.persons import KeyForm, MailForm, PasswordForm, ProfileForm
from changeboard.people.gate import may
from changeboard.people.models import Key

OWN = ("first_name", "last_name", "email", "time_zone")


@may("people.use")
def profile(request: HttpRequest) -> HttpResponse:
    person = request.user
    form = ProfileForm(typed(request), initial={name: getattr(person, name) for name in OWN})
    tried = attempt(form, partial(membership.edit_profile, person, at=clock.now()))
    if tried.done:
        messages.success(request, "Your profile is saved.")
        return redirect("people:profile")
    return _page(request, form, MailForm(initial=_wish(person)), status=tried.status)


@require_POST
@may("people.use")
def mail(request: HttpRequest) -> HttpResponse:
    person = request.user
    form = MailForm(request.POST)
    tried = attempt(form, partial(mails.choose, person, by=person, at=clock.now()))
    if tried.done:
        messages.success(request, "Your choice of mail is saved.")
        return redirect("people:profile")
    own = ProfileForm(initial={name: getattr(person, name) for name in OWN})
    return _page(request, own, form, status=tried.status)


def _wish(person) -> dict[str, object]:
    every = "yes" if person.digest_every_day else "no"
    return {"mail": person.mail, "digest_hour": person.digest_hour, "digest_every_day": every}


def _page(request: HttpRequest, form: ProfileForm, mail_form: MailForm, *, status: int) -> HttpResponse:
    usable = Key.objects.usable().filter(owner=request.user)
    picture = {"form": form, "mail_form": mail_form, "keys": usable}
    return render(request, "people/profile.html", picture, status=status)


@may("people.use")
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.user, typed(request))
    tried = attempt(form, partial(membership.change_password, request.user, at=clock.now()))
    if tried.done:
        update_session_auth_hash(request, tried.result)
        messages.success(request, "Your password is changed. Other devices are signed out.")
        return redirect("people:profile")
    return render(request, "people/password.html", {"form": form}, status=tried.status)


@may("people.use")
def new_key(request: HttpRequest) -> HttpResponse:
    form = KeyForm(typed(request))
    tried = attempt(form, partial(keys.make_key, by=request.user, at=clock.now()))
    if tried.done:
        key, secret = tried.result
        return render(request, "people/key_made.html", {"key": key, "secret": secret})
    return render(request, "people/key_form.html", {"form": form}, status=tried.status)


@require_POST
@may("people.revoke_key", on=Key)
def revoke_key(request: HttpRequest, key: Key) -> HttpResponse:
    keys.revoke_key(key, by=request.user, at=clock.now())
    messages.success(request, f"The key “{key.name}” is revoked.")
    return redirect("people:profile")
