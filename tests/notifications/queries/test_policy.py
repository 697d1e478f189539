"""The notice policy that ships, and what a version of it says."""

from datetime import UTC, date, datetime

import pytest

from notifications.models import NoticePolicy, PolicyLine, QuietPeriod
from notifications.queries import policy

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
# PRODUCT.md section 6, "Policy that ships".
SHIPPED = {
    ("clients", "every_window"): ["two_weeks", "day_before", "starting", "under_way", "extended", "done"],
    ("internal", "every_window"): ["two_weeks", "day_before"],
    ("internal", "short_notice_only"): ["two_weeks", "one_week", "day_of"],
    ("wider_circle", "short_notice_only"): ["two_weeks", "one_week", "day_of"],
}
DAYS = {"two_weeks": 14, "one_week": 7, "day_before": 1}


def a_version(number: int = 2) -> NoticePolicy:
    return NoticePolicy.objects.create(version=number, saved_at=AT)


def test_the_policy_that_ships_is_the_table_of_the_product():
    lines = policy.lines()
    found = {(line.audience, line.when): set() for line in lines}
    for line in lines:
        found[line.audience, line.when].add(line.milestone)
        assert (line.days_before, line.local_hour) == (DAYS.get(line.milestone, 0), 9)
        assert (line.minutes_before, line.systems, line.channels, line.quiet) == (60, set(), set(), ())
    assert found == {key: set(milestones) for key, milestones in SHIPPED.items()}


def test_only_the_newest_version_is_in_force(ris, django_assert_num_queries):
    version = a_version()
    line = PolicyLine.objects.create(
        policy=version, audience="clients", milestone="soon", days_before=5, channels=["email"]
    )
    line.systems.add(ris)
    with django_assert_num_queries(2):
        (found,) = policy.lines()
    assert (found.milestone, found.days_before) == ("soon", 5)
    assert (found.systems, found.channels) == ({ris.pk}, {"email"})


def test_a_quiet_period_binds_the_audiences_that_it_names():
    version = a_version()
    for audience in ("clients", "internal"):
        PolicyLine.objects.create(policy=version, audience=audience, milestone="day_of")
    QuietPeriod.objects.create(
        policy=version, name="Christmas", first_on=date(2026, 12, 24), last_on=date(2026, 12, 26),
        audiences=["clients"], since=AT,
    )  # fmt: skip
    assert {line.audience: len(line.quiet) for line in policy.lines()} == {"clients": 1, "internal": 0}
