"""What is put on paper: badges, table cards, run sheet, sign-in sheet, the reception's list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from peerhood.gatherings import agenda
from peerhood.gatherings.models import AgendaItem, Gathering, Rsvp
from peerhood.gatherings.printing import badges, sheets
from peerhood.gatherings.printing.seated import in_the_room
from peerhood.gatherings.tests.reading_paper import lines_of, pages_of
from peerhood.journal.models import Entry
from peerhood.people.models import Affiliation, Employer, Person

pytestmark = pytest.mark.django_db
Confidentiality = AgendaItem.Confidentiality
LONG = "Maximiliana-Wilhelmina-Fredrika von Överliggande-Ångström-Österlund af Räksmörgås och Sju Sjösjuka Sjömän"


@pytest.fixture
def seat(supper):
    """Give a seat at Supper: ``seat(ben, shown_to="organisers")``."""

    def give(person, **fields):
        return supper.rsvps.create(person=person, status=Rsvp.Status.GOING, **fields)

    return give


@pytest.fixture
def rule(supper):
    """Put Supper under a rule."""

    def put(confidentiality):
        AgendaItem.objects.create(
            gathering=supper,
            position=1,
            kind="story",
            title="What we measured",
            length_minutes=30,
            speaker="Ben Berg",
            confidentiality=confidentiality,
        )

    return put


@pytest.fixture
def printed(supper, ada):
    """The text of one of Supper's sheets, page by page; Ada prints."""

    def read(slug, **order):
        gathering = Gathering.objects.select_related("circle").get(pk=supper.pk)
        return pages_of(sheets.put_on_paper(sheets.Order(gathering, **order), sheets.SHEETS[slug], by=ada))

    return read


@pytest.fixture
def crowd(supper):
    """Give seats to so many more people at once: ``crowd(397)``."""

    def come(more):
        already = Person.objects.count()
        people = Person.objects.bulk_create(
            Person(
                name=f"Guest {already + n}", work="Alone", visibility={"name": "members"}, welcomed_at=now()
            )
            for n in range(more)
        )
        Rsvp.objects.bulk_create(Rsvp(gathering=supper, person=each, status="going") for each in people)

    return come


def works_at(person, name):
    Affiliation.objects.create(person=person, employer=Employer.objects.create(name=name), title="Lead")


# Badges


def test_a_badge_says_the_name_what_they_do_and_what_to_ask_them_about(printed, seat, ben):
    ben.work, ben.ask_me_about = "I run a project office alone.", "Benefits after go-live"
    ben.save()
    seat(ben)
    [page] = printed("badges")
    assert page.splitlines() == [
        "Ben",
        "Berg",
        "I run a project office alone.",
        "Ask me about",
        "Benefits after go-live",
    ]


@pytest.mark.parametrize("field", ["work", "ask_me_about"])
def test_what_is_not_shown_in_ones_circles_is_on_no_badge(printed, seat, ben, field):
    setattr(ben, field, "Canary words")
    ben.visibility = {field: "me"}
    ben.save()
    seat(ben)
    assert "Canary" not in printed("badges")[0]
    # Control: shown to circles, it is.
    ben.visibility = {field: "circles"}
    ben.save()
    assert "Canary words" in printed("badges")[0]


def test_eight_badges_fill_a_sheet(printed, crowd):
    crowd(8)
    assert len(printed("badges")) == 1
    crowd(1)
    pages = printed("badges")
    assert [page.count("Guest") for page in pages] == [8, 1]


def test_empty_badges_are_printed_when_nobody_has_a_seat(printed):
    assert printed("badges") == [""]


def test_named_guests_get_a_badge_and_unnamed_ones_are_counted_for_the_reception(printed, seat, ben):
    seat(ben, guests_count=2, guest_names=["Östen Öst"])
    assert "Östen" in printed("badges")[0]
    assert "Guest of" not in printed("badges")[0]
    assert printed("reception")[0].count("Guest of Ben Berg") == 1


def test_swedish_and_other_latin_names_come_out_right(printed, seat, person):
    names = ["Åsa Ärlig-Öst", "Łukasz Żółć", "Şeyda Çağrı", "Zoë Größe", "Þórður Ægir", "Jiří Dvořák"]
    for number, name in enumerate(names):
        seat(person(name, email=f"{number}@example.org"))
    words = " ".join(printed("badges")[0].split())
    assert [name for name in names if name not in words] == []


