"""Calendar files, read back by icalendar, by dateutil (time zones) and by a reader of our own."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from peerhood.circles.models import Circle
from peerhood.gatherings import agenda, planning, rsvp
from peerhood.gatherings.calendars import ical
from peerhood.gatherings.calendars.vtimezone import posix_rule, vtimezone
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.tests.unfolding import components, events, lines_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def made(**fields) -> Gathering:
    """A gathering that was never saved; a calendar needs no more."""
    circle = Circle(name="Makers", language="en", kind=fields.pop("kind", Circle.Kind.OPEN))
    starts_at = fields.pop("starts_at", datetime(2027, 1, 21, 13, tzinfo=STOCKHOLM))
    fields = {"title": "Supper", "state": "published", "time_zone": "Europe/Stockholm"} | fields
    gathering = Gathering(
        pk=7, circle=circle, starts_at=starts_at, ends_at=starts_at + timedelta(hours=4), **fields
    )
    gathering.level = "open"
    return gathering


def one(body: bytes) -> dict[str, str]:
    (event,) = events(body)
    return event


def test_a_gathering_is_one_event_with_a_zone_and_no_organiser():
    event = one(ical.calendar_of([made(place_name="Coffee, on us", address="Storgatan 1; yard")]))
    assert event["SUMMARY"] == "Supper"
    assert event["LOCATION"] == "Coffee, on us, Storgatan 1; yard"
    assert event["DTSTART;TZID=Europe/Stockholm"] == "20270121T130000"
    assert event["DTEND;TZID=Europe/Stockholm"] == "20270121T170000"
    assert event["STATUS"] == "CONFIRMED"
    assert "ORGANIZER" not in event
    assert [kind for kind, _ in components(ical.calendar_of([made()]))] == [
        *("DAYLIGHT", "STANDARD", "VTIMEZONE", "VEVENT", "VCALENDAR"),
    ]


def test_the_uid_stays_and_the_sequence_grows_with_another_time_or_place():
    gathering = made()
    before = one(ical.calendar_of([gathering]))
    gathering.count_change()
    assert one(ical.calendar_of([gathering]))["SEQUENCE"] == "0"
    gathering.count_material_change()
    after = one(ical.calendar_of([gathering]))
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert before["UID"] == after["UID"] == f"{gathering.uid}@peerhood"
    assert before["DTSTAMP"] <= after["DTSTAMP"]


def test_the_file_is_the_same_until_something_changes():
    gathering = made()
    assert ical.calendar_of([gathering]) == ical.calendar_of([gathering])


def test_a_cancelled_gathering_is_cancelled_in_calendars():
    assert one(ical.calendar_of([made(state="cancelled")]))["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("closed", [Circle.Kind.INVITATION_ONLY, Circle.Kind.IN_HOUSE])
def test_the_calendar_of_a_closed_circle_says_nothing_secret(closed):
    canaries = {
        "title": "Canary title",
        "words": "Canary words",
        "place_name": "Canary Quay",
        "address": "Canary 7",
    }
    event = one(ical.calendar_of([made(kind=closed, **canaries)]))
    assert (event["SUMMARY"], event["CLASS"]) == ("Network meeting", "PRIVATE")
    assert "Canary" not in str(event)
    assert "Makers" not in str(event)
    assert str(one(ical.calendar_of([made(**canaries)]))).count("Canary") == 4


@pytest.mark.parametrize(("month", "day"), [(10, 24), (10, 25), (3, 27), (3, 28)])
def test_wall_time_holds_across_summer_time(month, day):  # F9
    year = 2026 if month == 10 else 2027
    starts_at = datetime(year, month, day, 13, tzinfo=STOCKHOLM)
    (event,) = icalendar.Calendar.from_ical(
        ical.calendar_of([made(starts_at=starts_at.astimezone(UTC))])
    ).walk("VEVENT")
    assert (event.start.hour, event.start) == (13, starts_at)


@pytest.mark.parametrize(
    "key", ["Europe/Stockholm", "Europe/London", "America/New_York", "Asia/Kolkata", "Europe/Dublin"]
)
def test_a_reader_of_the_file_computes_the_same_offsets_as_we_do(key):
    text = b"BEGIN:VCALENDAR\r\n" + vtimezone(key).to_ical() + b"END:VCALENDAR\r\n"
    theirs, ours = tzical(StringIO(text.decode())).get(key), ZoneInfo(key)
    moment = datetime(2026, 10, 20, tzinfo=UTC)
    while moment < datetime(2027, 4, 5, tzinfo=UTC):
        wall = moment.astimezone(ours)
        assert wall.replace(tzinfo=theirs).utcoffset() == wall.utcoffset()
        moment += timedelta(minutes=30)


def test_the_zone_has_rules_and_no_lists_of_dates():  # Outlook reads no RDATE
    text = vtimezone("Europe/Stockholm").to_ical()
    assert posix_rule("Europe/Stockholm") == "CET-1CEST,M3.5.0,M10.5.0/3"
    assert text.count(b"RRULE:FREQ=YEARLY") == 2
    assert b"RDATE" not in text


def test_a_zone_whose_rule_no_rrule_can_say_has_its_dates():
    assert b"RDATE" in vtimezone("America/Nuuk").to_ical()


# X3: whatever is written in a gathering, the file holds one event with the same text

anything = some.text(some.characters(exclude_categories=["Cs"]), max_size=300)
hostile = some.lists(
    some.sampled_from(
        [
            "\r\n",
            "\r",
            "\n",
            ";",
            ",",
            "\\",
            "\\n",
            ":",
            '"',
            "END:VEVENT",
            "BEGIN:VEVENT",
            "ATTENDEE:",
            "\x00",
            "å",
            "🫖",
            " ",
        ]
    ),
    max_size=60,
).map("".join)


# A busy machine is slow now and then; that is no bug in a calendar.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(anything | hostile, anything | hostile, anything | hostile)
def test_no_text_breaks_out_of_its_line(title, words, place_name):
    body = ical.calendar_of([made(title=title, words=words, place_name=place_name)])
    event = one(body)
    assert event.get("SUMMARY", "") == ical.plain(title)
    assert event.get("LOCATION", "") == ical.plain(place_name)
    assert (ical.plain(words) in event["DESCRIPTION"]) is True
    assert all(len(line) <= 75 for line in lines_of(body))
    (theirs,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert str(theirs.get("SUMMARY", "")) == ical.plain(title)


def test_a_very_long_title_is_folded_between_letters():
    title = "å🫖" * 5_000
    body = ical.calendar_of([made(title=title)])
    assert one(body)["SUMMARY"] == title
    for line in lines_of(body):
        assert len(line) <= 75
        line.decode()


# Through the browser's door


@pytest.mark.django_db
def test_a_visitor_can_put_a_public_gathering_away(client, supper):
    response = client.get(f"/gatherings/{supper.pk}/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="gathering-{supper.pk}.ics"'
    assert one(response.content)["SUMMARY"] == "Supper"


@pytest.mark.django_db
def test_whoever_waits_in_line_gets_no_entry(client, supper, ada, ben):
    rsvp.attend(supper, ada)
    rsvp.attend(supper, ben)
    client.force_login(ada)
    assert client.get(f"/gatherings/{supper.pk}/calendar.ics").status_code == 200
    client.force_login(ben)
    assert client.get(f"/gatherings/{supper.pk}/calendar.ics").status_code == 409
    assert "calendar.ics" not in client.get(f"/gatherings/{supper.pk}/").text


@pytest.mark.django_db
def test_a_confidential_item_makes_the_entry_discreet(client, supper, ada, lines):
    agenda.set_agenda(supper, lines, by=ada)  # Chatham House hides who speaks, not that there is a talk
    assert one(client.get(f"/gatherings/{supper.pk}/calendar.ics").content)["SUMMARY"] == "Supper"
    secret = agenda.Line("talk", "Canary", 30, "", "confidential")
    agenda.set_agenda(supper, [*lines, secret], by=ada)
    assert one(client.get(f"/gatherings/{supper.pk}/calendar.ics").content)["SUMMARY"] == "Network meeting"


@pytest.mark.django_db
def test_the_feed_holds_public_gatherings_of_a_year_back_and_all_to_come(
    client, supper, breakfast, makers, gathering
):
    def title(days, **fields):
        return gathering(makers, starts_at=supper.starts_at + timedelta(days=days), **fields)

    title(-300, title="Last winter")
    title(-400, title="Long ago")
    title(30, title="Draft", state="draft")
    title(40, title="Called off", state="cancelled")
    summaries = [event["SUMMARY"] for event in events(client.get("/gatherings/feed.ics").content)]
    assert summaries == ["Last winter", "Supper", "Called off"]
    of_circle = [event["SUMMARY"] for event in events(client.get("/gatherings/feed/makers.ics").content)]
    assert of_circle == summaries


@pytest.mark.django_db
def test_a_closed_circle_has_no_feed_for_anybody(client, breakfast, ada):
    assert client.get("/gatherings/feed/gryningsforum.ics").status_code == 404
    client.force_login(ada)
    assert client.get("/gatherings/feed/gryningsforum.ics").status_code == 404
    assert events(client.get("/gatherings/feed.ics").content) == []


@pytest.mark.django_db
def test_a_feed_that_has_not_changed_is_not_sent_again(client, supper, ada):
    etag = client.get("/gatherings/feed.ics")["ETag"]
    assert client.get("/gatherings/feed.ics", headers={"If-None-Match": etag}).status_code == 304
    planning.edit(supper, by=ada, version=0, title="Dinner")
    again = client.get("/gatherings/feed.ics", headers={"If-None-Match": etag})
    assert (again.status_code, one(again.content)["SUMMARY"]) == (200, "Dinner")
