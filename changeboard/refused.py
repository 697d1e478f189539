"""What the outside sees when something is refused: 409 or 400 with the reasons in words, pages and API alike."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from changeboard import words
from changeboard.people.gate import open_door
from changeboard.refusal import Refusal


class RefusalMiddleware:
    """Turns a Refusal that no form showed into a page that says why and what is possible instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            # PostgreSQL keeps no such text, so nothing can have this name.
            raise Http404
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        reasons = [words.sentence(reason) for reason in exception.reasons]
        picture = {"reasons": reasons, "legal": exception.legal, "conflict": exception.conflict}
        return render(request, "errors/refused.html", picture, status=409 if exception.conflict else 400)


def api_exception(exception: Exception, context: dict[str, Any]) -> Response | None:
    """One shape for every error of the API: {"errors": [{"code", "field", "message"}], "legal": […]}."""
    if isinstance(exception, Refusal):
        body = {
            "errors": [
                {"code": reason.code, "field": reason.field, "message": words.sentence(reason)}
                for reason in exception.reasons
            ],
            "legal": list(exception.legal),
        }
        return Response(body, status=409 if exception.conflict else status.HTTP_400_BAD_REQUEST)
    response = exception_handler(exception, context)
    if response is not None:
        response.data = {"errors": list(_flat(response.data)), "legal": []}
    return response


def _flat(data: Any, field: str = "") -> Any:
    """REST framework's nested details as a flat list, each with the field it belongs to."""
    if isinstance(data, dict):
        for name, inner in data.items():
            at = "" if name in ("detail", "non_field_errors") else name
            yield from _flat(inner, f"{field}.{at}".strip("."))
    elif isinstance(data, list):
        for inner in data:
            yield from _flat(inner, field)
    else:
        yield {"code": getattr(data, "code", "invalid"), "field": field, "message": str(data)}


@open_door
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere: say so, and keep nothing."""
    return render(request, "errors/403_csrf.html", status=403)
