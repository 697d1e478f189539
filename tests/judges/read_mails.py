"""Run by the judges' Python: reads mails as a network team does, and says what it understood, as JSON.

Standard input: a JSON list of mails as text. Standard output: for each, the records of the whole mail and of its
calendar part alone. Imports nothing of ours: it runs where our packages are not.
"""

import json
import sys
from email import message_from_bytes
from email.policy import default

from circuit_maintenance_parser import NotificationData, init_provider


def understood(data: NotificationData) -> list[dict[str, object]]:
    return [json.loads(each.to_json()) for each in init_provider("genericprovider").get_maintenances(data)]


def read(raw: bytes) -> dict[str, object]:
    mail = message_from_bytes(raw, policy=default)
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    alone = [
        record
        for part in parts
        for record in understood(NotificationData.init_from_raw("ical", part.get_payload(decode=True)))
    ]
    return {"mail": understood(NotificationData.init_from_email_bytes(raw)), "calendar": alone}


if __name__ == "__main__":
    sys.stdout.write(json.dumps([read(raw.encode()) for raw in json.load(sys.stdin)]))
