import pytest

from peerhood.circles.models import Membership
from peerhood.gatherings.models import AgendaItem
from peerhood.rooms import rounds, running
from peerhood.rooms.models import Room

Kind = AgendaItem.Kind
FRAGMENT = {"HX-Request": "true"}


def address(gathering, act=""):
    return f"/gatherings/{gathering.pk}/room/{act}"


def press(client, room, act, version, **headers):
    return client.post(address(room.gathering, f"{act}/"), {"version": version}, **headers)


def test_without_a_room_the_page_offers_to_open_one(client, afternoon, ada):
    client.force_login(ada)
    assert "Open the room" in client.get(address(afternoon)).text
    assert client.post(address(afternoon, "open/")).headers["Location"] == address(afternoon)
    assert Room.objects.get().code in client.get(address(afternoon)).text


def test_members_may_not_and_outsiders_do_not_know(client, forum, gathering, ada, ben, dot):
    secret = gathering(forum)
    running.open_room(secret, by=ada)
    answers = {}
    for person in (ada, ben, dot):
        client.force_login(person)
        answers[person.first_name] = [
            client.get(address(secret)).status_code,
            client.post(address(secret, "start/"), {"version": 0}).status_code,
        ]
    assert answers == {"Ada": [200, 409], "Ben": [403, 403], "Dot": [404, 404]}


def test_a_visitor_is_asked_to_sign_in(client, room):
    assert client.get(address(room.gathering)).status_code == 302
    assert press(client, room, "start", 0).status_code == 302


def test_the_buttons_are_those_that_can_be_pressed_now(client, room, ada, go_to):
    client.force_login(ada)

    def buttons():
        page = client.get(address(room.gathering)).text
        return [act for act in ACTS if address(room.gathering, f"{act}/") in page]

    assert buttons() == ["start", "close"]
    running.start(room, by=ada)
    assert buttons() == ["next", "pause", "minute", "undo", "close"]
    running.pause(go_to(Room.objects.get(), Kind.MEMBER_STORY), by=ada)
    assert buttons() == ["next", "back", "resume", "minute", "undo", "close"]
    running.close_room(room, by=ada)
    assert buttons() == ["undo"]


ACTS = ["start", "next", "back", "pause", "resume", "minute", "undo", "close"]


def test_a_press_comes_back_to_the_page_or_to_its_changing_part(client, room, ada):
    client.force_login(ada)
    assert press(client, room, "start", 0).headers["Location"] == address(room.gathering)
    response = press(client, room, "next", 1, headers=FRAGMENT)
    assert response.headers["Room-Version"] == "2"
    assert "What I stopped doing" in response.text
    assert "<html" not in response.text


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_a_stale_press_is_answered_with_the_room_as_it_stands(client, room, ada, headers):
    client.force_login(ada)
    running.start(room, by=ada)
    running.next_item(room, by=ada)
    response = press(client, room, "next", 1, headers=headers)
    assert response.status_code == (200 if headers else 302)
    room.refresh_from_db()
    assert (room.item.title, room.version) == ("What I stopped doing", 2)


def test_a_press_without_a_version_is_stale(client, room, ada):
    client.force_login(ada)
    client.post(address(room.gathering, "start/"))
    room.refresh_from_db()
    assert room.item is None


def test_the_last_act_and_who_did_it_stand_beside_undo(client, room, ada):
    client.force_login(ada)
    running.start(room, by=ada)
    assert "Last: “Start”, by Ada." in client.get(address(room.gathering)).text


def test_planned_and_real_minutes_stand_side_by_side(client, room, ada, time_machine):
    time_machine.move_to("2027-01-21T13:00:00+01:00", tick=False)
    client.force_login(ada)
    running.start(room, by=ada)
    time_machine.shift(26 * 60)
    running.next_item(room, by=ada)
    time_machine.shift(10 * 60)
    page = client.get(address(room.gathering), headers=FRAGMENT).text
    cells = [part.split("<")[0] for part in page.split('class="number"')[1:]]
    assert [cell.partition(">")[2] for cell in cells[2:8]] == ["20", "26", "30", "10", "40", "–"]
    assert "If the rest goes as planned we end at 14:56" in page


def test_rounds_and_ballot_are_led_from_the_same_page(client, room, plan, themes, ada, go_to):
    client.force_login(ada)
    room = go_to(room, Kind.MIXING)
    assert "Show round 1" in client.get(address(room.gathering)).text
    press(client, room, "round/show", room.version)
    page = client.get(address(room.gathering)).text
    assert "Round 1 is on every screen." in page
    assert "Show round 2" in page
    room = go_to(Room.objects.get(), Kind.BALLOT)
    assert "Close the ballot" in client.get(address(room.gathering)).text
    press(client, room, "ballot/close", room.version)
    page = client.get(address(room.gathering)).text
    assert "Nobody voted. The organiser chooses the next theme." in page
    choice = room.gathering.ballot.choices.first()
    room.refresh_from_db()
    press(client, room, f"ballot/choose/{choice.theme_id}", room.version)
    room.gathering.ballot.refresh_from_db()
    assert room.gathering.ballot.winner == choice.theme


def test_tables_are_mixed_again_for_who_is_here(client, room, plan, guests, ada, go_to):
    client.force_login(ada)
    assert "Mix again" not in client.get(address(room.gathering)).text
    room = go_to(room, Kind.MIXING)
    page = client.get(address(room.gathering)).text
    assert "Since the tables were mixed: 8 came, 3 left." in page
    answer = press(client, room, "round/mix", room.version, headers=FRAGMENT)
    assert "Mix again for who is here" in answer.text
    assert "Since the tables were mixed" not in answer.text
    assert plan.rounds.first().seats.count() == 8
    for _round in plan.rounds.all():
        rounds.show_next(room, by=ada)
    rounds.hold(room, by=ada)
    assert "Mix again" not in client.get(address(room.gathering)).text


def test_a_facilitator_who_does_not_host_runs_all_of_it(client, room, plan, themes, makers, ben):
    makers.memberships.filter(person=ben).update(role=Membership.Role.FACILITATOR)
    client.force_login(ben)
    answers = []
    for act in ["start", "next", "next", "round/show", "next", "ballot/close", "next", "close"]:
        room.refresh_from_db()
        answers.append(press(client, room, act, room.version).status_code)
    assert answers == [302] * 8
    room.refresh_from_db()
    assert (room.is_open(), plan.rounds.first().state) == (False, "held")


def test_the_run_page_asks_as_little_for_thirty_items_as_for_five(
    client, room, ada, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(ada)
    running.start(room, by=ada)
    with django_assert_max_num_queries(14) as five:
        client.get(address(room.gathering), headers=FRAGMENT)
    for position in range(6, 31):
        room.gathering.agenda.create(position=position, kind=Kind.TALK, title="Talk", length_minutes=5)
    with django_assert_num_queries(len(five)):
        client.get(address(room.gathering), headers=FRAGMENT)
