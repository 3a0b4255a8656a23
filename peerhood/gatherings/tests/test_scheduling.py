"""A series: its dates to come, drafted one by one or a year ahead, and one that floats."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.gatherings import agenda, planning, polling, rsvp
from peerhood.gatherings.calendars import ical
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.series import scheduling
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db
STOCKHOLM, NEW_YORK = ZoneInfo("Europe/Stockholm"), ZoneInfo("America/New_York")
AUTUMN = time_machine.travel(datetime(2026, 9, 1, tzinfo=UTC), tick=False)


@pytest.fixture
def floating(makers, ada):
    return scheduling.schedule(
        makers, by=ada, template="flashmob-evening", cadence="floating", starts_at_time=time(18)
    )


def days(starts):
    return [start.astimezone(STOCKHOLM).date() for start in starts]


@AUTUMN
def test_a_series_knows_its_next_four_dates(afternoons, ada):
    dates = [date(2026, 9, 17), date(2026, 12, 17), date(2027, 3, 18), date(2027, 6, 17)]
    assert days(scheduling.coming_starts(afternoons)) == dates
    scheduling.draft(afternoons, by=ada)
    assert days(scheduling.coming_starts(afternoons)) == [*dates[1:], date(2027, 9, 16)]


@AUTUMN
@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        ("monthly", [date(2026, 9, 24), date(2026, 10, 29), date(2026, 11, 26), date(2026, 12, 31)]),
        ("six-weekly", [date(2026, 9, 17), date(2026, 10, 29), date(2026, 12, 10), date(2027, 1, 21)]),
        ("floating", []),
    ],
)
def test_the_last_thursday_six_weeks_and_no_fixed_day(afternoons, ada, cadence, expected):
    series = scheduling.change(afternoons, by=ada, cadence=cadence, week_of_month=5)
    assert days(scheduling.coming_starts(series)) == expected


@AUTUMN
def test_a_year_is_drafted_at_once_and_not_twice(afternoons, ada):
    drafted = scheduling.draft_year(afternoons, by=ada)
    assert days(one.starts_at for one in drafted) == [
        *(date(2026, 9, 17), date(2026, 12, 17), date(2027, 3, 18), date(2027, 6, 17)),
    ]
    assert {one.state for one in drafted} == {"draft"}
    with pytest.raises(Refusal, match="drafted already"):
        scheduling.draft_year(afternoons, by=ada)
    assert Gathering.objects.count() == 4


@AUTUMN
def test_a_gathering_stays_at_its_hour_when_summer_time_comes_and_goes(afternoons, ada, ben):  # F9
    """Across 25 October 2026 and 28 March 2027; Ben lives in New York, where the clocks change on other days."""
    scheduling.change(afternoons, by=ada, cadence="monthly")
    drafted = scheduling.draft_year(afternoons, by=ada)
    here = [one.starts_at.astimezone(STOCKHOLM) for one in drafted]
    assert {start.time() for start in here} == {time(13)}
    by_month = {start.month: start.utcoffset() // timedelta(hours=1) for start in here}
    assert [by_month[month] for month in (10, 11, 3, 4)] == [2, 1, 1, 2]
    there = {start.month: start.astimezone(NEW_YORK).hour for start in here}
    # New York is six hours behind, and five between 14 and 28 March, when only its summer has come.
    assert [there[month] for month in (10, 11, 3, 4)] == [7, 7, 8, 7]
    assert {(one.wall_day, one.wall_clock) for one in drafted} == {(s.date(), time(13)) for s in here}


@AUTUMN
def test_the_calendar_of_somebody_in_new_york_names_the_zone_of_the_gathering(afternoons, ada, ben):  # F9
    drafted = planning.publish(scheduling.draft(afternoons, by=ada), by=ada, purpose="To meet.")
    rsvp.attend(drafted, ben)
    text = ical.calendar_of(ical.with_discretion(Gathering.objects.filter(pk=drafted.pk))).decode()
    assert "DTSTART;TZID=Europe/Stockholm:20260917T130000" in text
    assert "BEGIN:VTIMEZONE" in text


def test_the_next_date_of_every_series_is_one_question(
    afternoons, floating, makers, ada, django_assert_num_queries
):
    drafted = scheduling.draft(afternoons, by=ada)
    planning.cancel(scheduling.draft(afternoons, by=ada), by=ada)
    with django_assert_num_queries(1):
        found = scheduling.next_starts_in(makers)
    assert found == [(floating, None), (afternoons, scheduling.next_start(afternoons))]
    assert found[1][1] > drafted.starts_at


def test_ben_cannot_change_a_series_or_draft_its_year(afternoons, ben):
    with pytest.raises(PermissionDenied):
        scheduling.change(afternoons, by=ben, capacity=3)
    with pytest.raises(PermissionDenied):
        scheduling.draft_year(afternoons, by=ben)


def test_a_changed_series_changes_what_is_drafted_from_then_on(afternoons, ada):
    first = scheduling.draft(afternoons, by=ada)
    scheduling.change(afternoons, by=ada, place_name="The mill", template="flashmob-evening")
    second = scheduling.draft(afternoons, by=ada)
    first.refresh_from_db()
    assert (first.place_name, second.place_name) == ("Coffee on us, third floor", "The mill")
    assert (len(agenda.lines_of(first)), len(agenda.lines_of(second))) == (6, 5)
    entry = Entry.objects.get(name="series.changed")
    assert entry.facts == {"changed": ["place_name", "template"]}


# No fixed day


def test_a_floating_series_wants_a_date_that_is_typed(floating, ada):
    for act in (scheduling.draft, scheduling.draft_year):
        with pytest.raises(Refusal, match="no fixed day"):
            act(floating, by=ada)
    chosen = now() + timedelta(days=20)
    assert scheduling.draft(floating, by=ada, starts_at=chosen).starts_at == chosen


def test_a_floating_series_is_polled_and_floats_on(floating, ada):
    poll = polling.open_poll(floating, polling.proposed_starts(floating), by=ada)
    starts = [slot.starts_at for slot in poll.slots.all()]
    assert len(starts) == polling.PROPOSED
    assert starts[0] > now() + timedelta(days=13)
    drafted = polling.choose(poll, poll.slots.all()[1], by=ada)
    floating.refresh_from_db()
    assert (drafted.starts_at, floating.is_floating()) == (starts[1], True)


def test_an_online_series_gives_its_places_online(makers, ada):
    hours = scheduling.schedule(makers, by=ada, template="career-hour", starts_at_time=time(12), capacity=60)
    drafted = scheduling.draft(hours, by=ada)
    assert (drafted.mode, drafted.online_capacity) == ("online", 60)


# Its page


@AUTUMN
def test_members_read_what_is_planned_and_nobody_has_a_calendar_entry_for_it(client, afternoons, ada, ben):
    scheduling.draft(afternoons, by=ada)
    client.force_login(ben)
    page = client.get(f"/gatherings/series/{afternoons.pk}/").text
    assert "about 17 December 2026" in page
    # A draft is its hosts'.
    assert "17 September" not in page
    assert "Draft the year ahead" not in page
    feed = client.get("/gatherings/feed/makers.ics").text
    assert "BEGIN:VEVENT" not in feed
    client.force_login(ada)
    page = client.get(f"/gatherings/series/{afternoons.pk}/").text
    assert "Thursday 17 September, 13:00" in page
    assert "Draft the year ahead" in page


def test_the_page_drafts_the_next_date_a_typed_one_and_the_year(client, floating, afternoons, ada):
    client.force_login(ada)
    page = f"/gatherings/series/{floating.pk}/"
    assert client.post(f"{page}draft/", {"starts_at": ""}).status_code == 409
    assert client.post(f"{page}draft/", {"starts_at": "2001-01-01T18:00"}).status_code == 422
    typed = (now() + timedelta(days=30)).astimezone(STOCKHOLM).strftime("%Y-%m-%dT18:30")
    client.post(f"{page}draft/", {"starts_at": typed})
    (drafted,) = floating.gatherings.all()
    assert f"{drafted.starts_at.astimezone(STOCKHOLM):%Y-%m-%dT%H:%M}" == typed
    client.post(f"/gatherings/series/{afternoons.pk}/draft/", {"starts_at": ""})
    assert afternoons.gatherings.count() == 1
    client.post(f"/gatherings/series/{afternoons.pk}/year/")
    assert afternoons.gatherings.count() >= 4


def test_an_organiser_changes_the_series_on_its_page(client, afternoons, ada, ben):
    page = f"/gatherings/series/{afternoons.pk}/edit/"
    client.force_login(ben)
    assert client.get(page).status_code == 403
    client.force_login(ada)
    form = client.get(page).context["form"]
    answers = {name: form[name].value() for name in form.fields} | {"place_name": "The mill"}
    answers["saved_agenda"] = ""
    assert client.post(page, answers).status_code == 302
    afternoons.refresh_from_db()
    assert afternoons.place_name == "The mill"
    for wrong in ({"capacity": "0"}, {"template": ""}):
        assert client.post(page, answers | wrong).status_code == 422
