"""What each of the cast sees: the list, the page, the guests."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings import agenda, planning, rsvp
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.series import scheduling
from peerhood.people.models import Affiliation, Employer

pytestmark = pytest.mark.django_db


def queries_of(client, path):
    client.get(path)  # what is kept across requests (sessions, rows) is kept now
    # A query string of its own: a visitor's page is kept, and would cost one query.
    path += "&again=" if "?" in path else "?again="
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def titles(response):
    return [gathering.title for gathering in response.context["page"]]


# The list


def test_the_list_shows_what_is_to_come_soonest_first(client, supper, makers, gathering):
    gathering(makers, title="Later", starts_at=supper.starts_at + timedelta(days=9))
    gathering(makers, title="Before", starts_at=now() - timedelta(days=9))
    gathering(makers, title="Draft", state="draft")
    gathering(makers, title="Called off", state="cancelled")
    assert titles(client.get("/gatherings/")) == ["Supper", "Later"]
    assert titles(client.get("/gatherings/?past=1")) == ["Before"]


def test_each_row_carries_ones_own_status_and_only_ones_own(client, supper, gathering, makers, ada, ben):
    gathering(makers, title="Lunch", capacity=5)
    rsvp.attend(supper, ada)
    rsvp.attend(supper, ben)
    for person, status in ((ada, "You have a seat"), (ben, "You are in line")):
        client.force_login(person)
        text = client.get("/gatherings/").text
        assert (text.count("You have a seat"), text.count("You are in line")) == (
            (1, 0) if status == "You have a seat" else (0, 1)
        )
        assert text.count("5 of 5 places left") == 1


def test_a_kept_row_changes_with_the_gathering(client, supper, ada, ben):
    client.force_login(ben)
    assert "1 of 1 place left" in client.get("/gatherings/").text
    rsvp.attend(supper, ada)
    assert "Full" in client.get("/gatherings/").text
    planning.edit(Gathering.objects.get(), by=ada, version=0, title="Dinner")
    assert "Dinner" in client.get("/gatherings/").text


def test_rows_are_in_the_readers_language(client, supper, ben):
    client.force_login(ben)
    assert "places left" in client.get("/gatherings/").text.replace("1 of 1 place left", "places left")
    client.cookies["language"] = "sv"
    assert f'href="/gatherings/{supper.pk}/" lang="en"' in client.get("/gatherings/").text


def test_the_list_can_be_of_one_circle(client, supper, ada, gathering):
    other = Circle.objects.create(name="Other", slug="other", language="en", time_zone="Europe/Stockholm")
    gathering(other, title="Elsewhere")
    assert titles(client.get("/gatherings/?circle=makers")) == ["Supper"]
    assert client.get("/gatherings/?circle=gryningsforum").status_code == 404


def test_drafts_are_listed_for_those_who_work_on_them(client, supper, afternoons, ada, ben):
    draft = scheduling.draft(afternoons, by=ada)
    for person, drafts in ((ada, [draft]), (ben, [])):
        client.force_login(person)
        response = client.get("/gatherings/")
        assert response.context["drafts"] == drafts
        assert titles(response) == ["Supper"]


@pytest.mark.parametrize("who", ["visitor", "ben", "ada"])
def test_three_gatherings_and_three_hundred_cost_the_same_queries(client, request, makers, gathering, who):
    if who != "visitor":
        client.force_login(request.getfixturevalue(who))
    counts = []
    for number in range(300):
        if number in (3, 299):
            counts.append(queries_of(client, f"/gatherings/?of={number}"))
        gathering(makers, title=f"Gathering {number}")
    assert counts[0] == counts[1] <= 7


def test_the_list_is_paged(client, makers, gathering):
    for number in range(51):
        gathering(makers, title=f"Gathering {number}")
    assert len(titles(client.get("/gatherings/"))) == 50
    assert titles(client.get("/gatherings/?page=2")) == ["Gathering 50"]


def test_the_forum_is_in_nobody_elses_list(client, supper, breakfast, ada, dot):
    for person in (None, dot):
        if person:
            client.force_login(person)
        response = client.get("/gatherings/")
        assert titles(response) == ["Supper"]
        assert "Canary" not in response.text
        assert "Gryningsforum" not in response.text
    client.force_login(ada)
    assert "Canary at dawn" in client.get("/gatherings/").text


# The page


def test_a_visitor_reads_how_many_come_and_no_name(client, supper, ada, ben, chi):
    city = Employer.objects.create(name="City")
    supper.capacity = 3
    supper.save()
    for person in (ben, chi):
        rsvp.attend(supper, person)
        Affiliation.objects.create(person=person, employer=city)
    text = client.get(f"/gatherings/{supper.pk}/").text
    assert "2 people from 1 organisation. Names show to members only." in text
    assert "hosted by Ada<" in text
    for name in ("Ben Berg", "Chi Chen", "Andersson", "City"):
        assert name not in text
    client.force_login(ada)
    assert "Ben Berg" in client.get(f"/gatherings/{supper.pk}/").text


def test_under_the_chatham_house_rule_the_public_learns_nothing_of_who_comes(client, supper, ada, ben, lines):
    Affiliation.objects.create(person=ben, employer=Employer.objects.create(name="City"))
    rsvp.attend(supper, ben)
    before = client.get(f"/gatherings/{supper.pk}/").text
    agenda.set_agenda(supper, lines, by=ada)
    after = client.get(f"/gatherings/{supper.pk}/").text
    assert "1 organisation" in before
    assert "noindex" not in before
    assert "1 organisation" not in after
    assert '<meta name="robots" content="noindex">' in after
    assert "Under the Chatham House Rule." in after


def test_the_page_says_the_run_of_the_day_by_the_clock(client, supper, ada, lines):
    agenda.set_agenda(supper, lines, by=ada)
    text = client.get(f"/gatherings/{supper.pk}/").text
    assert "The afternoon" in text
    assert '>15:30</time><span><span lang="en">What we measured' in text
    assert "40 unhurried minutes" in text


def test_another_clock_is_shown_only_where_it_differs(client, supper, ben):
    client.force_login(ben)
    assert "In your time zone" not in client.get(f"/gatherings/{supper.pk}/").text
    ben.time_zone = "America/New_York"
    ben.save()
    text = client.get(f"/gatherings/{supper.pk}/").text
    assert "In your time zone, America/New_York:" in text
    begins, ends = (
        moment.astimezone(ZoneInfo(ben.time_zone)) for moment in (supper.starts_at, supper.ends_at)
    )
    assert f"{begins:%H:%M}–{ends:%H:%M}" in text


def test_when_full_the_button_becomes_the_waiting_list(client, supper, ada, ben):
    client.force_login(ben)
    assert "I’ll be there" in client.get(f"/gatherings/{supper.pk}/").text
    rsvp.attend(supper, ada)
    text = client.get(f"/gatherings/{supper.pk}/").text
    assert "I’ll be there" not in text
    assert "Join the waiting list" in text


def test_whoever_waits_reads_their_place(client, supper, ada, ben, chi):
    for person in (ada, ben, chi):
        rsvp.attend(supper, person)
    client.force_login(chi)
    assert "You are 2nd in line." in client.get(f"/gatherings/{supper.pk}/").text


def test_when_it_is_over_nobody_has_a_seat_any_more(client, supper, ada):
    rsvp.attend(supper, ada)
    client.force_login(ada)
    assert "You have a seat." in client.get(f"/gatherings/{supper.pk}/").text
    Gathering.objects.update(starts_at=now() - timedelta(hours=5), ends_at=now() - timedelta(hours=1))
    text = client.get(f"/gatherings/{supper.pk}/").text
    assert "You have a seat." not in text
    assert text.count("It took place") == 2  # beside the page, and in the bar of a phone


@pytest.mark.parametrize("minutes", [70, 50])
def test_the_link_to_join_online_is_for_those_with_a_seat_from_an_hour_before(
    client, gathering, makers, ada, ben, chi, minutes
):
    call = gathering(
        makers,
        mode="online",
        online_url="https://meet.example.org/canary",
        online_capacity=1,
        starts_at=now() + timedelta(minutes=minutes),
    )
    call.hosts.add(ada)
    rsvp.attend(call, ben)
    rsvp.attend(call, chi)
    near = minutes < 60
    for person, sees in ((ada, True), (ben, near), (chi, False), (None, False)):
        client.logout()
        if person:
            client.force_login(person)
        assert ("canary" in client.get(f"/gatherings/{call.pk}/").text) is sees


def test_drafts_and_the_forum_are_not_found_by_others(
    client, supper, breakfast, afternoons, ada, ben, chi, dot
):
    draft = scheduling.draft(afternoons, by=ada)
    found = {}
    for person in (None, dot, chi, ben, ada):
        client.logout()
        if person:
            client.force_login(person)
        found[person] = [
            client.get(f"/gatherings/{each.pk}/").status_code for each in (supper, breakfast, draft)
        ]
    assert list(found.values()) == [
        [200, 404, 404],
        [200, 404, 404],
        [200, 404, 404],
        [200, 200, 404],
        [200] * 3,
    ]


@pytest.mark.parametrize("who", ["ben", "ada", "dot"])
def test_the_page_costs_the_same_queries_whoever_reads_it_and_however_many_come(
    client, request, gathering, makers, seated, who
):
    hall = gathering(makers, capacity=400)
    client.force_login(request.getfixturevalue(who))
    counts = []
    for many in (3, 297):
        seated(hall, many, status="going") if many == 3 else None
        if many == 297:
            seated(hall, many, status="waitlisted")
        counts.append(queries_of(client, f"/gatherings/{hall.pk}/"))
    # Reader, first names, gathering, whose it is, answer, standing, family of circles, agenda, hosts, guests; for Dot, who may
    # read only those who want to be read by everybody, organisations, too.
    assert counts == [11, 11] if who == "dot" else [10, 10]


@pytest.mark.usefixtures("minute_stands")
def test_a_visitors_page_is_kept_until_something_changes(client, supper, ada, django_assert_num_queries):
    path = f"/gatherings/{supper.pk}/"
    client.get(path)
    with django_assert_num_queries(1):  # the stamp
        client.get(path)
    rsvp.attend(supper, ada)
    assert "Full" in client.get(path).text


# The guests


def test_members_see_names_and_only_those_who_greet_see_who_is_new(client, supper, ada, ben, chi):
    rsvp.attend(supper, ben)
    rsvp.attend(supper, chi)
    for person, new in ((chi, 0), (ada, 1)):
        client.force_login(person)
        text = client.get(f"/gatherings/{supper.pk}/guests/").text
        assert text.count(">Ben Berg<") == 1
        assert text.count("First time") == new
        assert "1. Chi Chen" not in text
    assert "1. Chi Chen" in client.get(f"/gatherings/{supper.pk}/line/").text


def test_dot_and_visitors_do_not_read_the_guest_list(client, supper, breakfast, dot):
    assert client.get(f"/gatherings/{supper.pk}/guests/").status_code == 302
    client.force_login(dot)
    assert client.get(f"/gatherings/{supper.pk}/guests/").status_code == 403
    assert client.get(f"/gatherings/{breakfast.pk}/guests/").status_code == 404


def test_the_guest_list_costs_the_same_queries_at_3_and_300(client, gathering, makers, ada, seated):
    hall = gathering(makers, capacity=400)
    client.force_login(ada)
    seated(hall, 3)
    few = (
        queries_of(client, f"/gatherings/{hall.pk}/guests/"),
        queries_of(client, f"/gatherings/{hall.pk}/door/"),
    )
    hall.rsvps.all().delete()
    type(ada).objects.filter(name__endswith=" Guest").delete()
    seated(hall, 300)
    many = (
        queries_of(client, f"/gatherings/{hall.pk}/guests/"),
        queries_of(client, f"/gatherings/{hall.pk}/door/"),
    )
    assert few == many


def test_a_name_leads_to_the_page_of_somebody_one_shares_a_circle_with(client, supper, ada, ben, dot):
    Gathering.objects.update(capacity=5)
    rsvp.attend(supper, ben)
    supper.rsvps.create(person=dot, status="going")
    client.force_login(ada)
    text = client.get(f"/gatherings/{supper.pk}/guests/").text
    assert f'<a href="/people/{ben.pk}/">Ben Berg</a>' in text
    assert "<strong>Dot Dahl</strong>" in text
