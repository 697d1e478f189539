"""The columns of a file of clients and contacts: one line a contact, with its client's columns beside it."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum


class Kind(Enum):
    """What a column holds, and so how a cell of it is read and written."""

    TEXT = "text"
    SLUG = "slug"
    ZONE = "zone"
    DAYS = "days"
    URL = "url"
    YES_OR_NO = "yes_or_no"
    ONE_OF = "one_of"
    SYSTEMS = "systems"
    SERVICES = "services"


@dataclass(frozen=True)
class Column:
    """`key` names it in code, `label` heads it in a file; `field` is the model's, `most` its longest text."""

    key: str
    label: str
    field: str
    kind: Kind = Kind.TEXT
    most: int = 0


CLIENT = (
    Column("client", "Client", "name", most=120),
    Column("reference", "Reference", "slug", Kind.SLUG, 120),
    Column("time_zone", "Time zone", "time_zone", Kind.ZONE),
    Column("locale", "Form of dates", "locale", Kind.ONE_OF),
    Column("systems", "Systems", "systems", Kind.SYSTEMS),
    Column("services", "Services", "services", Kind.SERVICES),
    Column("contract_lead_days", "Days by contract", "contract_lead_days", Kind.DAYS),
    Column("meanwhile_stat", "STAT studies go to", "meanwhile_stat", most=200),
    Column("meanwhile_phone", "Number to call", "meanwhile_phone", most=120),
    Column("meanwhile_fax", "Orders by telephone or fax", "meanwhile_fax", most=120),
    Column("meanwhile_paper", "Paper forms", "meanwhile_paper", most=200),
    Column("meanwhile", "Meanwhile", "meanwhile", most=2000),
    Column("webhook", "Webhook", "oms_webhook_url", Kind.URL, 200),
    Column("client_now", "Client now", "active", Kind.YES_OR_NO),
)
CONTACT = (
    Column("contact", "Contact", "name", most=120),
    Column("role", "What it is", "role", Kind.ONE_OF),
    Column("is_person", "One person", "is_person", Kind.YES_OR_NO),
    Column("channel", "Told by", "channel", Kind.ONE_OF),
    Column("address", "Address", "address", most=500),
    Column("contact_time_zone", "Contact time zone", "time_zone", Kind.ZONE),
    Column("language", "Greeted in", "language", Kind.ONE_OF),
    Column("wants_invitations", "Calendar invitations", "wants_invitations", Kind.YES_OR_NO),
    Column("wants_point_of_service", "Also on the day", "wants_point_of_service", Kind.YES_OR_NO),
    Column("is_contractual", "Named in the contract", "is_contractual", Kind.YES_OR_NO),
    Column("told_now", "Told now", "active", Kind.YES_OR_NO),
)
ALL = (*CLIENT, *CONTACT)
BY_KEY = {column.key: column for column in ALL}
# The file of bad lines has these in front; whoever mends it uploads it as it is.
NOTES = ("Line", "Why")


def heading(typed: str) -> str:
    """A heading without what people write differently: case, blanks, hyphens, apostrophes."""
    return re.sub(r"[^a-z0-9]+", " ", typed.casefold().replace("’", "").replace("'", "")).strip()


KEYS = {heading(name): column.key for column in ALL for name in (column.label, column.key)}
IGNORED = {heading(name) for name in NOTES}


def key_of(typed: str) -> str:
    """The key of the column that this heading names, empty for none."""
    return KEYS.get(heading(typed), "")


def nearest(typed: str) -> str:
    """The label of the column that was probably meant, empty when none is near."""
    found = get_close_matches(heading(typed), KEYS, n=1, cutoff=0.75)
    return BY_KEY[KEYS[found[0]]].label if found else ""
