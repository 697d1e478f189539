"""Mails that tell of mails: delivery status (RFC 3464) and complaints (RFC 5965). Pure."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from typing import NamedTuple

from notifications.domain.lifecycle import Report
from notifications.domain.reports import Told, key, token_of

ACTIONS = {
    "failed": Report.BOUNCED,
    "delayed": Report.DELAYED,
    "delivered": Report.DELIVERED,
}
ENVELOPE = ("X-Original-To", "Delivered-To", "Envelope-To", "To")
OUR_NAMES = ("Message-ID", "X-Changeboard-Delivery")


class _About(NamedTuple):
    """Which mail a report is about."""

    names: tuple[str, ...]
    token: str


def read(mail: bytes) -> list[Told]:
    """What this mail tells, one report a reader; nothing where it is no such report: an answer, say."""
    message = message_from_bytes(mail, policy=policy.compat32)
    if message.get_content_type() != "multipart/report":
        return []
    parts = list(message.walk())
    token = next((word for word in map(token_of, _addresses(message)) if word), "")
    about = _About(tuple(dict.fromkeys(_names(parts))), token)
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            return [one for group in _groups(part) for one in _status(group, about)]
        if part.get_content_type() == "message/feedback-report":
            return [_complaint(group, about) for group in _groups(part)[:1]]
    return []


def _groups(part: Message) -> list[Message]:
    """The blocks of fields of a machine's part: the parser makes a message of each, or leaves text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [block for block in payload if isinstance(block, Message)]
    return [
        message_from_bytes(block.encode()) for block in re.split(r"\r?\n\r?\n", str(payload)) if block.strip()
    ]


def _status(group: Message, about: _About) -> Iterator[Told]:
    action = str(group.get("Action", "")).strip().lower()
    report = ACTIONS.get(action)
    if report is None:
        return
    status = str(group.get("Status", "")).strip()
    if report is Report.BOUNCED and status.startswith("4"):
        # It gave up after days of "not now" (4.4.7, say): this one mail is lost, the address may be right.
        report = Report.EXPIRED
    diagnostic = " ".join(str(group.get("Diagnostic-Code", "")).split())
    address = _bare(str(group.get("Original-Recipient") or group.get("Final-Recipient") or ""))
    words = " ".join(filter(None, [status, diagnostic or action]))[:400]
    yield _told(report, words, address, about)


def _complaint(group: Message, about: _About) -> Told:
    kind = " ".join(str(group.get("Feedback-Type", "abuse")).split())
    address = _bare(str(group.get("Original-Rcpt-To", "")))
    return _told(Report.COMPLAINED, f"Complaint: {kind}", address, about)


def _told(report: Report, words: str, address: str, about: _About) -> Told:
    made = key("mail", *about.names, about.token, report.value, words, address)
    return Told(made, report, words, about.names, about.token, "", address)


def _names(parts: list[Message]) -> Iterator[str]:
    """Our names in what came back of the mail: the whole of it, its headers, or its headers as text."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inside = part.get_payload()
            yield from (
                _named(inside[0]) if isinstance(inside, list) and isinstance(inside[0], Message) else ()
            )
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            text = part.get_payload(decode=True)
            yield from _named(message_from_bytes(text if isinstance(text, bytes) else b""))


def _named(original: Message) -> Iterator[str]:
    for header in OUR_NAMES:
        if value := " ".join(str(original.get(header, "")).split()):
            yield value.strip("<>")


def _addresses(message: Message) -> Iterator[str]:
    for header in ENVELOPE:
        for value in message.get_all(header, []):
            yield from re.findall(r"[^\s<>,;\"]+@[^\s<>,;\"]+", str(value))


def _bare(recipient: str) -> str:
    """`rfc822; desk@hospital.example` → the address."""
    return recipient.rpartition(";")[2].strip().strip("<>")
