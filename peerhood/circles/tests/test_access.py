"""Who may knock: a visitor, Dot from outside, Ben as a member, Ada who organises."""

import pytest

from peerhood.circles.models import Import

PAGES = [
    # path, (visitor, Dot, Ben, Ada)
    ("", (200, 200, 200, 200)),
    ("join/", (302, 200, 200, 200)),
    ("apply/", (302, 200, 200, 200)),
    ("leave/", (302, 404, 200, 200)),
    ("settings/", (302, 404, 403, 200)),
    ("entrance/", (302, 404, 403, 200)),
    ("who-may/", (302, 404, 200, 200)),
    ("links/", (302, 404, 403, 200)),
    ("pause/", (302, 404, 200, 200)),
    ("hand-over/", (302, 404, 403, 200)),
    ("take-over/", (302, 404, 404, 404)),
    ("members/{ben}/application/", (302, 404, 403, 404)),
    ("members/", (302, 404, 200, 200)),
    ("members.csv", (302, 404, 403, 200)),
    ("members/import/", (302, 404, 403, 200)),
    ("members/import/{list}/", (302, 404, 403, 200)),
    ("members/{ben}/", (302, 404, 403, 200)),
    ("members/{ben}/remove/", (302, 404, 403, 200)),
]
BUTTONS = [
    # Ada is the only organiser, so she cannot rest.
    ("pause/", (302, 404, 302, 409)),
    ("agree/", (302, 404, 302, 302)),
    ("entrance/", (302, 404, 403, 302)),
    ("links/", (302, 404, 403, 422)),
    ("links/1/revoke/", (302, 404, 403, 404)),
    ("hand-over/", (302, 404, 403, 422)),
    ("hand-over/take-back/", (302, 404, 403, 302)),
    ("take-over/", (302, 404, 404, 404)),
    ("take-over/no/", (302, 404, 404, 404)),
    ("resume/", (302, 404, 302, 302)),
    # Ben belongs already: there is no application of his to answer.
    ("members/{ben}/accept/", (302, 404, 403, 404)),
    ("members/{ben}/decline/", (302, 404, 403, 404)),
    ("members/{ben}/pause/", (302, 404, 403, 302)),
    ("members/{ben}/ask-again/", (302, 404, 403, 302)),
    ("members/{ben}/resume/", (302, 404, 403, 302)),
    ("members/{ben}/", (302, 404, 403, 200)),
    ("members/import/{list}/confirm/", (302, 404, 403, 302)),
    ("members/import/{list}/cancel/", (302, 404, 403, 302)),
    ("settings/", (302, 404, 403, 200)),
]


@pytest.fixture
def knock(client, ada, ben, dot):
    """Ask for a path of a circle as each of the four."""

    def ask(circle, path, method="get"):
        member_list = Import.objects.create(
            circle=circle,
            by=ada,
            file_name="x",
            source="own",
            outcome={"planned": dict.fromkeys(("add", "invite", "update"), 0)},
        )
        path = path.format(ben=circle.memberships.get(person=ben).pk, list=member_list.pk)
        answers = []
        for person in (None, dot, ben, ada):
            client.logout()
            if person:
                client.force_login(person)
            answers.append(getattr(client, method)(f"/circles/{circle.slug}/{path}").status_code)
        return tuple(answers)

    return ask


@pytest.mark.parametrize(("path", "answers"), PAGES)
def test_each_page_opens_to_whom_it_is_for(knock, makers, path, answers):
    assert knock(makers, path) == answers


@pytest.mark.parametrize(("path", "answers"), BUTTONS)
def test_each_button_works_for_whom_it_is_for(knock, makers, path, answers):
    assert knock(makers, path, "post") == answers


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", sorted({path for path, _answers in PAGES + BUTTONS}))
def test_to_an_outsider_a_closed_circle_does_not_exist(knock, forum, path, method):
    visitor, dot, _ben, _ada = knock(forum, path, method)
    assert dot in (404, 405)
    assert visitor in (302, 404, 405)


def test_405_says_nothing_either(client, forum, dot):
    """A closed circle answers a wrong method as a circle that does not exist does."""
    client.force_login(dot)
    for path, _answers in PAGES + BUTTONS:
        path = path.format(ben=1, list=1)
        for method in (client.get, client.post):
            there, nowhere = (
                method(f"/circles/{slug}/{path}").status_code for slug in ("gryningsforum", "nowhere")
            )
            assert there == nowhere


def test_members_of_another_circle_cannot_be_reached_through_mine(client, makers, studio, ada, ben):
    """Ada organises both; a number from one circle opens nothing in the other."""
    client.force_login(ada)
    place = makers.memberships.get(person=ben)
    assert client.get(f"/circles/studio/members/{place.pk}/").status_code == 404
    assert client.post(f"/circles/studio/members/{place.pk}/remove/").status_code == 404
    place.refresh_from_db()
    assert place.state == "active"
