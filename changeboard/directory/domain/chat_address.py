"""The address of a chat is the key to it: what pages, files and histories show in its place. Pure."""

import hmac

HIDDEN = "…"


def masked(address: str, key: str) -> str:
    """Like slack://…3f9a2c81d07b: the kind of service, and a mark that tells this address from others.

    The mark is made with `key`, so that nobody tries addresses against it.
    """
    if not address:
        return ""
    service = address.partition("://")[0] if "://" in address else ""
    return f"{service}://{HIDDEN}{hmac.digest(key.encode(), address.encode(), 'sha256').hex()[:12]}"


def unmasked(typed: str, known: str, key: str) -> str:
    """What is meant by what was typed: the mask of the address that is known means that address."""
    return known if known and typed == masked(known, key) else typed
