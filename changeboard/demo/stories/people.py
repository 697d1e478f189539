"""Who signs in to the demonstration. Everybody's password is "changeboard"."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from changeboard.people.models import Group, MailChoice, Person

PASSWORD = "changeboard"  # noqa: S105  (of the demonstration, printed at every start)

GROUPS = {
    "cio": "CIO",
    "engineering": "Engineering",
    "support": "Support",
    "sales-and-client-services": "Sales and client services",
    "operations": "Operations",
    "marketing": "Marketing",
}

# user name, first and last name, group, roles
PEOPLE = (
    ("engineer", "Nora", "Engineer", "engineering", ("engineer",)),
    ("engineer2", "Daniel", "Admin", "engineering", ("engineer",)),
    ("member1", "Ines", "Officer", "cio", ("board_member",)),
    ("member2", "Paul", "Engineer", "engineering", ("board_member", "engineer")),
    ("member3", "Sara", "Support", "support", ("board_member",)),
    ("member4", "Mia", "Marketing", "marketing", ("board_member",)),
    ("member5", "Luis", "Sales", "sales-and-client-services", ("board_member",)),
    ("member6", "Oscar", "Operations", "operations", ("board_member",)),
    ("chair", "Clara", "Chair", "engineering", ("chair", "board_member")),
    ("release", "Rita", "Release", "operations", ("release_engineer",)),
    ("clientservices", "Kim", "Services", "sales-and-client-services", ("client_services",)),
    ("admin", "Ada", "Administrator", None, ("administrator",)),
)

ON_DIGESTS = {"member1", "chair"}


def tell(*, now: datetime) -> int:
    """Groups and people."""
    if Person.objects.filter(username="engineer").exists():
        return 0
    groups = {
        slug: Group.objects.get_or_create(slug=slug, defaults={"name": name, "position": place})[0]
        for place, (slug, name) in enumerate(GROUPS.items(), 1)
    }
    # One hash for all: it is the same password, and hashing is slow on purpose.
    password = make_password(PASSWORD)
    people = Person.objects.bulk_create(
        Person(
            username=username,
            email=f"{username}@example-teleradiology.example",
            first_name=first,
            last_name=last,
            group=groups.get(group or ""),
            roles=list(roles),
            password=password,
            joined_at=now,
            # What the stories tell of the last days is mailed soon after the start.
            mail_since=now - timedelta(days=7),
            mail=MailChoice.DAILY if username in ON_DIGESTS else MailChoice.AT_ONCE,
        )
        for username, first, last, group, roles in PEOPLE
    )
    return len(groups) + len(people)


def person(username: str) -> Person:
    return Person.objects.get(username=username)
