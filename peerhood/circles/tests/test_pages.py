"""What each page shows, and to whom."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from peerhood.circles.models import Circle, Import
from peerhood.people.models import Person


@pytest.fixture
def crowd(makers):
    """Fill the Makers up to so many members: ``crowd(300)``."""

    def fill(count):
        here = makers.memberships.count()
        people = Person.objects.bulk_create(
            Person(name=f"Member {n:03}", email=f"m{n}@example.org") for n in range(here, count)
        )
        makers.memberships.bulk_create(
            type(makers.memberships.first())(circle=makers, person=person) for person in people
        )

    return fill


def queries_of(django_assert_max_num_queries, client, url):
    client.get(url)
    with django_assert_max_num_queries(40) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_public_sees_a_circle_but_no_names(client, makers):
    text = client.get("/circles/makers/").text
    assert "People who run a project office alone." in text
    assert "One contact person" in text
    assert "3 members" in text
    assert not [name for name in ("Ada", "Ben", "Chi") if name in text]


def test_members_see_who_to_turn_to(client, makers, ben):
    client.force_login(ben)
    text = client.get("/circles/makers/").text
    assert "Ada Andersson" in text
    assert "/circles/makers/members/" in text
    assert "/circles/makers/settings/" not in text


def test_mine_come_first_and_chapters_below_their_network(client, makers, studio, ben):
    Circle.objects.create(
        name="Makers North", slug="north", parent=makers, purpose="Up there.", language="en", time_zone="UTC"
    )
    client.force_login(ben)
    response = client.get("/circles/")
    assert list(response.context["mine"]) == [makers]
    listed = [(one, one.visible_chapters) for one in response.context["page"]]
    assert [(one.name, [chapter.name for chapter in chapters]) for one, chapters in listed] == [
        ("Makers", ["Makers North"]),
        ("Studio", []),
    ]


def test_a_closed_circle_is_named_nowhere_outside(client, forum, studio, dot):
    Circle.objects.create(
        name="Dawn South", slug="dawn-south", parent=forum, purpose="x", language="en", time_zone="UTC"
    )
    studio.chapters.create(
        name="Inner Studio", slug="inner", kind="invitation", purpose="x", language="en", time_zone="UTC"
    )
    for person in (None, dot):
        if person:
            client.force_login(person)
        pages = [client.get(url).text for url in ("/circles/", "/circles/dawn-south/", "/circles/studio/")]
        assert "Dawn South" in pages[0]
        for text in pages:
            assert "Gryningsforum" not in text
            assert "gryningsforum" not in text
            assert "Inner Studio" not in text


def test_a_visitor_who_wants_to_join_signs_in_and_comes_back(client, studio, dot):
    response = client.get("/circles/studio/join/")
    assert response.url == f"{reverse('account_login')}?next=/circles/studio/join/"
    client.force_login(dot)
    assert "Nobody laughs at a sketch." in client.get("/circles/studio/join/").text
    assert client.post("/circles/studio/join/", {"agreed_to": "1"}).url == "/circles/studio/"
    assert studio.memberships.filter(person=dot, state="active").exists()


def test_applying_and_being_accepted_by_buttons(client, makers, dot, ada):
    client.force_login(dot)
    client.post("/circles/makers/apply/", {"route": makers.routes()[1]})
    assert "You have asked to join." in client.get("/circles/makers/").text
    client.force_login(ada)
    text = client.get("/circles/makers/members/").text
    assert "1 person would like to join" in text
    membership = makers.memberships.get(person=dot)
    assert f"/circles/makers/members/{membership.pk}/application/" in text
    client.post(f"/circles/makers/members/{membership.pk}/accept/", {"reason": "We like curious people."})
    membership.refresh_from_db()
    assert membership.state == "active"


def test_the_last_organiser_is_told_why_they_cannot_leave(client, makers, ada):
    client.force_login(ada)
    assert "Leave Makers?" in client.get("/circles/makers/leave/").text
    response = client.post("/circles/makers/leave/")
    assert response.status_code == 409
    assert "A circle needs an organiser." in response.text


def test_a_member_is_found_by_two_letters_whatever_their_case(client, makers, person, ben):
    makers.memberships.create(person=person("Åsa Öström", email="asa@example.org"))
    client.force_login(ben)

    def found(words):
        page = client.get("/circles/makers/members/", {"q": words}).context["page"]
        return [membership.shown_name for membership in page]

    assert found("ås") == found("ÖSTR") == ["Åsa Öström"]
    assert found("å") == ["Ada Andersson", "Ben Berg", "Chi Chen", "Åsa Öström"]
    assert found("(") == found("x.*") + found("å")
    assert found("\0") == found("")


def test_htmx_gets_only_the_list(client, makers, ben):
    client.force_login(ben)
    text = client.get("/circles/makers/members/?q=chi", headers={"HX-Request": "true"}).text
    assert "Chi Chen" in text
    assert "<h1>" not in text
    going_back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<h1>" in client.get("/circles/makers/members/?q=chi", headers=going_back).text


def test_members_see_who_is_in_and_organisers_may_filter(client, makers, dot, ada, ben):
    makers.memberships.create(person=dot, state="left", role="member")
    client.force_login(ada)
    url = "/circles/makers/members/"
    assert [one.person for one in client.get(url, {"state": "left"}).context["page"]] == [dot]
    assert [one.person for one in client.get(url, {"role": "organiser"}).context["page"]] == [ada]
    assert len(client.get(url, {"role": "king"}).context["page"]) == 3
    client.force_login(ben)
    assert len(client.get(url, {"state": "left"}).context["page"]) == 3


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_a_member_list_costs_the_same_for_3_and_300(
    request, client, makers, crowd, who, django_assert_max_num_queries
):
    client.force_login(request.getfixturevalue(who))
    small = queries_of(django_assert_max_num_queries, client, "/circles/makers/members/")
    home = queries_of(django_assert_max_num_queries, client, "/circles/makers/")
    crowd(300)
    assert queries_of(django_assert_max_num_queries, client, "/circles/makers/members/") == small
    assert queries_of(django_assert_max_num_queries, client, "/circles/makers/") == home


def test_the_list_of_circles_costs_the_same_for_3_and_300(client, makers, ben, django_assert_max_num_queries):
    def fill(start, stop):
        Circle.objects.bulk_create(
            Circle(
                name=f"Circle {n}", slug=f"c{n}", purpose="x", language="en", time_zone="UTC", parent=parent
            )
            for n in range(start, stop)
            for parent in [makers if n % 2 else None]
        )

    fill(0, 3)
    client.force_login(ben)
    small = queries_of(django_assert_max_num_queries, client, "/circles/")
    fill(3, 300)
    assert queries_of(django_assert_max_num_queries, client, "/circles/") == small


def test_a_role_is_changed_by_a_form(client, makers, ada, ben):
    client.force_login(ada)
    place = makers.memberships.get(person=ben)
    url = f"/circles/makers/members/{place.pk}/"
    assert client.post(url, {"role": "king"}).status_code == 422
    assert client.post(url, {"role": "host", "is_contact": "on"}).url == "/circles/makers/members/"
    place.refresh_from_db()
    assert (place.role, place.is_contact) == ("host", True)


def test_removing_asks_first(client, makers, ada, ben):
    client.force_login(ada)
    place = makers.memberships.get(person=ben)
    url = f"/circles/makers/members/{place.pk}/remove/"
    assert "Take Ben Berg off the list?" in client.get(url).text
    assert client.post(url).status_code == 422
    assert client.post(url, {"reason": "He asked for it."}).url == "/circles/makers/members/"
    place.refresh_from_db()
    assert place.state == "left"


def test_an_organiser_changes_what_the_circle_says(client, makers, ada):
    client.get("/circles/makers/")
    client.force_login(ada)
    answers = {
        "name": "Makers of Ed", "purpose": "Newly said.", "eligibility": "", "agreement": "", "town": "Ed",
        "language": "sv", "time_zone": "Europe/Stockholm", "kind": "open", "slug": "stolen", "parent": "1",
    }  # fmt: skip
    assert client.post("/circles/makers/settings/", answers | {"time_zone": "Mars"}).status_code == 422
    assert client.post("/circles/makers/settings/", answers).url == "/circles/makers/"
    client.logout()
    assert "Newly said." in client.get("/circles/makers/").text


def test_a_list_is_chosen_looked_at_confirmed_and_done(client, makers, ada, file):
    client.force_login(ada)
    url = "/circles/makers/members/import/"
    assert client.get(url).status_code == 200
    preview = client.post(url, {"file": SimpleUploadedFile("members.csv", file("members.csv"))})
    looked = client.get(preview.url)
    assert "6 will be added" in looked.text
    assert "2 rows have an error" in looked.text
    only_errors = client.get(preview.url + "?fate=error").text
    assert "Sara Wiklund" in only_errors
    assert "Ellen Forsgren" not in only_errors
    done = client.post(preview.url + "confirm/", follow=True)
    assert "6 people were added." in done.text
    assert "Column “role”" in done.text


def test_a_pasted_list_is_read_too_and_a_bad_one_says_why(client, makers, ada):
    client.force_login(ada)
    url = "/circles/makers/members/import/"
    assert client.post(url, {"text": "\tname\nx\tElla\n"}).status_code == 302
    response = client.post(url, {"text": "Colour\nred\n"})
    assert response.status_code == 422
    assert "We do not recognise this list." in response.text
    assert "Choose a file, or paste the list." in client.post(url, {"text": ""}).text
    assert client.post(url, {"text": "name\n\0"}).status_code == 422


def test_a_cancelled_list_is_forgotten(client, prepare, ada):
    member_list = prepare("name\nElla\n")
    client.force_login(ada)
    url = f"/circles/makers/members/import/{member_list.pk}/cancel/"
    assert client.post(url).url == "/circles/makers/members/"
    assert not Import.objects.exists()


def test_progress_is_shown_and_asked_for_again_while_it_runs(client, prepare, ada):
    member_list = prepare("name\nElla\nOla\n")
    Import.objects.update(state="running", done_count=1)
    client.force_login(ada)
    url = f"/circles/makers/members/import/{member_list.pk}/"
    page = client.get(url).text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "1 of 2 rows are done." in page
    fragment = client.get(url, headers={"HX-Request": "true"}).text
    assert 'hx-trigger="every 1s"' in fragment
    Import.objects.update(state="done", done_count=2, outcome={"done": {"add": 2}})
    assert "hx-trigger" not in client.get(url, headers={"HX-Request": "true"}).text


def test_a_list_of_contacts_is_seen_by_nobody_else(client, prepare, makers, chi, forum):
    member_list = prepare("name\nElla\n")
    makers.memberships.filter(person=chi).update(role="organiser")
    client.force_login(chi)
    for end in ("", "confirm/", "cancel/"):
        method = client.post if end else client.get
        assert method(f"/circles/makers/members/import/{member_list.pk}/{end}").status_code == 404


def test_the_csv_is_a_download_that_excel_opens(client, makers, ada):
    client.force_login(ada)
    response = client.get("/circles/makers/members.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="makers-members.csv"'
    assert response.content.startswith(b'\xef\xbb\xbf"name","email"')
    assert response.content.count(b"\r\n") == 4


@pytest.mark.parametrize(
    "words", ["a" * 2**20, "e" + "\u0301" * 100_000, "\u202eada", "\ud800".encode("utf-8", "surrogatepass")]
)
def test_long_and_odd_searches_are_answered(client, makers, ada, words):
    client.force_login(ada)
    assert client.get("/circles/makers/members/", {"q": words}).status_code == 200
