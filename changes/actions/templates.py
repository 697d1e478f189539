"""Templates of standard changes: what stops them."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changes.models import Change, Template


@transaction.atomic
def suspend(template: Template, *, by: Person | None, at: datetime, because: Change) -> Template:
    """A template suspends itself after its first failure. A second time nothing happens."""
    template = Template.objects.select_for_update().get(pk=template.pk)
    if template.suspended_at is None:
        template.suspended_at = at
        template.save(update_fields=["suspended_at"])
        record("template.suspended", template, by=by, at=at, because=because)
    return template
