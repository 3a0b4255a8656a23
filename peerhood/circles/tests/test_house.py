"""A circle within one employer: known to whoever has a proven address there, and to nobody else."""

import pytest
from allauth.account.models import EmailAddress

from peerhood.circles.entering import joining
from peerhood.circles.models import Circle
from peerhood.platform.refusals import Refusal


@pytest.fixture
def works_there():
    """Give somebody an address: ``works_there(dot, "dot@house.example")``."""

    def give(person, address, *, verified=True):
        EmailAddress.objects.create(user=person, email=address, verified=verified)

    return give


def sees(person, circle):
    return Circle.objects.visible_to(person).filter(pk=circle.pk).exists()


def test_who_works_there_sees_it_and_joins_at_once(client, house, dot, works_there, state):
    works_there(dot, "dot@house.example")
    client.force_login(dot)
    assert "Kaffekvarnen" in client.get("/circles/").text
    assert "This circle is of your house." in client.get("/circles/kaffekvarnen/").text
    assert client.post("/circles/kaffekvarnen/join/").url == "/circles/kaffekvarnen/"
    assert state(house, dot) == "active"


@pytest.mark.parametrize(
    "address",
    [
        "dot@house.example.org",
        "dot@mail.house.example",
        "dot@greenhouse.example",
        "house.example@example.com",
        "dot@house_example",
    ],
)
def test_a_similar_address_is_another_one(client, house, dot, works_there, address, state):
    works_there(dot, address)
    client.force_login(dot)
    assert "Kaffekvarnen" not in client.get("/circles/").text
    assert client.get("/circles/kaffekvarnen/").status_code == 404
    assert client.post("/circles/kaffekvarnen/join/").status_code == 404
    with pytest.raises(Refusal):
        joining.join(house, dot)
    assert state(house, dot) is None


def test_an_address_counts_when_it_is_proven_however_it_is_written(house, dot, works_there):
    works_there(dot, "dot@house.example", verified=False)
    assert not sees(dot, house)
    EmailAddress.objects.filter(email="dot@house.example").update(verified=True, email="Dot@House.EXAMPLE")
    assert sees(dot, house)


def test_to_other_kinds_of_circle_a_house_means_nothing(house, dot, works_there):
    works_there(dot, "dot@house.example")
    Circle.objects.update(kind="invitation")
    assert not sees(dot, house)


def test_who_joined_stays_when_the_address_is_gone(house, dot, works_there, state):
    works_there(dot, "dot@house.example")
    joining.join(house, dot)
    EmailAddress.objects.filter(email="dot@house.example").delete()
    assert sees(dot, house)
    assert state(house, dot) == "active"


def test_whom_an_organiser_took_off_sees_it_no_longer(house, ada, dot, works_there):
    works_there(dot, "dot@house.example")
    joining.join(house, dot)
    joining.remove(house.memberships.get(person=dot), by=ada, reason="Moved on.")
    assert not sees(dot, house)


def test_who_left_may_come_back(house, dot, works_there, state):
    works_there(dot, "dot@house.example")
    joining.join(house, dot)
    joining.leave(house, dot)
    joining.join(house, dot)
    assert state(house, dot) == "active"


def test_organisers_name_the_addresses_of_their_house(client, house, ada):
    client.force_login(ada)
    url = "/circles/kaffekvarnen/entrance/"
    said = {"domains": " @Eu.House.example\nanna@house.example\n", "questions": ""}
    assert client.post(url, said).url == "/circles/kaffekvarnen/"
    assert [one.domain for one in house.houses.all()] == ["eu.house.example", "house.example"]
    for nonsense in ("house", "a..b", "-a.example", "a b.example", "%", "x" * 64 + ".example"):
        answer = client.post(url, said | {"domains": nonsense})
        assert (answer.status_code, "not the end of an address" in answer.text) == (422, True), nonsense


def test_a_circle_of_another_kind_asks_for_no_house(client, makers, ada):
    client.force_login(ada)
    client.post("/circles/makers/entrance/", {"domains": "example.org", "questions": ""})
    assert not makers.houses.exists()
