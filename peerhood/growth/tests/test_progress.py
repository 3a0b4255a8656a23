from datetime import date

import pytest

from peerhood.growth import progress
from peerhood.growth.models import Cycle, Entry
from peerhood.packs import cpd

RULES = cpd.load("pmo")


def cycle(certification):
    return Cycle(certification=certification, starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))


def entry(quarters=4, day=date(2026, 5, 1), **said):
    return Entry(quarters=quarters, day=day, **said)


def told(certification, *entries):
    lines = progress.lines(cycle(certification), entries, RULES.sides, "en")
    return {line.key: (line.has_quarters / 4, line.asks_quarters / 4) for line in lines}


@pytest.mark.parametrize(
    ("key", "total", "education", "side"),
    [
        *((key, 60, 35, 8) for key in ("pmp", "pgmp", "pfmp", "pmi-pba")),
        *((key, 30, 18, 4) for key in ("pmi-acp", "pmi-rmp", "pmi-sp")),
        ("capm", 15, 9, 2),
    ],
)
def test_each_certification_asks_for_its_own(key, total, education, side):
    asked = {name: asks for name, (_has, asks) in told(key).items()}
    assert asked == {"total": total, "education": education, "ways": side, "power": side, "acumen": side}


def test_giving_back_counts_in_all_and_is_no_education():
    found = told("pmp", entry(6, split={"ways": 5, "power": 1}), entry(4, is_education=False))
    assert [found[key][0] for key in ("total", "education", "ways", "power", "acumen")] == [
        2.5,
        1.5,
        1.25,
        0.25,
        0,
    ]


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2028, 1, 1)])
def test_only_days_of_the_cycle_count(day):
    assert told("pmp", entry(day=day))["total"][0] == 0
    assert told("pmp", entry(day=date(2025, 1, 1)), entry(day=date(2027, 12, 31)))["total"][0] == 2


def test_an_hour_without_a_reflection_counts_where_none_is_asked_for():
    silent, reflected = entry(), entry(reflection="I ask more.")
    assert told("apm", silent, reflected) == {"total": (1, 35)}
    assert told("pmp", silent, reflected)["total"][0] == 2


def test_a_certification_the_pack_no_longer_knows_asks_for_nothing():
    assert told("gone", entry()) == {}
