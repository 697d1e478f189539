"""Zones as people type them."""

import pytest

from maintenance.domain import zone_names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("London", "Europe/London"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("Honolu", "Pacific/Honolulu"),
        ("America", ""),
        ("Atlantis", ""),
        (" ", ""),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(typed, meant):
    assert zone_names.find(typed) == meant


def test_the_nearest_zones_come_first_and_never_too_many():
    assert zone_names.like("san")[0].rpartition("/")[2].startswith("San")
    assert len(zone_names.like("a")) == zone_names.MOST
