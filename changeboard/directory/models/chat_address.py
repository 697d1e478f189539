"""The address of a chat, an SMS gateway or a pager: an Apprise URL that stands for exactly one place.

Apprise speaks to some 170 services. Those of CHAT_SERVICES are taken, and of them only what is spoken to over
HTTP by itself: nothing that opens files, runs programs or sends mail past our own ledger.
"""

import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl

import apprise
import requests
from apprise import Apprise, AppriseAsset, NotifyBase, PersistentStoreMode
from apprise.common import OverflowMode
from apprise.plugins import url_to_dict
from django.conf import settings

from changeboard.directory.domain.chat_address import HIDDEN
from changeboard.directory.domain.inside import leads_inside
from changeboard.refusal import Reason

CONNECT_SECONDS, READ_SECONDS = 4.0, 10.0
# What changeboard decides itself: how long it waits, that it follows nobody elsewhere, that a notice is one message.
OURS = {*apprise.NotifyBase.template_args, "attach", "attach-as", "delay"}


def faults(address: str) -> list[Reason]:
    """All that is wrong with an address, as reasons beside the field `address`."""
    if HIDDEN in address:
        return [_fault("masked")]
    asked = sorted({name.lstrip("+-:").lower() for name, _ in _options(address)} & OURS)
    found = [_fault("option", option=option) for option in asked]
    read: Callable[[str], dict[str, Any] | None] = url_to_dict
    schema = (read(address) or {}).get("schema", "")
    if not schema:
        return [*found, _fault("unreadable")]
    if schema not in settings.CHAT_SERVICES:
        return [*found, _fault("not_allowed", service=schema, allowed=settings.CHAT_SERVICES)]
    plugin = opened(address)
    if plugin is None:
        return [*found, _fault("incomplete", service=schema)]
    return [*found, *_of(plugin)]


def _of(plugin: NotifyBase) -> Iterator[Reason]:
    name = str(plugin.service_name)
    if vars(sys.modules[type(plugin).__module__]).get("requests") is not requests:
        yield _fault("no_http", service=name)
    if len(plugin) > 1:
        yield _fault("several", service=name, places=len(plugin))
    if (host := own_host(plugin)) and not settings.PRIVATE_ADDRESSES and is_private(host):
        yield _fault("private", host=host)


def opened(address: str) -> NotifyBase | None:
    """The service behind an address, ready to be spoken to under our own rules; None when it names none."""
    asset = AppriseAsset(
        app_id="changeboard",
        app_desc=str(settings.PLATFORM_NAME),
        app_url=str(settings.SITE_URL),
        # No pictures from elsewhere, nothing on the disk, nobody followed to another address.
        image_url_mask="",
        image_url_logo="",
        storage_mode=PersistentStoreMode.MEMORY,
        http_redirects=False,
    )
    plugin = Apprise.instantiate(address, asset=asset)
    if plugin is not None:
        plugin.socket_connect_timeout, plugin.socket_read_timeout = CONNECT_SECONDS, READ_SECONDS
        plugin.redirects, plugin.verify_certificate = False, True
        plugin.overflow_mode = OverflowMode.TRUNCATE
        # Matrix would let the host that was named name another one.
        setattr(plugin, "discovery", False)  # noqa: B010 - only that plugin knows it
    return plugin


def own_host(plugin: NotifyBase) -> str:
    """The host that whoever wrote the address chose; empty where the service has one of its own."""
    templates: tuple[str, ...] = plugin.templates
    chosen = any("{host}" in template or "{hostname}" in template for template in templates)
    if organization := getattr(plugin, "organization", ""):
        # Zulip's may be a name with dots of one's own: what stands behind the first is the host.
        return f"{organization}.{getattr(plugin, 'hostname', '')}"
    return str(plugin.host or "") if chosen else ""


def is_private(host: str) -> bool:
    """Whether a name leads inside: to this machine, a private network, or nowhere that is public."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError:
        # Nobody knows it now; it is asked again before each message.
        return False
    return any(leads_inside(str(each)) for each in found)


def _options(address: str) -> list[tuple[str, str]]:
    """Its options, also behind a #channel: Apprise takes them from there, other programs do not."""
    return parse_qsl(address.partition("?")[2], keep_blank_values=True)


def _fault(code: str, **facts: object) -> Reason:
    return Reason(f"contact.chat_{code}", facts, "address")
