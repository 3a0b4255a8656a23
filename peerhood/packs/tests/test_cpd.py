from datetime import date

import pytest

from peerhood.packs import cpd
from peerhood.packs.loading import PackIncomplete

SMALL = """
languages = ["en", "sv"]
[sides]
craft = { en = "Craft", sv = "Hantverk" }
[[rules]]
key = "baker"
holds_from = 2020-01-01
name = { en = "Baker", sv = "Bagare" }
unit = { en = "hours", sv = "timmar" }
years = 1
total = 8.25
[[rules]]
key = "baker"
holds_from = 2025-01-01
name = { en = "Baker", sv = "Bagare" }
unit = { en = "hours", sv = "timmar" }
years = 1
total = 10
"""


@pytest.mark.parametrize(
    ("day", "quarters"),
    [(date(2019, 1, 1), 33), (date(2024, 12, 31), 33), (date(2025, 1, 1), 40)],
)
def test_a_cycle_is_under_the_version_of_its_first_day(day, quarters):
    assert cpd.parsed(SMALL, "bakers").holding("baker", day).total_quarters == quarters


def test_nobody_knows_a_key_that_is_not_there():
    assert cpd.parsed(SMALL, "bakers").holding("smith", date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (', sv = "Hantverk"', ""),
        (', sv = "Bagare"', ""),
        ("8.25", "8.3"),
        ("years = 1", "years = 1\nmost = 3"),
    ],
)
def test_what_is_missing_or_not_understood_does_not_load(right, wrong):
    with pytest.raises(PackIncomplete):
        cpd.parsed(SMALL.replace(right, wrong), "bakers")


def test_a_pack_without_the_file_knows_no_certification():
    assert cpd.load("nurse_educators") == cpd.Rules({}, ())
