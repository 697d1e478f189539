"""Signed words: webhooks carry HMAC-SHA256 over time and body, links carry it over what they name."""

import hashlib
import hmac


def signature(secret: str, body: bytes, timestamp: int) -> str:
    """The header's value: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">."""
    mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={mac.hexdigest()}"


def is_genuine(secret: str, body: bytes, header: str, now: int, tolerance_seconds: int = 300) -> bool:
    """Whether the header was made with this secret over this body, not long ago. What a receiver checks."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    stamp = parts.get("t", "")
    if not stamp.isdigit() or abs(now - int(stamp)) > tolerance_seconds:
        return False
    return hmac.compare_digest(signature(secret, body, int(stamp)), header)


def token(secret: str, purpose: str, subject: int) -> str:
    """A short unguessable word for a link in a mail: the same link for the same contact, no row needed."""
    return hmac.digest(secret.encode(), f"{purpose}:{subject}".encode(), "sha256").hex()[:32]


def of_address(address: str) -> str:
    """The purpose of a link that confirms an address: another address needs another link."""
    return f"confirm:{address}"


def opens(word: str, secret: str, purpose: str, subject: int) -> bool:
    return hmac.compare_digest(word, token(secret, purpose, subject))
