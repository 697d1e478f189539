"""The error pages, named by changeboard/urls.py. The one of a fault needs no database, session or tag."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static

from changeboard.people.gate import open_door


@open_door
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


@open_door
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


@open_door
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


@open_door
def fault(request: HttpRequest) -> HttpResponse:
    picture = {"stylesheet": static("changeboard/changeboard.css")}
    return HttpResponse(render_to_string("errors/500.html", picture), status=500)