def test_a_name_in_another_script_is_printed_as_far_as_it_goes_and_said_so(
    client, supper, printed, seat, person, ada
):
    seat(person("李 Chen", email="li@example.org"))
    [page] = printed("badges")
    assert "? \nChen" in page or "?\nChen" in page
    assert "1 name has letters this typeface lacks: please write it by hand." in page
    client.force_login(ada)
    assert "write them by hand: 李 Chen." in client.get(f"/gatherings/{supper.pk}/print/").text


def test_control_a_latin_name_needs_no_pen(client, supper, printed, seat, ben, ada):
    seat(ben)
    assert "by hand" not in printed("badges")[0]
    client.force_login(ada)
    assert "by hand" not in client.get(f"/gatherings/{supper.pk}/print/").text


@pytest.mark.parametrize("slug", sheets.SHEETS)
def test_nothing_runs_over_the_edge(supper, seat, person, ada, slug):
    """Measured in the PDF itself, line by line: a long name is smaller, never wider."""
    one = person(LONG, email="long@example.org", work="W" * 160, ask_me_about="Ö" * 160)
    works_at(one, "Verk" * 30)
    seat(one)
    agenda.set_agenda(supper, [agenda.Line("talk", "T" * 120, 20, "Speaker " * 15)], by=ada)
    Gathering.objects.filter(pk=supper.pk).update(title="A title " * 15, place_name="P" * 120)
    supper.refresh_from_db()
    lines = lines_of(sheets.put_on_paper(sheets.Order(supper), sheets.SHEETS[slug], by=ada))
    edge = badges.LEFT + badges.WIDE if slug == "badges" else 210 - 15
    assert lines
    assert [line for line in lines if line[2] > edge + 0.1] == []


def test_control_the_measure_sees_what_runs_over(supper, ada):
    from peerhood.gatherings.printing.paper import Paper

    with Paper("", "en") as paper:
        paper.page()
        paper.pdf.set_font("fraunces", size=34)
        paper.pdf.text(15, 30, LONG)
        body = paper.to_bytes()
    assert [line for line in lines_of(body) if line[2] > 210]


def test_a_badge_leads_to_a_page_that_others_in_the_room_can_open(supper, seat, ada, dot, person):
    walked_in = person("Walk In", email="")
    walked_in.welcomed_at = None
    walked_in.save()
    for one in (ada, dot, walked_in):
        seat(one)
    addresses = {each.name: each.address for each in in_the_room(supper)}
    # Dot shares no circle, and shows her name to her circles only: nobody could open her page.
    assert addresses == {
        "Ada Andersson": f"http://127.0.0.1:8000/people/{ada.pk}/",
        "Dot Dahl": "",
        "Walk In": "",
    }
    dot.visibility = {"name": "members"}
    dot.save()
    assert [bool(each.address) for each in in_the_room(supper)] == [True, True, False]


def test_being_new_and_asking_for_a_quiet_start_are_on_no_sheet(printed, supper, seat, ben, chi):
    seat(ben, is_new=True, quiet_start=True, greeter=chi)
    marked = {slug: printed(slug) for slug in sheets.SHEETS}
    Rsvp.objects.update(is_new=False, quiet_start=False, greeter=None)
    assert {slug: printed(slug) for slug in sheets.SHEETS} == marked
    assert "Chi" not in str(marked)


# The lists


def test_the_sign_in_sheet_leaves_off_whoever_shows_their_name_to_organisers_only(printed, seat, ben, chi):
    seat(ben, shown_to=Rsvp.ShownTo.ORGANISERS, guests_count=1, guest_names=["Gun Gäst"])
    seat(chi)
    [page] = printed("sign-in")
    assert ("Chi Chen" in page, "Ben Berg" in page, "Gun" in page) == (True, False, False)
    assert "Ben\nBerg" in printed("badges")[0]
    # Control: one who shows it to the circle is on it.
    Rsvp.objects.update(shown_to=Rsvp.ShownTo.CIRCLE)
    assert "Ben Berg" in printed("sign-in")[0]


