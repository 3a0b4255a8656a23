from peerhood.circles.models import Circle
from peerhood.gatherings.models import AgendaItem
from peerhood.rooms import rounds, running

Kind = AgendaItem.Kind


def shown(client, room):
    return client.get(f"/r/{room.code}/screen/").text


def test_the_screen_shows_the_item_the_clock_and_the_way_in(client, room, ada):
    running.start(room, by=ada)
    page = shown(client, room)
    assert "<h1>Coffee</h1>" in page
    assert "<round-timer" in page
    assert f"<strong>{room.code}</strong>" in page
    assert '<svg viewBox="0 0 ' in page


def test_the_screen_shows_all_tables_by_first_name(client, room, plan, ada, go_to):
    rounds.show_next(go_to(room, Kind.MIXING), by=ada)
    page = shown(client, room)
    assert "Ada, Ben" in page
    assert "Andersson" not in page


def test_the_screen_shows_no_name_when_no_round_is_shown(client, room, plan, ada, go_to):
    go_to(room, Kind.MIXING)
    assert "Ada" not in shown(client, room)


def test_the_screen_shows_the_promise_of_the_item(client, room, ada, go_to):
    go_to(room, Kind.MEMBER_STORY)
    assert "Chatham House Rule" in shown(client, room)


def test_the_screen_speaks_the_circles_language(client, room, ada):
    Circle.objects.update(language="sv")
    response = client.get(f"/r/{room.code}/screen/", headers={"Accept-Language": "en"})
    assert '<html lang="sv">' in response.text
    assert response.headers["Content-Language"] == "sv"


def test_the_screen_of_a_closed_room_says_thank_you_and_shows_no_code(client, room, ada):
    running.close_room(room, by=ada)
    page = shown(client, room)
    assert "Thank you for today." in page
    assert "<svg" not in page


def test_the_screen_weighs_little_even_with_sixty_at_table(client, room, plan, ada, person, go_to):
    from gzip import compress

    first = plan.rounds.get(number=1)
    for number in range(60):
        somebody = person(f"Person{number} Last", email=f"p{number}@example.org")
        first.seats.create(person=somebody, table=3 + number % 15)
    rounds.show_next(go_to(room, Kind.MIXING), by=ada)
    assert len(compress(shown(client, room).encode())) < 5_000
