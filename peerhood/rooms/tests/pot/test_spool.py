"""The spool: whole files, one for each token, in memory that is ours alone."""

import os
import threading
from collections import Counter
from pathlib import Path

import pytest

from peerhood.rooms.pot import card_codes, hat, place, spool
from peerhood.rooms.pot.envelope import Envelope
from peerhood.rooms.tests.pot.conftest import token

KEY = "a" * 32
VOTE = "b" * 32


@pytest.fixture
def folder(tmp_path):
    spool.lay_out(tmp_path / "pot", KEY, {"ask": "What?"})
    return tmp_path / "pot"


def at_once(act, count):
    """Run ``act(number)`` in so many threads that begin together; what each answered or raised."""
    gate, said = threading.Barrier(count), []

    def run(number):
        gate.wait()
        try:
            said.append(act(number))
        except Exception as error:
            said.append(type(error))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_of_many_texts_under_one_token_exactly_one_falls_in(folder):
    for attempt in range(20):
        said = at_once(
            lambda n, attempt=attempt: spool.hand_in(folder, KEY, Envelope(token(attempt), f"Text {n}")), 8
        )
        assert Counter(said) == {None: 1, spool.Spent: 7}
    assert len(spool.close(folder, KEY)) == 20


def test_control_a_file_that_replaces_takes_every_text(folder, monkeypatch):
    """Without the refusal of the file system, everybody is told that theirs fell in, and one did."""
    monkeypatch.setattr(os, "link", lambda written, name: Path(name).write_bytes(Path(written).read_bytes()))
    said = at_once(lambda n: spool.hand_in(folder, KEY, Envelope(token(1), f"Text {n}")), 8)
    assert Counter(said)[None] > 1
    assert len(spool.close(folder, KEY)) == 1


def test_what_falls_in_while_it_closes_is_in_it_or_was_refused(folder):
    for attempt in range(20):
        key = f"{attempt:032}"
        spool.lay_out(folder, key, {})
        read = []

        def act(number, key=key, read=read):
            if number == 0:
                read.extend(spool.close(folder, key))
                return "closed"
            return spool.hand_in(folder, key, Envelope(token(number), f"Text {number}"))

        said = Counter(at_once(act, 8))
        assert set(said) <= {None, "closed", spool.Closed}
        assert len(spool.close(folder, key)) == said[None]


def test_a_file_says_nothing_of_when_it_was_written_or_how_much(folder):
    for number in range(3):
        spool.hand_in(folder, KEY, Envelope(token(number), "word " * number * 50))
    files = list((spool.folder_of(folder, KEY) / "notes").iterdir())
    assert {(file.stat().st_mtime, file.stat().st_atime) for file in files} == {(0, 0)}
    assert len({file.stat().st_size for file in files}) == 1


def test_the_names_do_not_tell_the_tokens_and_differ_from_pot_to_pot(folder):
    other = "b" * 32
    spool.lay_out(folder, other, {})
    names = set()
    for key in (KEY, other):
        spool.hand_in(folder, key, Envelope(token(1), "x"))
        names |= {file.name for file in (spool.folder_of(folder, key) / "notes").iterdir()}
    assert len(names) == 2
    assert Envelope(token(1), "").nullifier not in names


def test_laying_out_twice_keeps_what_is_in_it(folder):
    spool.hand_in(folder, KEY, Envelope(token(1), "x"))
    spool.lay_out(folder, KEY, {})
    assert len(spool.close(folder, KEY)) == 1


def test_nothing_is_left_of_a_pot_that_is_forgotten(folder):
    spool.hand_in(folder, KEY, Envelope(token(1), "x"))
    spool.forget(folder, KEY)
    assert list(folder.iterdir()) == []
    with pytest.raises(spool.NoPot):
        spool.hand_in(folder, KEY, Envelope(token(2), "x"))


def fill(folder, count):
    spool.lay_out(folder, VOTE, {}, tickets=hat.new_tickets(count))


def test_a_hat_gives_each_voter_one_ticket_and_no_ticket_twice(folder):
    fill(folder, 8)
    tickets = at_once(lambda n: hat.draw(folder, VOTE, f"voter {n}"), 8)
    assert len(set(tickets)) == 8
    assert all(isinstance(ticket, str) for ticket in tickets)
    with pytest.raises(hat.Empty):
        hat.draw(folder, VOTE, "who came later")


def test_a_voter_draws_once_however_often_they_ask(folder):
    fill(folder, 8)
    said = at_once(lambda _n: hat.draw(folder, VOTE, "Ben"), 8)
    assert Counter(map(type, said)) == {str: 1, type: 7}
    assert hat.has_drawn(folder, VOTE, "Ben")
    assert not hat.has_drawn(folder, VOTE, "Chi")


def test_control_a_hat_that_only_looks_gives_one_ticket_to_two(folder, monkeypatch):
    """Where taking out did not tell whose it is, two who ask at once get the same."""
    fill(folder, 8)
    monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: None)
    tickets = at_once(lambda n: hat.draw(folder, VOTE, f"voter {n}"), 8)
    assert len(set(tickets)) < 8


