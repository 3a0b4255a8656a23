import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from peerhood.circles.models import Membership
from peerhood.gatherings import door, planning, rsvp
from peerhood.gatherings.arriving import numbers
from peerhood.gatherings.coming import greeting
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.journal.models import Entry
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(supper, ben):
    return rsvp.attend(supper, ben)


def entries(name):
    return Entry.objects.filter(name=name).count()


def test_one_check_in_however_often_it_is_scanned(seat, ada, chi, makers):  # R12
    makers.memberships.filter(person=chi).update(role=Membership.Role.GREETER)
    first = door.check_in(seat, by=ada).checked_in_at
    again = door.check_in(Rsvp.objects.get(pk=seat.pk), by=chi)
    assert (again.checked_in_at, again.checked_in_by) == (first, ada)
    assert entries("person.checked_in") == 1


def test_a_check_in_can_be_taken_back_and_done_again(seat, ada):
    door.check_in(seat, by=ada)
    for _twice in range(2):
        assert door.undo(seat, by=ada).checked_in_at is None
    assert seat.gathering.rsvps.going().get() == seat
    assert door.check_in(seat, by=ada).checked_in_at is not None
    assert (entries("person.checked_in"), entries("person.checked_out")) == (2, 1)


def test_whoever_waits_in_line_is_not_checked_in(supper, seat, ada, chi):
    waiting = rsvp.attend(supper, chi)
    with pytest.raises(Refusal, match="Chi Chen has no seat"):
        door.check_in(waiting, by=ada)


def test_ben_cannot_stand_at_the_door(seat, ben):
    for act in (door.check_in, door.undo):
        with pytest.raises(PermissionDenied):
            act(seat, by=ben)
    with pytest.raises(PermissionDenied):
        door.walk_in(seat.gathering, "Eve", by=ben)


def test_somebody_without_an_answer_is_seated_while_there_is_a_place(supper, ada):
    came = door.walk_in(supper, "Eve Ek", by=ada, email="Eve@Example.org")
    assert (came.person.name, came.person.email, came.status) == ("Eve Ek", "eve@example.org", "going")
    assert came.checked_in_at is not None
    with pytest.raises(Refusal, match="Every seat is taken"):
        door.walk_in(supper, "Fay Falk", by=ada)
    assert Gathering.objects.get(pk=supper.pk).going_count == 1
    assert list(Person.objects.filter(name="Fay Falk")) == []


def test_a_known_address_brings_the_person_it_belongs_to(supper, ada, ben):
    door.walk_in(supper, "Benjamin", by=ada, email=ben.email)
    came = door.walk_in(supper, "Benjamin", by=ada, email=ben.email)
    assert (came.person, supper.rsvps.count()) == (ben, 1)


def test_a_name_that_is_on_the_list_is_that_person(gathering, makers, ada, ben):
    hall = gathering(makers)
    rsvp.attend(hall, ben)
    assert door.walk_in(hall, "ben berg", by=ada).person == ben
    first = door.walk_in(hall, "Eve Ek", by=ada)
    assert door.walk_in(hall, "Eve Ek", by=ada) == first  # the button was pressed twice
    assert hall.rsvps.count() == 2


def test_a_closed_circle_takes_no_strangers_at_the_door(breakfast, ada, ben, dot):
    for email in ("", dot.email, "stranger@example.org"):
        with pytest.raises(Refusal, match="by invitation"):
            door.walk_in(breakfast, "Dot", by=ada, email=email)
    assert door.walk_in(breakfast, "Ben", by=ada, email=ben.email).person == ben


def test_nobody_walks_in_to_what_is_cancelled(supper, ada):
    planning.cancel(supper, by=ada)
    with pytest.raises(Refusal):
        door.walk_in(supper, "Eve", by=ada)


# Through the browser's door


