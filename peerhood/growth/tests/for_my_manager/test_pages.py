"""The page of a year: what one writes stays, and a sheet that names somebody asks first."""

import pytest
from django.utils.timezone import localdate

from peerhood.gatherings.tests.reading_paper import pages_of
from peerhood.growth.for_my_manager import year as years
from peerhood.growth.models import YearSummary
from peerhood.journal.models import Entry as Journaled
from peerhood.notices.models import Mail

EVERY = list(years.PARTS)


@pytest.fixture
def where(afternoon):
    return f"/growth/year/{afternoon.starts_at.year}/"


def test_this_year_is_shown_first(as_, ben):
    assert as_(ben).get("/growth/year/").url == f"/growth/year/{localdate().year}/"


def test_what_one_writes_is_kept_for_that_year_and_one_alone(as_, ben, ada, where):
    browser = as_(ben)
    journaled = Journaled.objects.count()
    assert browser.post(where, {"words": "I ask first.", "parts": EVERY}).status_code == 302
    page = browser.get(where).text
    assert page.count("I ask first.") == 2
    # Nobody is told, and nothing is sent.
    assert (Journaled.objects.count(), Mail.objects.count()) == (journaled, 0)
    assert "I ask first." not in browser.get("/growth/year/2001/").text
    assert "I ask first." not in as_(ada).get(where).text


def test_without_a_tick_nothing_stands_on_it(as_, ben, where):
    browser = as_(ben)
    browser.post(where, {"words": "I ask first."})
    assert YearSummary.objects.get().left_out == sorted(EVERY)
    assert "Nothing stands on this page yet" in browser.get(where).text


def test_an_empty_year_says_so(as_, ben):
    assert "Nothing stands on this page yet" in as_(ben).get("/growth/year/2001/").text


@pytest.mark.parametrize(
    "wrong", [{"words": "x" * 1501}, {"words": "Keep\0me"}, {"parts": ["gatherings", "salary"]}]
)
def test_what_cannot_be_kept_is_refused_and_not_lost(as_, ben, where, wrong):
    refused = as_(ben).post(where, {"words": "Keep me", "parts": EVERY} | wrong)
    assert refused.status_code == 422
    assert "words" in wrong or "Keep me" in refused.text
    assert not YearSummary.objects.exists()


@pytest.mark.parametrize("year", [0, 1999, localdate().year + 1, 10**18, 10**40])
def test_a_year_that_is_none_has_no_page(as_, ben, year):
    browser = as_(ben)
    assert browser.get(f"/growth/year/{year}/").status_code == 404
    assert browser.post(f"/growth/year/{year}/", {"words": "x", "parts": EVERY}).status_code == 404
    assert browser.get(f"/growth/year/{year}/year.pdf").status_code == 404


def test_a_sheet_that_names_somebody_asks_first(as_, ben, where):
    browser = as_(ben)
    browser.post(where, {"words": "Ada Andersson told us.", "parts": EVERY})
    asked = browser.get(f"{where}year.pdf", follow=True)
    assert "1 name is on it." in asked.text
    assert "<strong>Ada Andersson</strong>" in asked.text
    assert f'href="{where}year.pdf?sure=yes"' in asked.text
    assert f'href="{where}year.pdf"' not in asked.text
    sure = browser.get(f"{where}year.pdf?sure=yes")
    assert "Ada Andersson told us." in pages_of(sure.content)[0]


def test_control_a_sheet_without_a_name_is_made_at_once(as_, ben, where):
    browser = as_(ben)
    browser.post(where, {"words": "We asked first.", "parts": EVERY})
    sheet = browser.get(f"{where}year.pdf")
    assert (sheet["Content-Type"], sheet["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert "We asked first." in pages_of(sheet.content)[0]


@pytest.mark.parametrize("count", [1, 9])
def test_it_asks_the_same_however_full_the_year_is(
    as_, ben, afternoon, gathering, makers, where, count, django_assert_num_queries
):
    for number in range(count):
        held = gathering(makers, starts_at=afternoon.starts_at, ends_at=afternoon.ends_at)
        held.rsvps.create(person=ben, status="going", checked_in_at=held.starts_at)
        held.agenda.create(position=0, kind="talk", title=f"{number}", length_minutes=5, speaker="Ben Berg")
        ben.cpd_entries.create(gathering=held, title="x", day=held.starts_at.date(), quarters=4)
        ben.cpd_cycles.create(certification="pmp", starts_on=f"20{10 + number}-01-01", ends_on="2030-01-01")
    browser = as_(ben)
    browser.get(where)
    # Session and person; what is kept; gatherings, talks, stories; hours with their gatherings, cycles;
    # names and employers.
    with django_assert_num_queries(11):
        browser.get(where)
