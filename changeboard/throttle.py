"""How often something may be asked for: counted in the cache, by what asks.

The cache is no truth: emptied or down, it lets everything through, and what must not happen is refused by
the database.
"""

import hashlib
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError


def too_often(what: str, *, most: int, seconds: int) -> bool:
    """Count one more time of `what`; whether that is more than `most` within so many seconds."""
    key = "often:" + hashlib.sha256(what.encode()).hexdigest()
    try:
        cache.add(key, 0, timeout=seconds)
        return int(cache.incr(key)) > most
    except (ValueError, RedisError):
        # It ran out between the two, or nobody counts.
        return False


def network(request: HttpRequest) -> str:
    """The network that a request comes from: what one house has, /24 or /64.

    Behind our own proxy, which SITE_URL with https stands for, the proxy's word counts: the last one.
    """
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if settings.SECURE else ""
    try:
        address = ip_address(said or request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/{24 if address.version == 4 else 64}", strict=False))
