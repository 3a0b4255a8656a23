"""The clock on the wall stays, also when a country changes its rules after a gathering was announced."""

import shutil
import zoneinfo
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import get_default_timezone, now

from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.series import scheduling, wall_clocks
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform import stamps

pytestmark = pytest.mark.django_db
KEY = "Europe/Stockholm"


@pytest.fixture
def country_moves_to(tmp_path):
    """Let Stockholm keep another zone's rules, as a new tzdata would: ``country_moves_to("Africa/Tunis")``."""
    before = zoneinfo.TZPATH

    def move(other):
        found = next(Path(folder, other) for folder in before if Path(folder, other).is_file())
        (tmp_path / KEY).parent.mkdir(exist_ok=True)
        shutil.copy(found, tmp_path / KEY)
        look_into([str(tmp_path), *before])

    yield move
    look_into(before)


def look_into(folders):
    zoneinfo.reset_tzpath(folders)
    ZoneInfo.clear_cache()
    # Two of one key are not the same; Django keeps one.
    get_default_timezone.cache_clear()


@pytest.fixture
def supper_at_seven(supper, ada, ben):
    """Next summer, when Stockholm is two hours ahead; Ben has a seat."""
    at_seven = datetime(now().year + 1, 7, 1, 19, tzinfo=ZoneInfo(KEY))
    planning.edit(supper, by=ada, version=supper.version, starts_at=at_seven)
    rsvp.attend(supper, ben)
    Mail.objects.all().delete()
    supper.refresh_from_db()
    return supper


def test_the_hour_stays_when_the_rules_change(supper_at_seven, country_moves_to, ben):  # F10
    before, length = supper_at_seven.starts_at, supper_at_seven.length
    assert before.astimezone(UTC).time() == time(17)
    stamp = stamps.current(f"gatherings/{supper_at_seven.pk}")
    country_moves_to("Africa/Tunis")  # no summer time: one hour ahead all year
    assert wall_clocks.keep() == 1
    after = Gathering.objects.get(pk=supper_at_seven.pk)
    assert after.starts_at.astimezone(UTC) == before.astimezone(UTC) + timedelta(hours=1)
    assert after.starts_at.astimezone(ZoneInfo(KEY)).time() == time(19)
    assert (after.length, after.version, after.sequence) == (
        *(length, supper_at_seven.version + 1, supper_at_seven.sequence + 1),
    )
    assert [(mail.kind, mail.address) for mail in Mail.objects.all()] == [
        ("gatherings/clock_kept", ben.email)
    ]
    assert "The clocks change differently" in Mail.objects.get().subject
    assert stamps.current(f"gatherings/{supper_at_seven.pk}") == stamp + 1
    assert Entry.objects.filter(name="gathering.shifted").count() == 1
    # Asked again, everything is where it should be.
    assert wall_clocks.keep() == 0
    assert Mail.objects.count() == 1


def test_control_without_the_task_the_hour_is_another(supper_at_seven, country_moves_to):
    country_moves_to("Africa/Tunis")
    still = Gathering.objects.get(pk=supper_at_seven.pk)
    assert still.starts_at.astimezone(ZoneInfo(KEY)).time() == time(18)


@pytest.mark.parametrize("rules", [KEY, "Europe/Berlin"])
def test_nothing_happens_when_the_moment_stays_the_same(supper_at_seven, country_moves_to, rules):
    country_moves_to(rules)
    assert wall_clocks.keep() == 0
    assert list(Mail.objects.all()) == []
    assert Gathering.objects.get(pk=supper_at_seven.pk).version == supper_at_seven.version


def test_what_is_over_or_cancelled_stays_where_it_was(supper_at_seven, country_moves_to, ada):
    planning.cancel(supper_at_seven, by=ada)
    country_moves_to("Africa/Tunis")
    assert wall_clocks.keep() == 0


def test_an_hour_that_comes_twice_is_not_taken_for_the_other_one(supper, ada):
    twice = datetime(now().year + 1, 10, 31, 2, 30, tzinfo=ZoneInfo(KEY))
    twice -= timedelta(days=(twice.weekday() + 1) % 7)
    second = twice.replace(fold=1)
    assert second.utcoffset() == timedelta(hours=1)
    planning.edit(supper, by=ada, version=supper.version, starts_at=second)
    assert wall_clocks.keep() == 0


def test_an_edit_of_something_else_does_not_take_over_a_wrong_clock(supper_at_seven, country_moves_to, ada):
    country_moves_to("Africa/Tunis")
    fresh = Gathering.objects.get(pk=supper_at_seven.pk)
    planning.edit(fresh, by=ada, version=fresh.version, title="Dinner", starts_at=fresh.starts_at)
    assert wall_clocks.keep() == 1
    assert Gathering.objects.get(pk=fresh.pk).starts_at.astimezone(ZoneInfo(KEY)).time() == time(19)


def test_a_whole_series_keeps_its_hour(afternoons, ada, country_moves_to):  # F10
    drafted = scheduling.draft_year(afternoons, by=ada)
    country_moves_to("Africa/Tunis")
    in_summer = sum(one.starts_at.astimezone(UTC).hour == 11 for one in drafted)
    assert wall_clocks.keep() == in_summer > 0
    hours = {one.starts_at.astimezone(ZoneInfo(KEY)).time() for one in afternoons.gatherings.all()}
    assert hours == {time(13)}
