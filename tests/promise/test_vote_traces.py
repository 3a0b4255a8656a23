"""What drawing a ticket and voting with it leave behind, on a running server with all its logs: D2, D3, D8 and D11 for votes."""

import hashlib
import re
import urllib.error

import pytest

from bench.promise import game
from tests.promise.looking import hand_in, in_database, on_disk, page, said

# One worker for all of them: a table is laid once.
pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("promise")]


@pytest.fixture
def vote(table, room):
    """Thumbs are asked for, and the members are in the room: ``vote["members"]``."""
    members = table.members()
    for member in members:
        page(table, f"/r/{room['code']}/", member)
    for number in range(5):
        hand_in(table, room["key"], f"Note {number}", f"a-token-of-one-phone-{number}")
    table.ask("pour", room["pot"])
    return room | table.ask("vote", room["room"], "thumbs") | {"members": members}


def test_d2_two_backups_around_a_draw_and_a_vote_do_not_differ(table, vote):
    database = in_database(table)
    ticket = game.draw(table, vote["code"], vote["members"][0])
    assert in_database(table) == database
    before = on_disk(table)
    assert hand_in(table, vote["key"], "up", ticket)[0] == 200
    assert on_disk(table) == before


def test_no_ticket_and_no_hash_of_one_is_on_the_disk_before_or_after_the_count(table, vote):
    tickets = [game.draw(table, vote["code"], member) for member in vote["members"]]
    for ticket in tickets:
        hand_in(table, vote["key"], "up", ticket)
    assert found(table, tickets) == set()
    table.ask("count", vote["pot"], tickets)
    assert found(table, tickets) == set()


def found(table, tickets):
    """Where any of the tickets is, or the hash that it is spent by."""
    marks = {mark.encode() for ticket in tickets for mark in (ticket, hashed(ticket))}
    return {name for name, content in on_disk(table).items() if any(mark in content for mark in marks)}


def hashed(ticket):
    return hashlib.sha256(ticket.encode()).hexdigest()


def test_control_a_ticket_whose_hash_stands_beside_its_holder_is_found(table):
    before = in_database(table)
    kept = game.ask(table, "/twin/ticket/0/", table.members()[0], text="up")
    assert not any(kept in content for content in before.values())
    assert any(kept in content for content in in_database(table).values())


def test_d3_no_ticket_and_nobody_who_drew_it_is_in_any_log(table, vote):
    member = vote["members"][0]
    ticket = game.draw(table, vote["code"], member)
    hand_in(table, vote["key"], "up", ticket)
    log = table.log.read_text()
    telling = (ticket, vote["key"], vote["code"], table.sessions[member], "/draw/")
    assert [word for word in telling if word in log] == []


def test_d8_the_page_of_somebody_who_voted_is_that_of_somebody_who_did_not(table, vote):
    one, other = vote["members"][:2]
    hand_in(table, vote["key"], "up", game.draw(table, vote["code"], one))
    pages = [said(page(table, f"/r/{vote['code']}/", member)) for member in (one, other)]
    assert pages[0] == pages[1]
    assert "vote-pot" in pages[0]


def test_control_where_a_vote_is_a_row_the_voters_page_shows_it(table):
    open_room, (one, other) = table.ask("open", "open"), table.members()[:2]
    address = f"/r/{open_room['code']}/"
    for member in (one, other):
        page(table, address, member)
    table.ask("pour", open_room["pot"])
    first = table.ask("go on", open_room["room"])["choices"][0]
    game.ask(table, f"{address}vote/", one, choices=str(first))
    assert said(page(table, address, one)) != said(page(table, address, other))


def test_d11_a_ticket_of_another_vote_and_a_vote_after_the_count_are_refused(table, vote):
    tickets = [game.draw(table, vote["code"], member) for member in vote["members"]]
    for ticket in tickets[1:]:
        hand_in(table, vote["key"], "up", ticket)
    table.ask("count", vote["pot"], tickets)
    # The pot is gone, with its key.
    assert refused(table, vote["key"], "up", tickets[0]) == 404
    again = table.ask("vote", vote["room"], "thumbs")
    assert refused(table, again["key"], "up", tickets[0]) == 403
    # A control: with a ticket of this vote it is taken.
    fresh = game.draw(table, vote["code"], vote["members"][0])
    assert hand_in(table, again["key"], "up", fresh)[0] == 200


def refused(table, key, text, token):
    with pytest.raises(urllib.error.HTTPError) as answer:
        hand_in(table, key, text, token)
    answer.value.close()
    return answer.value.code


def test_d10_every_phone_gets_the_one_address_and_no_other_leads_anywhere(table, room):
    """Whoever gave each phone an address of its own would know who handed in what."""
    pages = [page(table, f"/r/{room['code']}/", member) for member in [None, *table.members()]]
    assert addresses(pages) == {room["key"]}
    assert refused(table, "0" * 32, "A note", "a-token-of-one-phone") == 404


def test_control_a_server_that_gives_each_an_address_of_its_own_is_found_out(table):
    pages = [page(table, "/twin/address/", member) for member in table.members()]
    assert len(addresses(pages)) == len(pages)


def addresses(pages):
    return {key for page in pages for key in re.findall(r"/pot/([0-9a-f]{32})/", page)}
