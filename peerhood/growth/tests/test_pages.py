from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peerhood.gatherings.tests.reading_paper import pages_of
from peerhood.growth import queries, recording, telling
from peerhood.growth.models import Cycle, Entry

REFLECTED = "I was afraid to ask."
SAID = {
    "hours": "1.5",
    "side_ways": "1.25",
    "side_power": "0.25",
    "is_education": "on",
    "learned": "Ask först: åäö",
}


@pytest.fixture
def counted(afternoon, ben):
    return recording.record_attendance(
        afternoon,
        by=ben,
        quarters=6,
        split={"ways": 5, "power": 1},
        learned="Ask först: åäö",
        reflection=REFLECTED,
        evidence="=1+1",
    )


def test_what_one_was_checked_in_to_is_proposed_and_counted(as_, ben, agenda):
    browser = as_(ben)
    assert f"/growth/gathering/{agenda.pk}/" in browser.get("/growth/").text
    assert 'value="1.5"' in browser.get(f"/growth/gathering/{agenda.pk}/").text
    page = browser.post(f"/growth/gathering/{agenda.pk}/", SAID, follow=True)
    entry = Entry.objects.get()
    assert (entry.quarters, entry.split, entry.person) == (6, {"ways": 5, "power": 1}, ben)
    assert "Hours: 1.5\nWays of Working: 1.25\nPower Skills: 0.25\nDescription: Ask först: åäö" in page.text
    assert "authorised provider" in page.text


def test_who_was_not_checked_in_finds_no_page(as_, chi, afternoon):
    assert as_(chi).get(f"/growth/gathering/{afternoon.pk}/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": "1.3"},
        {"hours": "0"},
        {"hours": "24.25"},
        {"side_ways": "1.5"},
        {"side_ways": "-1"},
        {"hours": "9" * 40},
    ],
)
def test_hours_that_cannot_be_are_refused(as_, ben, afternoon, wrong):
    assert as_(ben).post(f"/growth/gathering/{afternoon.pk}/", SAID | wrong).status_code == 422
    assert not Entry.objects.exists()


def test_hours_from_elsewhere_are_added_changed_and_taken_away(as_, ben):
    browser = as_(ben)
    own = SAID | {"title": "A course", "provider": "A school", "day": "2026-05-01", "evidence": "Blue folder"}
    browser.post("/growth/new/", own)
    entry = Entry.objects.get()
    browser.post(f"/growth/{entry.pk}/", own | {"hours": "2"})
    entry.refresh_from_db()
    assert (entry.quarters, entry.evidence) == (8, "Blue folder")
    assert "A course" in browser.get(f"/growth/{entry.pk}/remove/").text
    assert Entry.objects.exists()
    browser.post(f"/growth/{entry.pk}/remove/")
    assert not Entry.objects.exists()


def test_hours_are_their_owners_alone(as_, ada, counted):
    browser = as_(ada)
    assert browser.get(f"/growth/{counted.pk}/").status_code == 404
    assert browser.post(f"/growth/{counted.pk}/remove/").status_code == 404
    assert REFLECTED not in browser.get("/growth/hours.csv").text


def test_a_cycle_shows_how_far_it_is(as_, ben, counted):
    browser = as_(ben)
    days = {"certification": "pmp", "starts_on": "2020-01-01", "ends_on": "2029-12-31"}
    assert "1.5 of 60 PDU" in browser.post("/growth/cycles/new/", days, follow=True).text
    assert browser.post("/growth/cycles/new/", days).status_code == 409
    backwards = days | {"ends_on": "2019-01-01"}
    assert browser.post("/growth/cycles/new/", backwards).status_code == 422
    browser.post(f"/growth/cycles/{Cycle.objects.get().pk}/remove/")
    assert not Cycle.objects.exists()
    assert Entry.objects.exists()


@pytest.mark.parametrize(
    ("first", "last"), [("2026-01-01", date(2028, 12, 31)), ("2024-02-29", date(2027, 2, 28))]
)
def test_a_cycle_without_a_last_day_has_the_usual_length(as_, ben, first, last):
    days = {"certification": "pmp", "starts_on": first, "ends_on": ""}
    assert as_(ben).post("/growth/cycles/new/", days).status_code == 302
    assert Cycle.objects.get().ends_on == last


def test_a_cycle_beyond_all_calendars_is_refused(as_, ben):
    days = {"certification": "pmp", "starts_on": "9999-01-01", "ends_on": ""}
    assert as_(ben).post("/growth/cycles/new/", days).status_code == 422
    assert not Cycle.objects.exists()


def test_a_reflection_is_in_the_owners_spreadsheet_and_nothing_for_others(as_, ben, counted):
    browser = as_(ben)
    assert REFLECTED in browser.get("/growth/hours.csv").text
    assert REFLECTED not in telling.as_text(counted)
    pages = "".join(pages_of(browser.get("/growth/hours.pdf").content))
    assert REFLECTED not in pages
    assert counted.title in pages
    assert "Ask först: åäö" in pages
    assert "authorised provider" in pages


def test_no_cell_is_taken_for_a_formula(as_, ben, counted):
    assert '"\'=1+1"' in as_(ben).get("/growth/hours.csv").text


@pytest.mark.parametrize(
    ("level", "is_named"),
    [("open", True), ("chatham", True), ("agenda-only", False), ("confidential", False)],
)
def test_outside_a_gathering_is_called_what_a_calendar_may_call_it(as_, ben, counted, level, is_named):
    counted.gathering.agenda.create(
        position=9, kind="talk", title="x", length_minutes=5, confidentiality=level
    )
    browser = as_(ben)
    outside = [
        telling.as_text(queries.entries_of(ben).get()),
        browser.get("/growth/hours.csv").text,
        "".join(pages_of(browser.get("/growth/hours.pdf").content)),
    ]
    assert [counted.title in text for text in outside] == [is_named] * 3
    assert ["Makers" in text for text in outside] == [is_named] * 3


def test_many_entries_go_over_pages(as_, ben):
    for number in range(45):
        recording.record(
            by=ben, title=f"Course {number}", day="2026-05-01", quarters=4, learned="Much. " * 60
        )
    assert len(pages_of(as_(ben).get("/growth/hours.pdf").content)) > 3
    assert "Page 1 of 3" in as_(ben).get("/growth/").text


def test_the_list_asks_the_same_however_long_it_is(
    as_, ben, counted, gathering, makers, django_assert_num_queries
):
    browser = as_(ben)
    browser.get("/growth/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get("/growth/")
    for _ in range(5):
        held = gathering(makers, starts_at=counted.gathering.starts_at, ends_at=counted.gathering.ends_at)
        held.rsvps.create(person=ben, status="going", checked_in_at=held.starts_at)
        recording.record_attendance(held, by=ben, quarters=4)
    with django_assert_num_queries(len(one)):
        browser.get("/growth/")


@pytest.mark.parametrize(
    "hours", ["25", "1e999", "-1e999", "9" * 5_000, "NaN", "sNaN", "Infinity", "0.1", "-1"]
)
def test_hours_that_no_day_has_are_refused_and_nothing_is_lost(as_, ada, hours):
    said = {"title": "A course", "day": "2026-03-04", "hours": hours, "learned": "To wait"}
    refused = as_(ada).post("/growth/new/", said)
    assert refused.status_code == 422
    assert "To wait" in refused.text
