"""The words of people: what history says, why something is refused."""

ACTS = {
    "person.added": "Added",
    "person.roles_given": "Roles and group set",
    "person.activated": "Let in again",
    "person.deactivated": "Shut out",
    "person.profile_edited": "Own profile edited",
    "person.mail_chosen": "Mail about changes: {mail}",
    "person.password_given": "New password given",
    "person.password_changed": "Own password changed",
    "key.made": "API key “{name}” made",
    "key.revoked": "API key “{name}” revoked",
}

REASONS = {
    "person.last_administrator": "This is the last administrator. Give another person the role first.",
    "person.name_taken": "Another person is called “{username}”. Choose another user name.",
    "person.email_taken": "Another person has this address.",
}
