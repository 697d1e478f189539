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
    "contact.bounced": "Mail to {contact}, {address}, came back: {words}",
    "contact.complained": "{contact}, {address}, told its mail provider that it does not want these mails",
    "contact.retired": "Contact {contact} is told nothing more",
    "contact.asked_to_leave": "{contact} wants to be told no more, and is told until somebody has seen to it",
    "contact.rejoined": "Contact {contact} is told again",
}

REASONS = {
    "client.edited_meanwhile": (
        "Someone else saved this client since you opened it. Open it again and redo your edit."
    ),
    "client.name_taken": "There is a client called “{name}” already.",
    "contact.not_a_email": "This is no e-mail address, like desk@hospital.example.",
    "contact.not_a_webhook": "A webhook’s address starts with https://.",
    "contact.in_app_of_client": "Nobody of a client signs in to changeboard: choose another way.",
    "contact.webhook_unsigned": "The client has no secret yet that its webhooks are signed with. Make one on the "
    "client’s page, under Order system, then save this contact again.",
    "contact.chat_masked": "This address is hidden. Type the whole address anew.",
    "contact.chat_option": "Leave out “{option}”: changeboard decides that itself.",
    "contact.chat_unreadable": "This is no Apprise address, like slack://token/token/token or "
    "twilio://account:token@from/to.",
    "contact.chat_not_allowed": "{service} is not allowed here. Allowed are: {allowed}. An administrator sets "
    "CHAT_SERVICES.",
    "contact.chat_incomplete": "The address of {service} is incomplete or misspelt: compare it with Apprise’s page "
    "about this service.",
    "contact.chat_no_http": "{service} is not spoken to over HTTP, and not taken here.",
    "contact.chat_several": "This address names {places} places. Make a contact of each: only then is it known who "
    "was told.",
    "contact.chat_private": "{host} lies inside a private network. An administrator allows that by "
    "PRIVATE_ADDRESSES.",
    "contact.not_a_phone": "This is no telephone number, like +1 555 0100.",
    "contact.number_missing": "Say which number to call.",
    "contact.is_another_address": "This address is no longer the contact’s. The one that stands there now is not "
    "confirmed by this.",
    "contact.note_missing": "Say whom you spoke to.",
    "no_go.ends_before_it_begins": "The last day lies before the first.",
    "no_go.too_long": "At most {most} days at once.",
    "contact.address_taken": "{name} has this address already. Nobody is told a thing twice.",
}
