"""The demonstration's mailbox: every mail that went out, as its reader would see it."""

from csp.decorators import csp_replace, csp_update
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from changeboard.demo.models import DemoMail
from changeboard.demo.queries import mails
from changeboard.people.gate import Visit, may

PAGE_SIZE = 50
# A mail brings its styles in attributes, as mail programs want them. Nothing else may load, run or leave.
MAIL_CSP = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]}


@require_safe
@may("demo.use")
def mailbox(request: Visit) -> HttpResponse:
    typed = request.GET.get("q", "").strip()
    rows = DemoMail.objects.defer("raw")
    page = Paginator(rows.matching(typed) if typed else rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "demo/mailbox.html", {"page": page, "q": typed})


@require_safe
@csp_update({"frame-src": ["'self'"]})
@may("demo.use", on=DemoMail)
def mail(request: Visit, mail: DemoMail) -> HttpResponse:
    return render(request, "demo/mail.html", {"opened": mails.opened(mail)})


@require_safe
@xframe_options_sameorigin
@csp_replace(MAIL_CSP)
@may("demo.use", on=DemoMail)
def html(request: Visit, mail: DemoMail) -> HttpResponse:
    return HttpResponse(mails.opened(mail).html)
