"""By which rule the board meets and has a quorum. One row; until somebody edits it, its defaults hold."""

from datetime import date, time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from changes.domain.meeting_dates import OnHoliday, Rhythm
from changes.domain.quorum import GROUPS_NEEDED, PERCENT_NEEDED, Needed


class MeetingRuleQuerySet(models.QuerySet["MeetingRule"]):
    def current(self) -> "MeetingRule":
        """The rule in force. One query."""
        return self.first() or MeetingRule()


class MeetingRule(models.Model):
    """Weekday, local start in the platform's zone, length, every how many weeks, what a holiday does, and
    what a quorum takes."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    HOLIDAY_WORDS = (
        (OnHoliday.EARLIER.value, "Meet two working days before"),
        (OnHoliday.LATER.value, "Meet on the next working day"),
        (OnHoliday.SKIP.value, "Leave the meeting out"),
    )

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices, default=Weekday.THURSDAY)
    start_time = models.TimeField(default=time(10))
    length_minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(15), MaxValueValidator(480)]
    )
    every_weeks = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    counted_from = models.DateField(default=date(2026, 1, 1))
    on_holiday = models.CharField(max_length=8, choices=HOLIDAY_WORDS, default=OnHoliday.EARLIER.value)
    # PRODUCT.md section 7: half of the members rounded up, from at least three groups.
    quorum_percent = models.PositiveSmallIntegerField(
        default=PERCENT_NEEDED, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    quorum_groups = models.PositiveSmallIntegerField(
        default=GROUPS_NEEDED, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )

    objects = MeetingRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="the_board_meets_by_one_rule"),
            models.CheckConstraint(
                condition=Q(weekday__lte=6, every_weeks__gte=1, every_weeks__lte=12),
                name="a_meeting_recurs_on_a_day_of_the_week",
            ),
            models.CheckConstraint(
                condition=Q(length_minutes__gte=15, length_minutes__lte=480),
                name="a_meeting_lasts_from_a_quarter_to_eight_hours",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100, quorum_groups__gte=1),
                name="a_quorum_takes_a_member_and_a_group",
            ),
        ]

    def __str__(self) -> str:
        rhythm = f"{self.get_weekday_display()} {self.start_time:%H:%M}, every {self.every_weeks} weeks"
        return f"{rhythm}, quorum {self.quorum_percent} % of {self.quorum_groups} groups"

    @property
    def needed(self) -> Needed:
        return Needed(self.quorum_percent, self.quorum_groups)

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.weekday, self.every_weeks, self.counted_from, OnHoliday(self.on_holiday))
