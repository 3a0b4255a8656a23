"""Paper cards: only their hashes are here, each is good once, and no JavaScript is needed for any of it."""

import hashlib
import re
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.gatherings.tests.reading_paper import pages_of
from peerhood.platform.refusals import Refusal
from peerhood.rooms.models import Card, Note, Pot
from peerhood.rooms.pot import card_codes, cards, closing, counting, door, drawing, envelope, opening, spool

pytestmark = pytest.mark.django_db
FORM = {"CONTENT_TYPE": envelope.FORM}


@pytest.fixture
def sheet(full_room, ada, spool_folder):
    return cards.make_sheet(full_room, 20, by=ada)


@pytest.fixture
def open_pot(sheet, full_room, ada, commit):
    return commit(opening.open_pot, full_room, by=ada, ask="What did you stop doing?")


def send(outside, path, **fields):
    return outside("POST", path, urlencode(fields, doseq=True).encode(), **FORM)


def in_pot(pot, folder):
    return len(list((spool.folder_of(folder, pot.key) / "notes").iterdir()))


# The sheet.


def test_codes_are_alike_shuffled_and_only_their_hashes_are_kept(sheet):
    assert len(set(sheet)) == Card.objects.count() == 20
    assert all(re.fullmatch("([A-HJ-NP-Z2-9]{4}-){2}[A-HJ-NP-Z2-9]{4}", code) for code in sheet)
    kept = str([vars(card) for card in Card.objects.all()])
    assert not any(code in kept or code.replace("-", "") in kept for code in sheet)
    printed = [card_codes.hashed(card_codes.token_of(code)) for code in sheet]
    assert {card.code_hash for card in Card.objects.all()} == set(printed)
    assert [card.code_hash for card in Card.objects.all()] != printed


def test_a_code_is_sixty_bits():
    assert len(card_codes.ALPHABET) ** card_codes.LENGTH >= 2**60


def test_another_sheet_is_asked_about_and_kills_the_one_before(
    sheet, open_pot, full_room, ada, outside, commit
):
    with pytest.raises(Refusal, match="worthless"):
        cards.make_sheet(full_room, 5, by=ada)
    commit(cards.make_sheet, full_room, 5, by=ada, again=True)
    assert Card.objects.count() == 5
    assert send(outside, door.address(open_pot.key), code=sheet[0], text="Old").status == 403


def test_a_member_prints_no_sheet_and_types_in_no_card(full_room, ben):
    with pytest.raises(PermissionDenied):
        cards.make_sheet(full_room, 5, by=ben)
    with pytest.raises(PermissionDenied):
        cards.type_in(full_room, "x", "y", by=ben)


