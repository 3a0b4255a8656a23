from datetime import date

import pytest

from peerhood.connections import connecting, noting
from peerhood.connections.models import Connection
from peerhood.gatherings.models import Gathering
from peerhood.mixing.models import Encounter

LIST = "/connections/"


@pytest.fixture
def met(after_supper):
    return f"{LIST}met/{after_supper.pk}/"


@pytest.fixture
def connected(after_supper, ada, ben):
    connecting.say_met(ada, ben, after_supper)
    connecting.say_met(ben, ada, after_supper)


def people(response):
    return [met.person.first_name for met in response.context["people_met"]]


def test_who_did_you_meet_lists_those_of_ones_own_tables(as_, ada, ben, chi, met):
    assert [people(as_(person).get(met)) for person in (ada, ben, chi)] == [["Ben", "Chi"], ["Ada"], ["Ada"]]


def test_whoever_sat_nowhere_is_told_so(as_, makers, person, met):
    eve = person("Eve Ek")
    makers.memberships.create(person=eve)
    response = as_(eve).get(met)
    assert (people(response), "You sat at no table" in response.text) == ([], True)


def test_one_tap_says_it_and_another_takes_it_back(as_, ada, ben, met):
    said = as_(ben).post(f"{met}{ada.pk}/", headers={"HX-Request": "true"})
    assert ("<h1" in said.text, "Nobody else knows" in said.text, "Undo" in said.text) == (False, True, True)
    back = as_(ben).post(f"{met}{ada.pk}/undo/", headers={"HX-Request": "true"})
    assert ("We met" in back.text, Connection.objects.count()) == (True, 0)


def test_without_javascript_the_tap_returns_to_the_person(as_, ada, ben, met):
    assert as_(ben).post(f"{met}{ada.pk}/").url == f"{met}#person-{ada.pk}"


def test_the_other_learns_nothing_before_they_say_the_same(as_, ada, ben, chi, met, after_supper):
    """Ada's pages are the same, to the letter, whether Ben has spoken or not."""

    def pages():
        return [as_(ada).get(path).content for path in (met, LIST)]

    def without_tokens(bodies):
        import re

        return [re.sub(rb'value="[^"]{64}"', b"", body) for body in bodies]

    before = without_tokens(pages())
    connecting.say_met(ben, ada, after_supper)
    assert Connection.objects.count() == 1
    assert without_tokens(pages()) == before
    assert b"ben@example.org" not in b"".join(before)


def test_an_address_shows_only_when_both_have_said_it(as_, ada, ben, met, after_supper):
    connecting.say_met(ben, ada, after_supper)
    assert "ada@example.org" not in as_(ben).get(LIST).text
    connecting.say_met(ada, ben, after_supper)
    assert "mailto:ada@example.org" in as_(ben).get(LIST).text
    assert "mailto:ben@example.org" in as_(ada).get(LIST).text
    connecting.take_back(ada, ben)
    assert "ada@example.org" not in as_(ben).get(LIST).text


def test_the_list_says_where_we_met_and_my_note_and_when_to_get_back(as_, ada, ben, connected):
    noting.note(ada, ben, "Has a benefits map", date(2027, 1, 21))
    mine, theirs = as_(ada).get(LIST).text, as_(ben).get(LIST).text
    assert ['You met at <span lang="en">Supper</span>' in page for page in (mine, theirs)] == [True, True]
    assert ["Has a benefits map" in page for page in (mine, theirs)] == [True, False]
    assert ["Get back by 21 January" in page for page in (mine, theirs)] == [True, False]


def test_whom_to_get_back_to_comes_first(as_, ada, ben, chi, connected, after_supper):
    for person, other in ((ada, chi), (chi, ada)):
        connecting.say_met(person, other, after_supper)
    noting.note(ada, ben, "", date(2027, 1, 21))
    assert [kept.person.first_name for kept in as_(ada).get(LIST).context["page"]] == ["Ben", "Chi"]


def test_an_empty_list_leads_to_the_last_tables(as_, ada, met):
    assert f'href="{met}"' in as_(ada).get(LIST).text


def test_a_note_is_written_and_shown_again(as_, ada, ben, connected):
    response = as_(ada).post(
        f"{LIST}{ben.pk}/", {"text": "Has a map", "follow_up_on": "2027-01-21"}, follow=True
    )
    assert "Has a map" in response.text
    assert "Has a map" in as_(ada).get(f"{LIST}{ben.pk}/").text
    assert as_(ada).post(f"{LIST}{ben.pk}/", {"text": "x", "follow_up_on": "soon"}).status_code == 422


def test_ending_a_connection_hides_both_addresses_and_leaves_the_note(as_, ada, ben, connected):
    noting.note(ada, ben, "Has a map")
    page = as_(ada).post(f"{LIST}{ben.pk}/end/", follow=True).text
    assert ("ben@example.org" in page, "Your other notes" in page) == (False, True)
    assert "Has a map" in as_(ada).get(f"{LIST}{ben.pk}/").text
    assert as_(ben).get(f"{LIST}{ada.pk}/").status_code == 404


