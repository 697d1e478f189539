"""The mail that asks a contact to confirm its address. Plain text: a link, and what it is for."""

from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from notifications import labels
from notifications.domain import signing, wording
from notifications.models import AddressCheck
from notifications.queries import letters


def message(check: AddressCheck) -> EmailMessage:
    """The same mail each time it is asked for: Message-ID and Date are the row's."""
    contact, host = check.contact, letters.domain()
    name = contact.name if contact.is_person else ""
    platform = str(settings.PLATFORM_NAME)
    facts = {
        "greeting": wording.greeting(labels.GREETINGS[contact.language], check.asked_at, contact.zone, name),
        "owner": contact.client or contact.group,
        "address": check.address,
        "link": settings.SITE_URL + path(check),
        "platform": platform,
    }
    return EmailMessage(
        subject=" ".join(render_to_string("notices/address_check/subject.txt", facts).split()),
        body=render_to_string("notices/address_check/body.txt", facts).strip() + "\n",
        from_email=formataddr((platform, str(settings.DEFAULT_FROM_EMAIL))),
        to=[formataddr((contact.name, check.address))],
        headers={
            "Message-ID": f"<address-check.{check.pk}@{host}>",
            "Date": format_datetime(check.asked_at.replace(microsecond=0)),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, NRN, AutoReply, RN",
        },
    )


def path(check: AddressCheck) -> str:
    word = signing.token(settings.SECRET_KEY, signing.of_address(check.address), check.contact_id)
    return reverse("notifications:confirm_address", args=[check.contact_id, word])
