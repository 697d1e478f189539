from datetime import timedelta

import pytest

from changes.domain.item_time import allotted


@pytest.mark.parametrize(
    ("minutes", "among", "seconds"),
    [
        (60, 5, 720),
        (58, 5, 660),
        (60, 1, 3600),
        (60, 0, 3600),
        (3, 30, 60),
        (-10, 4, 60),
    ],
)
def test_an_item_gets_an_even_share_of_what_is_left_in_whole_minutes_and_at_least_one(
    minutes, among, seconds
):
    assert allotted(timedelta(minutes=minutes), among=among) == seconds
