import pytest

from peerhood.circles.entering import applying, joining, links, places
from peerhood.circles.importing import confirming, preparing
from peerhood.circles.models import Import


@pytest.fixture
def full(makers):
    makers.kind, makers.member_limit = "open", 3
    makers.save()
    return makers


def inside(circle):
    return circle.memberships.inside().count()


def test_a_full_circle_lets_nobody_in_by_any_door(full, ada, dot, person):
    with pytest.raises(places.Full, match="3 places"):
        joining.join(full, dot)
    link, _token = links.make(full, by=ada)
    with pytest.raises(places.Full):
        links.follow(link, dot)
    link.refresh_from_db()
    assert link.used_count == 0
    full.kind = "application"
    full.save()
    applied = applying.apply(full, person("Eva Ek"))
    with pytest.raises(places.Full):
        applying.accept(applied, by=ada, reason="Welcome.")
    assert inside(full) == 3


def test_whoever_leaves_makes_room(full, ben, dot):
    joining.leave(full, ben)
    joining.join(full, dot)
    assert inside(full) == 3


def test_a_pause_keeps_the_place(full, ben, dot):
    full.memberships.filter(person=ben).update(state="paused")
    with pytest.raises(places.Full):
        joining.join(full, dot)


def test_a_lower_limit_drops_nobody(full):
    full.member_limit = 1
    full.save()
    assert (inside(full), places.free(full)) == (3, 0)


def test_a_list_with_more_than_fit_adds_nobody(full, ada):
    full.member_limit = 4
    full.save()
    listed = b"name,email\r\nEva Ek,eva@example.org\r\nFia Fors,fia@example.org\r\n"
    member_list = preparing.prepare(full, listed, by=ada, file_name="more.csv")
    with pytest.raises(places.Full):
        confirming.confirm(member_list, by=ada)
    assert (inside(full), Import.objects.get().state) == (3, Import.State.PREVIEW)


def test_without_a_limit_there_is_always_room(makers):
    assert places.free(makers) is None


def test_organisers_set_it_where_they_say_how_people_join(client, makers, ada):
    client.force_login(ada)
    client.post("/circles/makers/entrance/", {"member_limit": "12"})
    makers.refresh_from_db()
    assert makers.member_limit == 12
    assert client.post("/circles/makers/entrance/", {"member_limit": "0"}).status_code == 422
    client.post("/circles/makers/entrance/", {"member_limit": ""})
    makers.refresh_from_db()
    assert makers.member_limit is None


def test_an_invitation_says_that_there_is_no_room_before_anybody_says_yes(client, full, ada, dot):
    _link, token = links.make(full, by=ada)
    client.force_login(dot)
    path = f"/circles/invitations/link/{token}/"
    page = client.get(path).text
    assert ("Every place is taken at the moment." in page, ">Join<" in page) == (True, False)
    full.member_limit = 4
    full.save()
    page = client.get(path).text
    assert ("Every place is taken at the moment." in page, ">Join<" in page) == (False, True)