def test_the_sheet_names_nobody_and_nothing_is_numbered(full_room, ada, client, spool_folder):
    client.force_login(ada)
    answer = client.post(f"/gatherings/{full_room.gathering_id}/room/cards/print/", {"count": "12"})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    words = " ".join(pages_of(answer.content))
    assert len(re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", words)) == 12
    assert not any(
        told in words for told in ("Ada", full_room.gathering.title, full_room.gathering.circle.name)
    )


# The desk.


def test_the_facilitator_types_in_a_card_and_it_comes_out_with_the_rest(open_pot, sheet, outside, pour, ada):
    for number, code in enumerate(sheet[:3]):
        cards.type_in(open_pot.room, code.lower().replace("-", " "), f"Note {number}", by=ada)
    assert {note.text for note in pour(open_pot).notes.all()} == {"Note 0", "Note 1", "Note 2"}
    assert Card.objects.filter(is_spent=True).count() == 3


@pytest.mark.parametrize("code", ["", "ABCD", "ABCD-EFGH-JKM0", "AAAA-AAAA-AAAA"])
def test_what_is_no_card_of_the_sheet_puts_nothing_in(open_pot, ada, spool_folder, code):
    with pytest.raises(Refusal):
        cards.type_in(open_pot.room, code, "Note", by=ada)
    assert in_pot(open_pot, spool_folder) == 0


def test_a_card_is_good_once(open_pot, sheet, ada, outside, pour, commit):
    for number, code in enumerate(sheet[:3]):
        cards.type_in(open_pot.room, code, f"Note {number}", by=ada)
    with pytest.raises(Refusal, match="put in before"):
        cards.type_in(open_pot.room, sheet[0], "Another", by=ada)
    pour(open_pot)
    again = commit(opening.open_pot, open_pot.room, by=ada)
    assert send(outside, door.address(again.key), code=sheet[0], text="Again").status == 403
    assert send(outside, door.address(again.key), code=sheet[5], text="Fresh").status == 200


def test_control_a_door_that_knows_no_cards_takes_any_code(open_pot, outside, monkeypatch):
    monkeypatch.setattr(spool, "knows_card", lambda *of: True)
    assert send(outside, door.address(open_pot.key), code="AAAA-AAAA-AAAA", text="Made up").status == 200


def test_a_card_that_was_held_back_is_not_spent(open_pot, sheet, ada, pour, commit):
    cards.type_in(open_pot.room, sheet[0], "Alone", by=ada)
    assert pour(open_pot).is_held_back()
    assert not Card.objects.filter(is_spent=True).exists()
    commit(closing.discard, open_pot.room, by=ada)
    fresh = commit(opening.open_pot, open_pot.room, by=ada)
    cards.type_in(fresh.room, sheet[0], "Once more", by=ada)


def test_the_desk_is_a_page_with_plain_forms(open_pot, sheet, ada, client, spool_folder):
    client.force_login(ada)
    desk = f"/gatherings/{open_pot.room.gathering_id}/room/cards/"
    assert "What did you stop doing?" in client.get(desk).text
    answer = client.post(f"{desk}type-in/", {"code": sheet[0], "text": "From paper"}, follow=True)
    assert "It is in the pot." in answer.text
    assert in_pot(open_pot, spool_folder) == 1
    assert client.post(f"{desk}type-in/", {"code": sheet[0], "text": "Twice"}).status_code == 409


# A page that knows nobody.


def test_a_card_leads_to_the_pot_that_is_open_without_a_cookie(open_pot, sheet, outside, spool_folder):
    assert "The code on your card" in outside("GET", door.CARD_PAGE).text
    page = send(outside, door.CARD_PAGE, code=sheet[0])
    assert (page.status, "What did you stop doing?" in page.text, "script" in page.text) == (200, True, False)
    action = re.search(r'action="([^"]+)"', page.text)[1]
    code = re.search(r'name="code" value="([^"]+)"', page.text)[1]
    assert "It is in the pot" in send(outside, action, code=code, text="By hand").text
    assert in_pot(open_pot, spool_folder) == 1


def test_a_code_that_is_none_leads_nowhere(open_pot, outside):
    for code in ("AAAA-AAAA-AAAA", "x", ""):
        assert send(outside, door.CARD_PAGE, code=code).status == 403


def test_the_card_page_refuses_whoever_brings_a_cookie(open_pot, sheet, outside):
    assert outside("GET", door.CARD_PAGE, HTTP_COOKIE="sessionid=abc").status == 400


def test_what_a_card_put_in_is_taken_back_with_its_code(open_pot, sheet, outside, pour):
    for number, code in enumerate(sheet[:4]):
        send(outside, door.address(open_pot.key), code=code, text=f"Note {number}")
    pour(open_pot)
    token = card_codes.token_of(sheet[0])
    assert Note.objects.filter(nullifier=hashlib.sha256(token.encode()).hexdigest()).count() == 1
    outside("POST", f"{door.address(open_pot.key)}back/", envelope.padded(token, ""))
    assert "Note 0" not in {note.text for note in Note.objects.all()}


# Votes on paper.


@pytest.fixture
def ballot_sheet(secret_ballot, ada, commit):
    return commit(cards.make_sheet, secret_ballot.room, 20, by=ada)


def test_a_vote_on_paper_takes_a_ticket_out_of_the_hat(
    secret_ballot, ballot_sheet, voters, ada, outside, pour
):
    choice = counting.ballot_of(secret_ballot).choices.first()
    for code in ballot_sheet[:4]:
        cards.type_in(secret_ballot.room, code, str(choice.pk), by=ada)
    for voter in voters[:2]:
        outside.hand_in(secret_ballot, drawing.draw(secret_ballot.room, voter), str(choice.pk))
    # Six were here: there is no seventh vote, on paper or not.
    with pytest.raises(Refusal):
        cards.type_in(secret_ballot.room, ballot_sheet[5], str(choice.pk), by=ada)
    pour(secret_ballot)
    assert Pot.objects.get().voter_count == 6
    assert Card.objects.filter(is_spent=True).count() == 4


def test_a_card_votes_once(secret_ballot, ballot_sheet, outside):
    one, other, _third = counting.ballot_of(secret_ballot).choices.all()
    path = door.address(secret_ballot.key)
    assert send(outside, path, code=ballot_sheet[0], choice=[one.pk, other.pk]).status == 200
    again = send(outside, path, code=ballot_sheet[0], choice=[one.pk])
    assert (again.status, "This card has voted." in again.text) == (409, True)


def test_the_page_of_a_vote_shows_what_stands_to_it_and_asks_for_the_card(secret_ballot, outside):
    page = outside("GET", door.address(secret_ballot.key)).text
    assert "One-page reporting" in page
    assert "The code on your card" in page
    assert "A vote cannot be changed once it is handed in." in page


def test_a_vote_without_a_card_or_a_ticket_counts_nothing(secret_ballot, outside):
    choice = counting.ballot_of(secret_ballot).choices.first()
    path = door.address(secret_ballot.key)
    assert send(outside, path, token="A" * 24, choice=[choice.pk]).status == 403


def test_a_page_with_nothing_ticked_does_not_spend_the_card(secret_ballot, ballot_sheet, outside):
    choice = counting.ballot_of(secret_ballot).choices.first()
    path = door.address(secret_ballot.key)
    assert send(outside, path, code=ballot_sheet[0]).status == 400
    assert send(outside, path, code=ballot_sheet[0], choice=[choice.pk]).status == 200
