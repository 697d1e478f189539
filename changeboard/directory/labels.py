"""The words of the directory: what history says, why something is refused."""

# How a client reads dates. Form and import take these.
LOCALES = [("en-US", "English, United States"), ("en-GB", "English, other: 24 hours")]

ACTS = {
    "client.added": "Client added",
    "client.edited": "Client edited",
    "client.added_by_import": "Added from {file}",
    "client.edited_by_import": "Changed by {file}",
    "client.oms_key_rotated": "New key for the order system, {prefix}…",
    "client.webhook_secret_rotated": "New secret for the webhook",
    "client.no_go_added": "No-go date {on}: {reason}",
    "client.no_go_run_added": "No-go dates {on} to {until}: {reason}",
    "client.no_go_removed": "No-go date {on} taken away",
    "client.no_go_run_removed": "No-go dates {on} to {until} taken away",
    "contact.confirmed_by_mail": "{contact} confirmed the address {address}",
    "contact.confirmed_by_phone": "{contact}: {address} confirmed by telephone. {note}",
    "contact.added": "Contact {contact} added",
    "contact.edited": "Contact {contact} edited",
    "contact.retired": "Contact {contact} is told nothing more",
}

REASONS = {
    "client.edited_meanwhile": (
        "Someone else saved this client since you opened it. Open it again and redo your edit."
    ),
    "client.name_taken": "There is a client called “{name}” already.",
    "contact.not_a_email": "This is no e-mail address, like desk@hospital.example.",
    "contact.not_a_webhook": "A webhook’s address starts with https://.",
    "contact.number_missing": "Say which number to call.",
    "contact.is_another_address": "This address is no longer the contact’s. The one that stands there now is not "
    "confirmed by this.",
    "contact.note_missing": "Say whom you spoke to.",
    "no_go.ends_before_it_begins": "The last day lies before the first.",
    "no_go.too_long": "At most {most} days at once.",
    "contact.address_taken": "{name} has this address already. Nobody is told a thing twice.",
}
