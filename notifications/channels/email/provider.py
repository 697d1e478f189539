"""Mail providers with an interface of their own, through django-anymail: handing mails over, hearing of them later.

Anymail's signals are not used: its views check and read what a provider posts, and we ask them directly, so that a
report that cannot be written down is answered with an error and comes again.
"""

import json
import re
from functools import lru_cache
from typing import Any

from anymail.exceptions import (
    AnymailAPIError,
    AnymailConfigurationError,
    AnymailError,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from anymail.signals import AnymailTrackingEvent, EventType
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from notifications.domain import reports
from notifications.domain.backoff import Answer, Kind, refused_over_http
from notifications.domain.lifecycle import Report
from notifications.domain.reports import Told

NOT_OURS_TO_SEND = (401, 402, 403)
REPORTS = {
    EventType.BOUNCED: Report.BOUNCED,
    EventType.REJECTED: Report.REJECTED,
    EventType.FAILED: Report.REJECTED,
    EventType.COMPLAINED: Report.COMPLAINED,
    EventType.UNSUBSCRIBED: Report.COMPLAINED,
    EventType.DEFERRED: Report.DELAYED,
    EventType.DELIVERED: Report.DELIVERED,
}
# How providers name what passes, in the fields that tell the kind of a bounce.
SOFT = re.compile(
    r'"(?:type|bouncetype|bounce_type|severity|bounce_classification|classification)":\s*"'
    r'(?:soft|soft_?bounce|transient|temporary|dnserror)[^"]*"'
)
NAME = "delivery"


def named(message: EmailMessage, name: str) -> EmailMessage:
    """Our own name goes along as metadata: a provider that rewrites Message-ID brings it back in its reports."""
    setattr(message, "metadata", {NAME: name.strip("<>")})  # noqa: B010 - Anymail reads it, Django does not know it
    return message


def id_of(message: object) -> str:
    """What the provider calls a mail that it took; empty where it has no name of its own for it."""
    status = getattr(message, "anymail_status", None)
    return str(getattr(status, "message_id", None) or "")[:200]


def hand_over(backend: Any, message: EmailMessage) -> Answer:
    """Hand one mail to a back end that is no SMTP server. Never raises for what the other side does."""
    name = type(backend).__module__.rsplit(".", 1)[-1]
    try:
        backend.send_messages([message])
    except AnymailRecipientsRefused as refused:
        return Answer(Kind.PERMANENT, 0, f"{name} refused the reader: {refused}"[:500])
    except AnymailAPIError as refused:
        return _refused(name, refused)
    except AnymailConfigurationError as ours:
        return Answer(Kind.TEMPORARY, 0, f"{name}: {ours}"[:500], reached=False)
    except (AnymailSerializationError, AnymailUnsupportedFeature) as unfit:
        return Answer(Kind.PERMANENT, 0, f"{name}: {unfit}"[:500])
    except AnymailError as unread:
        # It answered, and its answer cannot be read.
        return Answer(Kind.UNCERTAIN, 0, f"{name}: {unread}"[:500])
    known = id_of(message)
    if known == "" and hasattr(message, "anymail_status"):
        return Answer(Kind.UNCERTAIN, 0, f"{name} gave the mail no name: whether it took it is not known")
    return Answer(Kind.ACCEPTED, 250, f"250 handed to {name}{known and f' as {known}'}")


def _refused(name: str, refused: AnymailAPIError) -> Answer:
    code = refused.status_code or 0
    text = " ".join(f"{name}: {refused}".split())[:500]
    if code < 300:
        # The line broke, or the answer cannot be read: whether it was taken nobody knows.
        return Answer(Kind.UNCERTAIN, 0, text)
    if code in NOT_OURS_TO_SEND:
        return Answer(Kind.TEMPORARY, code, text, reached=False)
    return refused_over_http(code, text)


def configured() -> str:
    """The provider that mails go through now, as its addresses name it; empty for none."""
    found = re.fullmatch(r"anymail\.backends\.(\w+)\.EmailBackend", str(settings.EMAIL_BACKEND))
    return found[1] if found else ""


def secret() -> str:
    return str(getattr(settings, "ANYMAIL", {}).get("WEBHOOK_SECRET", ""))


def is_open(provider: str) -> bool:
    """Whether reports of this provider are heard: it is the one we use, and a secret keeps others out."""
    return bool(provider) and provider == configured() and bool(secret()) and _view_of(provider) is not None


@lru_cache(maxsize=4)
def _view_of(provider: str) -> Any:
    """Anymail's own reader for a provider's reports."""
    try:
        view: Any = resolve(f"/{provider}/tracking/", urlconf="anymail.urls").func
    except Resolver404:
        return None
    return view.view_class


def read(request: HttpRequest, provider: str) -> list[Told]:
    """The reports in this request. Raises what Django answers with 400 when the secret or the signature is wrong."""
    view = _view_of(provider)()
    view.run_validators(request)
    return [told for told in (_told(provider, event) for event in view.parse_events(request)) if told]


def _told(provider: str, event: AnymailTrackingEvent) -> Told | None:
    report = REPORTS.get(event.event_type)
    if report is None:
        return None
    said = " ".join(filter(None, [event.mta_response, event.description, event.reject_reason]))
    words = " ".join(said.split())[:400] or f"told by {provider}"
    raw = json.dumps(event.esp_event, default=str).lower()
    if report is Report.BOUNCED and (reports.is_soft(words) or SOFT.search(raw)):
        report = Report.DELAYED
    name = str((event.metadata or {}).get(NAME, ""))
    made = reports.key(provider, str(event.event_id or raw), report.value, str(event.recipient))
    names = tuple(filter(None, [name, str(event.message_id or "")]))
    return Told(made, report, words, names, "", str(event.message_id or ""), str(event.recipient or ""))
