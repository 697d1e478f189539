from changeboard.people.models.group import Group
from changeboard.people.models.key import Key, Scope, digest
from changeboard.people.models.person import MailChoice, Person, Role, check_time_zone, platform_time_zone

__all__ = [
    "Group",
    "Key",
    "MailChoice",
    "Person",
    "Role",
    "Scope",
    "check_time_zone",
    "digest",
    "platform_time_zone",
]