def words_of(page, part):
    found = re.search(rf'<p class="{part}">(.*?)</p>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1])


def test_the_list_has_newcomers_first_with_who_shows_them_in(client, gathering, makers, ada, ben, chi):
    earlier = gathering(makers, starts_at=makers.created_at.replace(year=2020))
    earlier.rsvps.create(person=ben, status="going", checked_in_at=earlier.starts_at)
    hall = gathering(makers, starts_at=timezone.now() + timedelta(hours=20))
    hall.hosts.add(ada)
    for person in (ben, chi):
        rsvp.attend(hall, person)
    greeting.name_all_due()
    client.force_login(ada)
    response = client.get(f"/gatherings/{hall.pk}/door/")
    assert [held.person for held in response.context["page"]] == [chi, ben]
    assert response.text.count("First time") == 1
    assert "You meet them: say hello, show them in" in response.text
    assert words_of(response.text, "lead") == "0 of 2 are here."


def test_two_letters_find_a_name(client, gathering, makers, ada, ben, chi):
    hall = gathering(makers)
    for person in (ben, chi):
        rsvp.attend(hall, person)
    client.force_login(ada)
    found = client.get(f"/gatherings/{hall.pk}/door/?q=be", headers={"HX-Request": "true"})
    assert [held.person for held in found.context["page"]] == [ben]
    assert "<h1" not in found.text


def test_one_tap_swaps_the_row_and_the_counts(client, seat, ada):
    client.force_login(ada)
    path = f"/gatherings/{seat.gathering_id}/door/{seat.pk}/"
    tapped = client.post(path, headers={"HX-Request": "true"})
    assert f'id="rsvp-{seat.pk}"' in tapped.text
    assert words_of(tapped.text, "lead") == "1 of 1 are here."
    assert "<h1" not in tapped.text
    assert client.post(f"{path}undo/", follow=True).redirect_chain == [
        (f"/gatherings/{seat.gathering_id}/door/", 302)
    ]
    seat.refresh_from_db()
    assert seat.checked_in_at is None


def test_the_door_is_for_those_who_greet(client, seat, ben, dot, breakfast):
    assert client.get(f"/gatherings/{seat.gathering_id}/door/").status_code == 302
    for person in (ben, dot):
        client.force_login(person)
        assert client.get(f"/gatherings/{seat.gathering_id}/door/").status_code == 403
        assert client.post(f"/gatherings/{seat.gathering_id}/door/{seat.pk}/").status_code == 403
        assert (
            client.post(f"/gatherings/{seat.gathering_id}/door/walk-in/", {"name": "Eve"}).status_code == 403
        )
        assert client.post(f"/gatherings/{seat.gathering_id}/door/walk-in/", {"name": ""}).status_code == 403
    assert client.get(f"/gatherings/{breakfast.pk}/door/").status_code == 404
    seat.refresh_from_db()
    assert seat.checked_in_at is None


def test_a_seat_of_another_gathering_is_not_marked_through_this_one(client, seat, ada, breakfast):
    client.force_login(ada)
    assert client.post(f"/gatherings/{breakfast.pk}/door/{seat.pk}/").status_code == 404


def test_a_walk_in_takes_two_fields(client, supper, ada):
    client.force_login(ada)
    path = f"/gatherings/{supper.pk}/door/walk-in/"
    assert client.post(path, {"name": ""}).status_code == 422
    client.post(path, {"name": "Eve Ek"})
    assert [held.person.name for held in supper.rsvps.checked_in()] == ["Eve Ek"]


def test_a_name_is_found_by_its_parts_and_without_its_dots(client, gathering, makers, ada, person):
    hall = gathering(makers)
    for name in ("Åsa Öberg", "Mats Asker", "Zoë Lindberg"):
        hall.rsvps.create(person=person(name, email=f"{name[:2]}@example.org"), status="going")
    hall.rsvps.filter(person__name="Zoë Lindberg").update(guests_count=2, guest_names=["Östen Ask"])
    client.force_login(ada)

    def found(typed):
        page = client.get(f"/gatherings/{hall.pk}/door/", {"q": typed}).context["page"]
        return [held.person.name.split()[0] for held in page]

    assert found("as") == ["Mats", "Zoë", "Åsa"]
    assert found("ÅSA") == ["Åsa"]
    assert found("ob as") == ["Åsa"]
    assert found("berg") == ["Zoë", "Åsa"]
    assert found("osten") == ["Zoë"]
    assert found("z") == ["Mats", "Zoë", "Åsa"]  # one letter finds everybody
    assert found("xyzzy") == []


def test_guests_are_seen_with_whoever_brings_them_and_counted(client, gathering, makers, ada, ben, chi):
    hall = gathering(makers)
    bring = {"status": "going", "guests_count": 2, "guest_names": ["Östen Ask"]}
    held = hall.rsvps.create(person=ben, **bring)
    hall.rsvps.create(person=chi, status="going", guests_count=1)
    hall.rsvps.create(person=ada, status="going", part="online")
    client.force_login(ada)
    page = client.get(f"/gatherings/{hall.pk}/door/").text
    assert "With Östen Ask and 1 more guest" in page
    assert "With 1 guest<" in page
    door.check_in(held, by=ada)
    counted = numbers.of(hall)
    assert (counted.people_here, counted.guests_here, counted.here) == (1, 2, 3)
    assert (counted.coming, counted.to_come) == (5, 2)


def test_whoever_stands_at_the_door_reads_who_meets_somebody_new(client, gathering, makers, ada, ben, chi):
    hall = gathering(makers)
    held = hall.rsvps.create(person=chi, status="going", greeter=ben)
    client.force_login(ada)
    door_of = f"/gatherings/{hall.pk}/door/"
    assert "introduce them to Ben, who meets them." in client.get(door_of).text
    held.greeter = None
    held.save()
    assert "introduce them to two people." in client.get(door_of).text
