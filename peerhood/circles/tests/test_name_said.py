"""Whoever comes in without a name is asked for it on the way: members know one another by it."""

import pytest

ROUTE = "I lead this kind of work."


@pytest.fixture
def newcomer(client, dot):
    """Somebody who has proven an address and not said who they are."""
    dot.name = ""
    dot.save()
    client.force_login(dot)
    return dot


@pytest.fixture
def doors(studio, makers, forum, newcomer):
    """Ways in, each with what is posted there."""
    invited = forum.memberships.create(person=newcomer, state="invited")
    return {
        "join": (studio, "/circles/studio/join/", {"agreed_to": "1"}),
        "apply": (makers, "/circles/makers/apply/", {"route": ROUTE}),
        "invitation": (forum, f"/circles/invitations/{invited.pk}/yes/", {}),
    }


@pytest.mark.parametrize("door", ["join", "apply", "invitation"])
def test_a_name_is_asked_on_the_way_in_and_kept(client, newcomer, doors, door):
    circle, path, said = doors[door]
    before = circle.memberships.filter(person=newcomer).values_list("state", flat=True).first()
    assert 'name="name"' in client.get(path).text
    for nothing in ({}, {"name": " "}):
        answer = client.post(path, said | nothing)
        assert (answer.status_code, 'name="name"' in answer.text) == (422, True)
    assert circle.memberships.filter(person=newcomer).values_list("state", flat=True).first() == before
    assert client.post(path, said | {"name": "Noa New"}).status_code == 302
    newcomer.refresh_from_db()
    membership = circle.memberships.get(person=newcomer)
    assert (newcomer.name, membership.state) == ("Noa New", "applied" if door == "apply" else "active")


def test_whoever_has_a_name_is_not_asked_and_keeps_it(client, studio, dot):
    client.force_login(dot)
    assert 'name="name"' not in client.get("/circles/studio/join/").text
    client.post("/circles/studio/join/", {"agreed_to": "1", "name": "Somebody else"})
    dot.refresh_from_db()
    assert (dot.name, studio.memberships.get(person=dot).state) == ("Dot Dahl", "active")
