"""Which class serves which channel. Telephone calls are made by people: they have none."""

from changeboard.directory.models import Channel
from notifications.channels.email import Email
from notifications.channels.in_app import InApp
from notifications.channels.oms import Oms
from notifications.channels.ways import Way
from notifications.channels.webhook import Webhook

WAYS: dict[str, type[Way]] = {
    Channel.EMAIL.value: Email,
    Channel.OMS.value: Oms,
    Channel.WEBHOOK.value: Webhook,
    Channel.IN_APP.value: InApp,
}


class Ways:
    """The channels of one batch, each opened when it is first used and closed at the end."""

    def __init__(self) -> None:
        self._open: dict[str, Way] = {}

    def __enter__(self) -> "Ways":
        return self

    def __exit__(self, *_: object) -> None:
        for way in self._open.values():
            way.close()

    def by(self, channel: str) -> Way:
        if channel not in self._open:
            self._open[channel] = WAYS[channel]()
        return self._open[channel]
