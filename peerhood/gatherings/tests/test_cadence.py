from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from peerhood.gatherings.series import cadence

STOCKHOLM = ZoneInfo("Europe/Stockholm")
days = some.dates(date(2020, 1, 1), date(2090, 1, 1))
rules = some.fixed_dictionaries(
    {
        "cadence": some.sampled_from(["monthly", "six-weekly", "quarterly"]),
        "weekday": some.integers(0, 6),
        "week_of_month": some.integers(1, 5),
    }
)


@pytest.mark.parametrize(
    ("rule", "weekday", "week", "after", "then"),
    [
        ("monthly", 3, 3, date(2026, 10, 15), date(2026, 11, 19)),
        ("monthly", 1, cadence.LAST_WEEK, date(2026, 12, 29), date(2027, 1, 26)),
        ("quarterly", 3, 3, date(2026, 10, 15), date(2027, 1, 21)),
        ("quarterly", 3, 3, date(2026, 11, 19), date(2027, 2, 18)),
        ("six-weekly", 2, 1, date(2026, 10, 14), date(2026, 11, 25)),
        ("six-weekly", 2, 1, date(2026, 10, 15), date(2026, 11, 25)),  # that one was moved to a Thursday
    ],
)
def test_the_next_date_follows_the_cadence(rule, weekday, week, after, then):
    assert cadence.next_date(after, cadence=rule, weekday=weekday, week_of_month=week) == then


@settings(deadline=None)
@given(days, rules)
def test_the_next_date_is_later_on_the_right_weekday_and_never_far(after, rule):
    then = cadence.next_date(after, **rule)
    assert then.weekday() == rule["weekday"]
    assert 0 < (then - after).days <= {"monthly": 62, "six-weekly": 45, "quarterly": 124}[rule["cadence"]]


@settings(deadline=None)
@given(days, rules)
def test_the_first_date_is_not_before_the_day_given_and_the_rule_holds_from_then_on(not_before, rule):
    first = cadence.first_date(not_before, **rule)
    assert first.weekday() == rule["weekday"]
    assert not_before <= first <= not_before + timedelta(days=62)


@settings(deadline=None)
@given(some.integers(2020, 2090), some.integers(1, 12), some.integers(0, 6))
def test_the_last_weekday_has_no_other_after_it_in_its_month(year, month, weekday):
    last = cadence.nth_weekday(year, month, weekday, cadence.LAST_WEEK)
    assert (last.month, (last + timedelta(weeks=1)).month) == (month, month % 12 + 1)


@pytest.mark.parametrize(
    ("day", "in_utc"),
    [  # F9: summer time ends on 25 October 2026 and begins on 28 March 2027
        (date(2026, 10, 24), datetime(2026, 10, 24, 11, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 12, tzinfo=UTC)),
        (date(2027, 3, 27), datetime(2027, 3, 27, 12, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 11, tzinfo=UTC)),
    ],
)
def test_the_clock_on_the_wall_stays_when_summer_time_comes_and_goes(day, in_utc):
    assert cadence.at(day, time(13), STOCKHOLM) == in_utc
