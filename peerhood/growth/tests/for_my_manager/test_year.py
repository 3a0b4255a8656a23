"""What stands on the page, what it is called there, and what never does."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.timezone import localdate, now
from pypdf import PdfReader

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.tests.reading_paper import lines_of, pages_of
from peerhood.growth.for_my_manager import paper, writing
from peerhood.growth.for_my_manager import year as years
from peerhood.growth.models import Cycle, Entry, YearSummary
from peerhood.people import affiliations
from peerhood.people.models import Person
from peerhood.stories.models import Story

EVERY = list(years.PARTS)


@pytest.fixture
def year(afternoon):
    return afternoon.starts_at.year


def told(person, year):
    return years.told(person, writing.summary_of(person, year))


def titles(lines):
    return [line.title for line in lines]


def test_it_lists_where_one_was_checked_in_that_year_and_nothing_else(afternoon, ben, chi, year):
    assert titles(told(ben, year).gatherings) == [afternoon.title]
    assert told(ben, year).gatherings[0].where == "Makers"
    assert told(chi, year).gatherings == []
    assert told(ben, year - 1).gatherings == []
    Gathering.objects.update(state="cancelled")
    assert told(ben, year).gatherings == []


@pytest.mark.parametrize(
    ("level", "is_named"),
    [("open", True), ("chatham", True), ("agenda-only", False), ("confidential", False)],
)
def test_a_gathering_is_named_as_its_level_lets_a_calendar_name_it(afternoon, ben, year, level, is_named):
    afternoon.agenda.create(position=9, kind="talk", title="x", length_minutes=5, confidentiality=level)
    [line] = told(ben, year).gatherings
    assert (line.title, line.where) == ((afternoon.title, "Makers") if is_named else ("Network meeting", ""))


def test_a_closed_circle_and_what_it_does_are_not_named(afternoon, ben, year, makers):
    afternoon.agenda.create(position=0, kind="talk", title="My talk", length_minutes=5, speaker="Ben Berg")
    Story.objects.create(
        circle=makers, author=ben, title="My story", slug="s", language="en", text="x", published_at=now()
    )
    Circle.objects.update(kind=Circle.Kind.INVITATION_ONLY)
    found = told(ben, year)
    said = [*found.gatherings, *found.given]
    assert {line.title for line in said} == {
        "Network meeting",
        "Talk",
        "A story for members of the network",
    }
    assert [line.where for line in said] == [""] * 3


@pytest.mark.parametrize(
    ("level", "said"), [("open", "My talk"), ("chatham", "Talk"), ("confidential", "Talk")]
)
def test_ones_own_talk_is_named_as_a_letter_names_it(afternoon, ben, year, level, said):
    afternoon.agenda.create(
        position=0, kind="talk", title="My talk", length_minutes=5, speaker="Ben Berg", confidentiality=level
    )
    assert titles(told(ben, year).given) == [said]


def test_the_talk_of_a_namesake_and_of_others_is_not_ones_own(afternoon, ben, chi, year):
    afternoon.agenda.create(position=0, kind="talk", title="Hers", length_minutes=5, speaker="Chi Chen")
    afternoon.agenda.create(position=1, kind="talk", title="Nobody's", length_minutes=5)
    assert told(ben, year).given == []
    # Chi has not been checked in: whoever is named on an agenda need not be she.
    assert told(chi, year).given == []
    afternoon.rsvps.filter(person=chi).update(checked_in_at=afternoon.starts_at)
    assert titles(told(chi, year).given) == ["Hers"]


def test_a_member_story_is_its_tellers(afternoon, ben, chi, makers, year):
    item = afternoon.agenda.create(position=0, kind="story", title="How we stopped", length_minutes=5)
    makers.member_stories.create(person=ben, title="How we stopped", item=item)
    assert titles(told(ben, year).given) == ["How we stopped"]
    assert told(chi, year).given == []


def test_ones_own_published_stories_stand_there(ben, chi, makers, year):
    for slug, author, published_at in (
        ("mine", ben, now() - timedelta(hours=1)),
        ("draft", ben, None),
        ("theirs", chi, now() - timedelta(hours=1)),
    ):
        Story.objects.create(
            circle=makers,
            author=author,
            title=slug,
            slug=slug,
            language="en",
            text="x",
            published_at=published_at,
        )
    assert titles(told(ben, localdate().year).given) == ["mine"]


def test_hours_are_told_by_side_and_by_certification(ben):
    def count(day, quarters, **split):
        Entry.objects.create(person=ben, title="x", day=day, quarters=quarters, split=split)

    count("2026-03-01", 6, ways=4, power=2)
    count("2026-04-01", 4)
    count("2025-12-31", 40)
    Cycle.objects.create(person=ben, certification="pmp", starts_on="2026-03-15", ends_on="2028-12-31")
    Cycle.objects.create(person=ben, certification="apm", starts_on="2020-01-01", ends_on="2024-12-31")
    cycle = Cycle.objects.get(certification="pmp")
    assert told(ben, 2026).hours == [
        ("In all", "2.5"),
        ("Ways of Working", "1"),
        ("Power Skills", "0.5"),
        (f"Towards {cycle}", "1"),
    ]


def test_a_part_that_is_left_out_is_not_there(afternoon, ben, year):
    writing.keep(year, by=ben, words="Mine.", parts=["words"])
    found = told(ben, year)
    assert (found.gatherings, found.given, found.hours, found.words) == ([], [], [], "Mine.")
    writing.keep(year, by=ben, words="Mine.", parts=[part for part in EVERY if part != "words"])
    found = told(ben, year)
    assert (len(found.gatherings), found.words) == (1, "")
    assert YearSummary.objects.count() == 1


def names(person, year, words):
    writing.keep(year, by=person, words=words, parts=EVERY)
    return [found.name for found in years.names_in(told(person, year), person)]


def test_names_of_others_and_where_they_work_are_found_and_ones_own_are_not(afternoon, ben, chi, ada, year):
    affiliations.add(ben, "Mine AB")
    affiliations.add(chi, "Theirs AB")
    words = "Ada Andersson asked. Ben Berg of Mine said yes. So did Theirs."
    assert names(ben, year, words) == ["Ada Andersson", "Theirs AB"]
    assert names(ben, year, "We asked first.") == []


def test_a_name_in_a_title_is_found_too(afternoon, ben, year):
    Gathering.objects.update(title="An afternoon with Ada Andersson")
    assert names(ben, year, "") == ["Ada Andersson"]


def test_a_job_nobody_may_see_is_not_told_by_being_found(afternoon, ben, chi, year):
    affiliations.add(chi, "Theirs AB")
    assert names(ben, year, "At Theirs it works.") == ["Theirs AB"]
    chi.visibility = {"job": "me"}
    chi.save()
    assert names(ben, year, "At Theirs it works.") == []


def test_whoever_hides_from_one_is_not_told_by_being_found(afternoon, ben, chi, year):
    assert names(ben, year, "Chi Chen said so.") == ["Chi Chen"]
    chi.silences.create(about=ben, kind="block")
    assert names(ben, year, "Chi Chen said so.") == []


@pytest.mark.parametrize(("shown_to", "found"), [("circle", ["Eve Ek"]), ("organisers", [])])
def test_a_guest_of_another_circle_is_found_where_guests_may_be_read(
    afternoon, person, ben, year, shown_to, found
):
    eve = person("Eve Ek")
    afternoon.rsvps.create(person=eve, status="going", checked_in_at=afternoon.starts_at, shown_to=shown_to)
    assert names(ben, year, "Eve Ek said so.") == found


def test_the_sheet_says_what_the_page_says_on_one_page(afternoon, ben, year):
    writing.keep(year, by=ben, words="Jag frågar ägaren först: åäö.", parts=EVERY)
    [page] = pages_of(paper.made(told(ben, year), "Åsa Öberg"))
    for said in ("Åsa Öberg", afternoon.title, "Makers", "Jag frågar ägaren först: åäö."):
        assert said in page


def test_the_fullest_year_stays_on_one_page_and_within_it(ben):
    line = years.Line(localdate(), "W" * 120, "Ö" * 80)
    full = years.Told(
        year=2026,
        gatherings=[line] * 40,
        given=[line] * 30,
        hours=[("Towards " + "W" * 60, "10")] * 8,
        words="Ett ord åt gången. " * 78,
    )
    body = paper.made(full, "Ö" * 120)
    [page] = pages_of(body)
    assert page.count("more") == 2
    assert page.replace("\n", " ").count("Ett ord") == 78
    assert max(ends for _text, _begins, ends in lines_of(body)) <= 210 - 14


def heights(body):
    """Each line's feet, in millimetres from the top."""
    found = {}

    def visit(text, _cm, tm, _font, _size):
        if text.strip():
            found[text.strip()] = 297 - tm[5] * 25.4 / 72

    PdfReader(BytesIO(body)).pages[0].extract_text(visitor_text=visit)
    return found


def test_each_paragraph_stands_by_itself(ben):
    told = years.Told(year=2026, gatherings=[], given=[], hours=[], words="First.\r\n\r\nSecond.")
    found = heights(paper.made(told, "Ben"))
    assert found["Second."] - found["First."] > 6


def test_seven_hundred_paragraphs_stay_above_the_foot(ben):
    words = "\n".join(["x"] * 749 + ["last"])
    full = years.Told(year=2026, gatherings=[], given=[], hours=[], words=words)
    body = paper.made(full, "Ben")
    [page] = pages_of(body)
    assert "last" in page
    foot = "Neither Peerhood nor the circle claims to be an authorised provider."
    found = heights(body)
    assert max(y for text, y in found.items() if text != foot) < found[foot] - 3


def test_nobody_else_is_named_by_the_page_itself(afternoon, ada, ben, chi, year):
    afternoon.hosts.add(ada)
    afternoon.agenda.create(position=0, kind="talk", title="A talk", length_minutes=5, speaker="Chi Chen")
    [page] = pages_of(paper.made(told(ben, year), ben.name))
    others = Person.objects.exclude(pk=ben.pk).values_list("name", flat=True)
    assert [name for name in others if name in page] == []
