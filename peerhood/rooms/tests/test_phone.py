import pytest

from peerhood.gatherings.models import AgendaItem
from peerhood.rooms import presence, rounds, running, voting
from peerhood.rooms.models import Participant
from peerhood.themes.models import Vote

Kind = AgendaItem.Kind
FRAGMENT = {"HX-Request": "true"}


def address(room, page=""):
    return f"/r/{room.code}/{page}"


def test_the_join_page_leads_in_however_the_code_is_typed(client, room):
    response = client.post("/r/", {"code": room.code.lower().replace("-", " ")})
    assert response.headers["Location"] == address(room)


def test_a_code_that_leads_nowhere_is_said_at_the_field(client, room):
    response = client.post("/r/", {"code": "NEST-99"})
    assert response.status_code == 422
    assert "No room has this code right now." in response.text


def test_after_twenty_wrong_codes_the_join_page_asks_for_patience(client, room):
    answers = [client.post("/r/", {"code": "NEST-99"}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]
    assert client.get(address(room)).status_code == 409


def test_a_wrong_code_in_the_address_is_not_found_and_counted(client, room):
    answers = [client.get(f"/r/NEST-99/{page}").status_code for page in ("", "screen/")]
    answers += [client.post("/r/NEST-99/vote/").status_code for _ in range(18)]
    assert answers == [404] * 20
    assert client.get(address(room)).status_code == 409


def test_a_server_of_pages_alone_sends_the_phone_away_to_poll(client, room):
    answers = [client.get(f"/r/{code}/stream/").status_code for code in (room.code, "NEST-99")]
    assert answers == [204, 204]


def test_the_lobby_says_when_we_start(client, room):
    page = client.get(address(room)).text
    assert "You are in." in page
    assert "We start at 13:00." in page


def test_a_phone_is_given_a_token_once_and_for_this_room_only(client, room):
    cookie = client.get(address(room)).cookies["room"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (address(room), True, "Lax")
    assert "room" not in client.get(address(room)).cookies
    assert Participant.objects.get().token_hash == presence.hashed(cookie.value)


def test_a_late_joiner_sees_the_right_step(client, room, ada, go_to):
    go_to(room, Kind.MEMBER_STORY)
    page = client.get(address(room)).text
    assert '<h1 lang="en">What I stopped doing</h1>' in page
    assert "<round-timer" in page
    assert "Coffee" not in page


def test_a_confidential_item_says_what_it_asks_and_claims_nothing(client, room, go_to):
    go_to(room, Kind.MEMBER_STORY)
    page = client.get(address(room)).text
    assert "Chatham House Rule" in page
    assert "Do not say who said it" in page
    assert "No name is kept" not in page


def test_an_item_that_is_open_shows_no_promise(client, room, go_to):
    go_to(room, Kind.ARRIVAL)
    assert "pill" not in client.get(address(room)).text


def test_a_signed_in_phone_shows_its_own_seat(client, room, plan, ada, ben, go_to):
    rounds.show_next(go_to(room, Kind.MIXING), by=ada)
    client.force_login(ben)
    page = client.get(address(room)).text
    assert "Table 1, with Ada" in page
    assert "Round 1 of 2" in page
    assert "Chi" not in page


def test_a_guest_finds_the_table_in_the_list(client, room, plan, ada, go_to):
    rounds.show_next(go_to(room, Kind.MIXING), by=ada)
    page = client.get(address(room)).text
    assert "Find your table" in page
    assert "Chen" not in page


def test_a_vote_without_javascript_comes_back_to_the_room(client, room, themes, go_to):
    go_to(room, Kind.BALLOT)
    choice = room.gathering.ballot.choices.first()
    client.get(address(room))
    response = client.post(address(room, "vote/"), {"choices": [choice.pk]})
    assert response.headers["Location"] == address(room)
    page = client.get(address(room)).text
    assert f'value="{choice.pk}" checked' in page
    assert list(Vote.objects.get().approved.all()) == [choice]


def test_a_vote_with_javascript_is_answered_with_the_part_that_changes(client, room, themes, go_to):
    go_to(room, Kind.BALLOT)
    choice = room.gathering.ballot.choices.first()
    client.get(address(room))
    response = client.post(address(room, "vote/"), {"choices": [choice.pk]}, headers=FRAGMENT)
    assert "<html" not in response.text
    assert f'value="{choice.pk}" checked' in response.text


def test_a_phone_that_lost_its_cookie_comes_in_again_before_it_votes(client, room, themes, go_to):
    go_to(room, Kind.BALLOT)
    response = client.post(address(room, "vote/"), {"choices": ["1"]})
    assert (response.headers["Location"], Vote.objects.count()) == (address(room), 0)


def test_a_vote_for_nonsense_is_refused(client, room, themes, go_to):
    go_to(room, Kind.BALLOT)
    client.get(address(room))
    client.post(address(room, "vote/"), {"choices": [room.gathering.ballot.choices.first().pk]})
    answers = {
        junk: client.post(address(room, "vote/"), {"choices": [junk]}).status_code
        for junk in ("999999", "9" * 40, "x", "²")
    }
    assert set(answers.values()) == {409}
    # What was handed in before stands: nonsense does not take it back.
    assert Vote.objects.count() == 1


def test_a_ballot_shows_no_numbers_before_the_close_and_its_result_after(client, room, themes, ada, go_to):
    room = go_to(room, Kind.BALLOT)
    client.get(address(room))
    client.post(address(room, "vote/"), {"choices": [room.gathering.ballot.choices.first().pk]})
    assert "<meter" not in client.get(address(room)).text
    voting.close_ballot(room, by=ada)
    page = client.get(address(room)).text
    assert "1 of 1 person voted for it." in page
    assert "<meter" in page
    assert 'type="checkbox"' not in page


def test_the_result_is_still_there_on_the_last_item_and_at_the_goodbye(client, room, themes, ada, go_to):
    room = go_to(room, Kind.CLOSING)
    assert "Nobody voted." in client.get(address(room)).text
    running.close_room(room, by=ada)
    page = client.get(address(room)).text
    assert "Thank you for today." in page
    assert "Nobody voted." in page


def test_the_goodbye_names_the_next_gathering_to_whoever_may_know_of_it(
    client, room, ada, ben, forum, gathering, makers
):
    gathering(makers, title="The one after", starts_at=room.gathering.starts_at.replace(year=2099))
    running.close_room(room, by=ada)
    assert "The one after" in client.get(address(room)).text
    secret = running.open_room(gathering(forum, title="Dawn"), by=ada)
    gathering(forum, title="Another dawn", starts_at=room.gathering.starts_at.replace(year=2099))
    running.close_room(secret, by=ada)
    assert "Another dawn" not in client.get(address(secret)).text
    client.force_login(ben)
    assert "Another dawn" in client.get(address(secret)).text


def test_a_closed_room_lets_nobody_in(client, room, ada):
    running.close_room(room, by=ada)
    assert "room" not in client.get(address(room)).cookies
    assert Participant.objects.count() == 0


def test_a_phone_that_is_up_to_date_is_answered_with_nothing(client, room, ada):
    current = running.start(room, by=ada)
    client.get(address(room))
    same = client.get(address(room), {"since": current.version}, headers=FRAGMENT)
    older = client.get(address(room), {"since": current.version - 1}, headers=FRAGMENT)
    assert (same.status_code, older.status_code) == (204, 200)
    assert older.headers["Room-Version"] == str(current.version)
    assert older.text.strip().startswith("<p")


def test_nobody_keeps_or_indexes_a_room(client, room):
    for page in ("", "screen/"):
        response = client.get(address(room, page))
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_without_javascript_the_page_asks_again_by_itself_but_not_under_a_ballot(client, room, themes, go_to):
    refresh = '<noscript><meta http-equiv="refresh" content="10"></noscript>'
    assert refresh in client.get(address(room)).text
    go_to(room, Kind.BALLOT)
    assert refresh not in client.get(address(room)).text


@pytest.mark.parametrize("in_memory", ["lobby", "tables", "ballot"])
def test_a_phone_asks_the_database_little(
    client, room, plan, themes, ada, ben, go_to, in_memory, django_assert_max_num_queries
):
    if in_memory == "tables":
        rounds.show_next(go_to(room, Kind.MIXING), by=ada)
    if in_memory == "ballot":
        go_to(room, Kind.BALLOT)
    client.force_login(ben)
    client.get(address(room))
    with django_assert_max_num_queries(12):
        client.get(address(room), headers=FRAGMENT)