def test_somebody_without_an_address_breaks_nothing(as_, person, ada, share_a_table, after_supper):
    eli = person("Eli Ek", email=None)
    share_a_table(after_supper, ada, eli)
    for one, other in ((ada, eli), (eli, ada)):
        connecting.say_met(one, other, after_supper)
    page = as_(ada).get(f"{LIST}{eli.pk}/").text
    assert ("No e-mail address is given" in page, "mailto:" in page) == (True, False)


def test_nobody_reaches_anothers_people(as_, ada, ben, chi, dot, connected, met):
    """Ada organises the circle and Chi belongs to it: neither learns what Ben says of whom."""
    for person in (chi, dot):
        answers = [as_(person).get(f"{LIST}{ben.pk}/"), as_(person).post(f"{LIST}{ben.pk}/", {"text": "x"})]
        answers += [as_(person).post(f"{LIST}{ben.pk}/end/"), as_(person).post(f"{met}{ben.pk}/")]
        answers += [as_(person).post(f"{met}{ben.pk}/undo/")]
        assert {answer.status_code for answer in answers} == {404}
        assert "Ben Berg" not in as_(person).get(LIST).text
    assert as_(ada).post(f"{met}{dot.pk}/").status_code == 404


def test_an_organiser_who_did_not_sit_there_gets_404(as_, person, makers, ben, connected, met):
    eve = person("Eve Ek")
    makers.memberships.create(person=eve, role="organiser")
    assert people(as_(eve).get(met)) == []
    assert as_(eve).get(f"{LIST}{ben.pk}/").status_code == 404


def test_a_closed_circles_gathering_is_not_found_from_outside(
    as_, dot, forum, gathering, ada, ben, share_a_table
):
    dawn = gathering(forum, title="Dawn")
    share_a_table(dawn, ada, ben)
    assert as_(dot).get(f"{LIST}met/{dawn.pk}/").status_code == 404


def test_whoever_left_the_circle_still_has_whom_they_met(as_, forum, gathering, ada, ben, share_a_table):
    dawn = gathering(forum, title="Dawn")
    share_a_table(dawn, ada, ben)
    forum.memberships.filter(person=ben).update(state="left")
    assert people(as_(ben).get(f"{LIST}met/{dawn.pk}/")) == ["Ada"]


def test_a_visitor_is_asked_to_sign_in(client, ada, ben, connected, met):
    answers = [client.get(path) for path in (LIST, met, f"{LIST}{ben.pk}/")]
    answers += [
        client.post(path) for path in (f"{met}{ben.pk}/", f"{met}{ben.pk}/undo/", f"{LIST}{ben.pk}/end/")
    ]
    assert {answer.url.split("?")[0] for answer in answers} == {"/sign-in/"}


def test_looking_changes_nothing(as_, ada, ben, connected, met):
    acts = (f"{met}{ben.pk}/", f"{met}{ben.pk}/undo/", f"{LIST}{ben.pk}/end/")
    assert {as_(ada).get(path).status_code for path in acts} == {405}


@pytest.fixture
def crowd(ada, after_supper):
    """Connect Ada with so many more, each with a note of hers."""
    from peerhood.connections.models import Note
    from peerhood.people.models import Person

    def connect(count):
        others = Person.objects.bulk_create(
            Person(name=f"Person {n}", email=f"person{n}@example.org") for n in range(count)
        )
        moment = after_supper.created_at
        Connection.objects.bulk_create(
            Connection(one=ada, other=other, one_said_at=moment, other_said_at=moment, met_at=after_supper)
            for other in others
        )
        Note.objects.bulk_create(Note(owner=ada, about=other, text="Hello") for other in others)
        Encounter.objects.bulk_create(
            Encounter(
                circle=after_supper.circle, gathering=after_supper, round_number=3, one=ada, other=other
            )
            for other in others
        )

    return connect


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_asks_the_database_as_often_for_3_as_for_300(
    as_, ada, crowd, rows, django_assert_num_queries
):
    crowd(rows)
    signed_in = as_(ada)
    # Two of them ask who left a card and may be shown.
    with django_assert_num_queries(12):
        assert len(signed_in.get(LIST).context["page"]) == min(rows, 20)


@pytest.mark.parametrize("rows", [3, 300])
def test_the_tables_ask_the_database_as_often_for_3_as_for_300(
    as_, ada, crowd, met, rows, django_assert_num_queries
):
    crowd(rows)
    signed_in = as_(ada)
    with django_assert_num_queries(7):
        assert len(people(signed_in.get(met))) == rows + 2


def test_a_draft_of_another_circle_is_not_found(as_, ada, dot, makers, gathering):
    draft = gathering(makers, state=Gathering.State.DRAFT)
    assert as_(dot).get(f"{LIST}met/{draft.pk}/").status_code == 404
