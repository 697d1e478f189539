"""The words of the directory: what history says, why something is refused."""

ACTS = {
    "client.added": "Client added",
    "client.edited": "Client edited",
    "client.oms_key_rotated": "New key for the order system, {prefix}…",
    "client.no_go_added": "No-go date {on}: {reason}",
    "client.no_go_removed": "No-go date {on} taken away",
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
    "contact.address_taken": "{name} has this address already. Nobody is told a thing twice.",
}