def test_the_reception_reads_names_and_employers_of_those_in_the_room_and_no_more(
    printed, seat, ada, ben, chi, dot
):
    ben.work = "Canary words"
    ben.save()
    works_at(ben, "Havsrud")
    works_at(chi, "Lindvik")
    chi.visibility = {"job": "me"}
    chi.save()
    seat(ben, shown_to=Rsvp.ShownTo.ORGANISERS)
    seat(chi)
    seat(dot, part="online")
    ada.rsvps.create(gathering=Gathering.objects.get(), status=Rsvp.Status.WAITLISTED)
    [page] = printed("reception")
    assert ("Ben Berg" in page, "Havsrud" in page, "Chi Chen" in page) == (True, True, True)
    assert [word for word in ("Dot", "Ada", "Lindvik", "Canary", "Lead") if word in page] == []


def test_names_stand_in_the_order_of_the_circles_alphabet(printed, supper, makers, seat, person):
    makers.language = "sv"
    makers.save()
    for number, name in enumerate(["Östen", "Åsa", "Zoë", "Ärla", "Eva"]):
        seat(person(name, email=f"{number}@example.org"))
    shown = [
        line for line in printed("sign-in")[0].splitlines() if line in ("Östen", "Åsa", "Zoë", "Ärla", "Eva")
    ]
    assert shown == ["Eva", "Zoë", "Åsa", "Ärla", "Östen"]


def test_a_closed_circle_is_named_on_no_paper_that_others_read(breakfast, ada, ben):
    for one in (ada, ben):
        breakfast.rsvps.create(person=one, status=Rsvp.Status.GOING)
    for slug in ("reception", "sign-in", "badges", "table-cards"):
        text = str(pages_of(sheets.put_on_paper(sheets.Order(breakfast), sheets.SHEETS[slug], by=ada)))
        assert ("Canary at dawn" in text, "Gryningsforum" in text) == (False, False), slug


def test_control_an_open_gathering_is_named_to_the_reception(printed):
    assert "Supper" in printed("reception")[0]


# Under a rule


@pytest.mark.parametrize("level", [level for level in Confidentiality if level != Confidentiality.OPEN])
def test_under_a_rule_only_internal_sheets_name_who_comes_and_say_they_are_to_be_destroyed(
    printed, seat, ben, rule, level
):
    seat(ben)
    rule(level)
    assert "Ben" in printed("badges")[0]
    for slug in ("badges", "run-sheet"):
        assert "Destroy after the gathering." in printed(slug)[0]
    assert "Ben" not in str(printed("reception") + printed("table-cards"))
    assert "1 visitor comes." in printed("reception")[0]
    with pytest.raises(sheets.Refusal):
        printed("sign-in")


def test_control_without_a_rule_the_lists_name_them_and_nothing_is_to_be_destroyed(printed, seat, ben, rule):
    seat(ben)
    rule(Confidentiality.OPEN)
    assert "Ben Berg" in printed("reception")[0]
    assert "Ben Berg" in printed("sign-in")[0]
    assert "Destroy" not in str([printed(slug) for slug in sheets.SHEETS])


def test_the_page_says_why_a_sheet_is_not_there(client, supper, rule, ada):
    client.force_login(ada)
    address = f"/gatherings/{supper.pk}/print/"
    assert "sign-in.pdf" in client.get(address).text
    rule(Confidentiality.CHATHAM_HOUSE)
    page = client.get(address).text
    assert "sign-in.pdf" not in page
    assert "no list of who was there lies open" in page
    assert client.get(f"{address}sign-in.pdf").status_code == 409


# Table cards and the run sheet


def test_each_table_has_a_number_and_the_first_two_questions_and_one_of_its_own(printed, makers):
    makers.language = "sv"
    makers.save()
    pages = printed("table-cards", tables_count=3)
    words = " ".join("".join(pages).split())
    assert len(pages) == 2
    assert words.count("Vad för slags PMO arbetar du i?") == 3
    assert words.count("Vad består ditt jobb av?") == 3
    own = (
        "Vilken rapport skulle ingen sakna?",
        "Vad slutade du göra i år, och vem märkte det?",
        "Vem frågar du",
    )
    assert [words.count(question) for question in own] == [1, 1, 1]


