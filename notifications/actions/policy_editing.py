"""Saving the notice policy: whole, as a new version, exactly as it was looked at."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Refusal, conflict
from notifications import policy_labels
from notifications.domain.policy import Policy, faults
from notifications.models import NoticePolicy, PolicyLine, QuietPeriod
from notifications.queries import policy, policy_words, what_if


@transaction.atomic
def save(wanted: Policy, *, seen: str, by: Person, at: datetime) -> NoticePolicy:
    """Put a policy in force as a new version; the next tick brings the ledger to it.

    `seen` is the fingerprint of the consequences that the person was shown: when they are others by now, or
    another version was saved meanwhile, it is refused (409). Refused with every fault of the policy at once.
    The policy in force once more changes nothing.
    """
    # Two who save at once wait for each other here; the second has looked at an old version.
    held = NoticePolicy.objects.select_for_update().order_by("-version")[0]
    known = policy.in_force()
    if known.said == wanted.said:
        return held
    if wrong := faults(wanted):
        raise Refusal(wrong)
    if what_if.of_policy(wanted, now=at).fingerprint != seen:
        raise conflict("policy.changed_meanwhile")
    saved = NoticePolicy.objects.create(version=policy.version() + 1, saved_at=at, saved_by=by)
    _write_lines(saved, wanted)
    _write_periods(saved, wanted, at)
    changes = policy_words.changed(known, wanted, policy_words.systems())
    version = policy_labels.NEW_VERSION.format(version=saved.version)
    record("policy.saved", saved, by=by, at=at, version=version, changes=changes)
    return saved


def _write_lines(saved: NoticePolicy, wanted: Policy) -> None:
    rows = PolicyLine.objects.bulk_create(
        PolicyLine(
            policy=saved,
            audience=line.audience.value,
            when=line.when.value,
            milestone=line.milestone.value,
            days_before=line.days_before,
            local_hour=line.local_hour,
            minutes_before=line.minutes_before,
            channels=sorted(line.channels),
        )
        for line in wanted.lines
    )
    through = PolicyLine.systems.through
    through.objects.bulk_create(
        through(policyline_id=row.pk, system_id=system)
        for row, line in zip(rows, wanted.lines, strict=True)
        for system in sorted(line.systems)
    )


def _write_periods(saved: NoticePolicy, wanted: Policy, at: datetime) -> None:
    """Days that were quiet before are so since then."""
    since = policy.quiet_since()
    QuietPeriod.objects.bulk_create(
        QuietPeriod(
            policy=saved,
            name=period.name,
            first_on=period.first_on,
            last_on=period.last_on,
            audiences=sorted(each.value for each in period.audiences),
            since=since.get(period.days, at),
        )
        for period in wanted.periods
    )
