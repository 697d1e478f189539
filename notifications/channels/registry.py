"""Which class serves which channel. Telephone calls are made by people: they have none."""

from changeboard.directory.models import Channel
from notifications.channels.chat import Chat
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
    Channel.CHAT.value: Chat,
}