def test_a_ballot_counts_tickets_and_nothing_else(folder):
    fill(folder, 3)
    ticket = hat.draw(folder, VOTE, "Ben")
    spool.hand_in(folder, VOTE, Envelope(ticket, "1 2"))
    with pytest.raises(spool.NoTicket):
        spool.hand_in(folder, VOTE, Envelope(token(1), "1 2"))
    with pytest.raises(spool.Spent):
        spool.hand_in(folder, VOTE, Envelope(ticket, "3"))
    assert [note.text for note in spool.close(folder, VOTE)] == ["1 2"]


def test_control_without_tickets_anybody_votes_as_often_as_they_like(folder):
    for number in range(5):
        spool.hand_in(folder, KEY, Envelope(token(number), "1"))
    assert len(spool.close(folder, KEY)) == 5


def test_nothing_in_the_hat_tells_who_drew_what(folder):
    fill(folder, 3)
    ticket = hat.draw(folder, VOTE, "Ben")
    everything = [path for path in spool.folder_of(folder, VOTE).rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() + path.name.encode() for path in everything)
    assert ticket.encode() not in content
    assert b"Ben" not in content


def test_laying_a_vote_out_twice_fills_its_hat_once(folder):
    fill(folder, 2)
    fill(folder, 2)
    hat.draw(folder, VOTE, "Ben")
    hat.draw(folder, VOTE, "Chi")
    with pytest.raises(hat.Empty):
        hat.draw(folder, VOTE, "Ada")


def with_cards(folder, *numbers):
    """A vote of eight with these cards: their envelopes."""
    codes = [card_codes.new() for _number in numbers]
    tokens = [card_codes.token_of(code) for code in codes]
    hashes = [card_codes.hashed(each) for each in tokens]
    about = {"choices": [["1", "One"], ["2", "Two"]]}
    spool.lay_out(folder, VOTE, about, cards=hashes, tickets=hat.new_tickets(8))
    return [Envelope(each, "1") for each in tokens]


def test_a_card_that_is_spent_by_many_at_once_is_one_vote(folder):
    (card,) = with_cards(folder, 1)
    said = at_once(lambda n: hat.take_in(folder, VOTE, Envelope(card.token, "12"[n % 2])), 8)
    assert Counter(said) == {None: 1, spool.Spent: 7}
    assert len(spool.close(folder, VOTE)) == 1


def test_cards_and_phones_together_are_never_more_votes_than_voters(folder):
    written = with_cards(folder, *range(6))

    def vote(number):
        if number < 6:
            return hat.take_in(folder, VOTE, written[number])
        return hat.take_in(folder, VOTE, Envelope(hat.draw(folder, VOTE, f"voter {number}"), "2"))

    said = Counter(at_once(vote, 12))
    assert said[None] == 8
    assert len(spool.close(folder, VOTE)) == 8


def test_control_a_card_that_takes_no_ticket_makes_more_votes_than_voters(folder, monkeypatch):
    written = with_cards(folder, *range(6))
    real = hat.draw

    def free(spool_folder, key, voter):
        if not voter.startswith("card"):
            return real(spool_folder, key, voter)
        ticket = hat.new_tickets(1).pop()
        (spool.folder_of(spool_folder, key) / "tickets" / Envelope(ticket, "").nullifier).touch()
        return ticket

    monkeypatch.setattr(hat, "draw", free)
    for card in written:
        hat.take_in(folder, VOTE, card)
    for number in range(8):
        hat.take_in(folder, VOTE, Envelope(real(folder, VOTE, f"voter {number}"), "2"))
    assert len(spool.close(folder, VOTE)) == 14


def test_who_finds_the_hat_empty_has_not_drawn(folder):
    fill(folder, 0)
    with pytest.raises(hat.Empty):
        hat.draw(folder, VOTE, "Ben")
    assert not hat.has_drawn(folder, VOTE, "Ben")


def test_a_spool_on_a_disk_is_refused_where_we_insist(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda / ext4 rw 0 0\n")
    monkeypatch.setattr(place, "MOUNTS", mounts)
    with pytest.raises(place.Unfit, match="on a disk"):
        place.check(tmp_path / "pot", insists=True)
    place.check(tmp_path / "pot", insists=False)
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\ntmpfs {tmp_path.resolve()} tmpfs rw 0 0\n")
    place.check(tmp_path / "pot", insists=True)


def test_a_spool_that_others_can_read_is_refused(tmp_path):
    theirs = tmp_path / "pot"
    theirs.mkdir(mode=0o755)
    with pytest.raises(place.Unfit, match="0700"):
        place.check(theirs, insists=False)
    link = tmp_path / "link"
    link.symlink_to(theirs)
    with pytest.raises(place.Unfit):
        place.check(link, insists=False)