@pytest.mark.parametrize(
    ("wished", "sheets_count"), [("", 1), ("5", 3), ("999", 30), ("-2", 1), ("x", 1), ("9" * 40, 1)]
)
def test_as_many_tables_as_are_wished_for(client, supper, ada, wished, sheets_count):
    client.force_login(ada)
    response = client.get(f"/gatherings/{supper.pk}/print/table-cards.pdf?tables={wished}")
    assert len(pages_of(response.content)) == sheets_count


def test_the_run_sheet_says_when_how_long_who_under_which_rule_and_what_to_have_ready(
    printed, supper, lines, ada
):
    agenda.set_agenda(supper, lines, by=ada)
    AgendaItem.objects.filter(kind="exercise").update(
        materials="[Five problems](https://example.org/five), printed"
    )
    [page] = printed("run-sheet")
    said = ["13:00", "13:20", "20 min", "90 min", "Five tables, one problem each", "Member story · Ben Berg"]
    said += [
        "Rule: Chatham House Rule",
        "Five problems (https://example.org/five), printed",
        "Have ready: Pens",
        "16:20",
    ]
    assert [words for words in said if words not in page] == []


def test_a_long_day_goes_on_to_a_second_sheet(printed, supper, ada):
    agenda.set_agenda(supper, [agenda.Line("talk", f"Talk {n}", 10) for n in range(30)], by=ada)
    pages = printed("run-sheet")
    assert len(pages) > 1
    assert [f"Talk {n}" for n in range(30) if f"Talk {n}" not in "".join(pages)] == []


# Who prints, and how


@pytest.mark.parametrize(
    ("who", "slugs"),
    [
        ("ada", {"badges", "table-cards", "run-sheet", "sign-in", "reception"}),
        ("greeter", {"badges", "table-cards", "sign-in", "reception"}),
        ("ben", set()),
    ],
)
def test_whoever_greets_prints_the_names_and_whoever_leads_the_run_sheet(
    client, request, supper, makers, chi, who, slugs
):
    makers.memberships.filter(person=chi).update(role="greeter")
    client.force_login(chi if who == "greeter" else request.getfixturevalue(who))
    statuses = {
        slug: client.get(f"/gatherings/{supper.pk}/print/{slug}.pdf").status_code for slug in sheets.SHEETS
    }
    assert {slug for slug, status in statuses.items() if status == 200} == slugs
    assert {status for status in statuses.values() if status != 200} <= {403}
    page = client.get(f"/gatherings/{supper.pk}/print/")
    assert {slug for slug in sheets.SHEETS if f"{slug}.pdf" in page.text} == slugs


def test_a_sheet_nobody_knows_is_not_there(client, supper, ada):
    client.force_login(ada)
    assert client.get(f"/gatherings/{supper.pk}/print/passports.pdf").status_code == 404


def test_who_printed_a_list_of_names_is_written_down(client, supper, seat, ada, ben):
    seat(ben)
    client.force_login(ada)
    for slug in sheets.SHEETS:
        client.get(f"/gatherings/{supper.pk}/print/{slug}.pdf")
    entries = Entry.objects.filter(name="list.printed").values_list("subject_id", "by_id", "facts")
    assert list(entries) == [
        (str(supper.pk), ada.pk, {"sheet": slug, "names_count": 1})
        for slug in ("badges", "sign-in", "reception")
    ]


def test_a_sheet_is_kept_by_nobody_and_found_by_nobody(client, supper, ada):
    client.force_login(ada)
    response = client.get(f"/gatherings/{supper.pk}/print/badges.pdf")
    named = ("Content-Type", "Cache-Control", "X-Robots-Tag", "Content-Disposition")
    assert [response[name] for name in named] == [
        "application/pdf",
        "private, no-store",
        "noindex",
        f'inline; filename="gathering-{supper.pk}-badges.pdf"',
    ]


@pytest.mark.parametrize(("slug", "sheets_count"), [("badges", 50), ("sign-in", 17), ("reception", 16)])
def test_four_hundred_guests_cost_the_same_queries(supper, crowd, ada, slug, sheets_count):
    counts = []
    for more in (3, 397):
        crowd(more)
        order = sheets.Order(Gathering.objects.select_related("circle").get(pk=supper.pk))
        with CaptureQueriesContext(connection) as captured:
            body = sheets.put_on_paper(order, sheets.SHEETS[slug], by=ada)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert len(pages_of(body)) == sheets_count
