"""The mail server of the notices' tests serves here too."""

from tests.notifications.conftest import mail_server, mailbox

__all__ = ["mail_server", "mailbox"]
