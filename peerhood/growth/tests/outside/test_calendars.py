from datetime import timedelta

from icalendar import Calendar

from peerhood.growth.models import OutsideEvent


def test_the_file_says_the_days_and_nothing_of_the_circle_or_who_goes(as_, ben, event):
    answer = as_(ben).get(f"/growth/outside/makers/{event.pk}/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
    (told,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (told["summary"], told["location"], told["url"]) == (
        event.title,
        "Malmö",
        "https://bricks.example/",
    )
    assert told["dtstart"].dt == event.starts_on
    assert told["dtend"].dt == event.ends_on + timedelta(days=1)
    assert told["dtstart"].params["VALUE"] == "DATE"
    for word in ("Makers", "Ben", "corridor", "example.org"):
        assert word not in answer.content.decode()


def test_no_line_of_a_title_becomes_a_property(as_, ben, event):
    OutsideEvent.objects.update(title="Bricks\r\nATTACH:https://elsewhere.example/")
    body = as_(ben).get(f"/growth/outside/makers/{event.pk}/calendar.ics").content.decode()
    assert "\r\nATTACH" not in body
    (told,) = Calendar.from_ical(body).walk("VEVENT")
    assert "attach" not in told
