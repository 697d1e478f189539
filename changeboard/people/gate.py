"""The gate: every view is behind `@may(...)` or is declared an `@open_door`. A test walks every URL."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from changeboard.people.models import Person


class Visit(HttpRequest):
    """A request behind a gate: whoever makes it has signed in."""

    user: Person


View = Callable[..., HttpResponseBase]
Source = type[models.Model] | Callable[[], models.QuerySet[Any]]


def may(
    permission: str, *, on: Source | None = None, by: Iterable[str] = (), stays: bool = False
) -> Callable[[View], View]:
    """Let in whoever holds `permission`; with `on`, about the row that the URL names.

    `on` is a model or a function that gives a queryset; `by` names the URL's parts that find the row
    (all of them by default). The view then gets the row in their place, the other parts stay.
    Not signed in: to the sign-in page, or just 401 where the page `stays`, since leaving it would lose what
    was typed. Signed in without the right: 403. No such row: 404.
    """

    def lock(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return HttpResponse(status=401) if stays else _to_sign_in(request)
            if on is None:
                _check(request, permission, None)
                return view(request, **parts)
            key = {name: parts.pop(name) for name in (tuple(by) or tuple(parts))}
            row = get_object_or_404(on if isinstance(on, type) else on(), **key)
            _check(request, permission, row)
            return view(request, row, **parts)

        door.gate = permission  # type: ignore[attr-defined]
        return door

    return lock


def open_door(view: View) -> View:
    """Declare that a view is for everybody, signed in or not."""
    view.gate = "open"  # type: ignore[attr-defined]
    return view


def _check(request: HttpRequest, permission: str, row: models.Model | None) -> None:
    if not request.user.has_perm(permission, row):
        raise PermissionDenied(permission)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        # A panel cannot become the sign-in page: send the whole page there.
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("people:sign_in")})
    return redirect_to_login(request.get_full_path())
