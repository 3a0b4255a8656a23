"""A ballot under a promise: one vote each by a ticket, only totals at the close, nothing with too few."""

import json

import pytest
from django.utils.timezone import now

from peerhood.gatherings.models import AgendaItem
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal
from peerhood.rooms import presence, running, voting
from peerhood.rooms.models import Note, Pot, Room
from peerhood.rooms.pot import closing, counting, drawing, hat, opening, spool
from peerhood.rooms.pot.envelope import Envelope
from peerhood.rooms.tests.pot.conftest import token
from peerhood.themes.models import Ballot, Vote
from peerhood.themes.results import result_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(secret_ballot, outside):
    """Draw for a participant and hand in: ``cast(ben, "Theme", "Theme")``; the status of the answer."""

    def vote(participant, *titles):
        chosen = counting.ballot_of(secret_ballot).choices.filter(theme__title__in=titles)
        ticket = drawing.draw(secret_ballot.room, participant)
        return outside.hand_in(secret_ballot, ticket, " ".join(str(c.pk) for c in chosen)).status

    return vote


def totals():
    return {c.theme.title: c.vote_count for c in Ballot.objects.get().choices.select_related("theme")}


def test_the_ballot_of_an_item_under_a_promise_opens_with_a_pot_and_is_sealed(secret_ballot):
    assert (secret_ballot.kind, secret_ballot.present_count) == (Pot.Kind.BALLOT, 6)
    assert Ballot.objects.get().is_sealed


def test_the_ballot_of_an_open_item_stays_as_it_was(room, themes, go_to, spool_folder):
    room = go_to(room, AgendaItem.Kind.BALLOT)
    assert not room.gathering.ballot.is_sealed
    assert room.pots.count() == 0


def test_only_totals_come_out_and_no_vote_is_a_row_anywhere(secret_ballot, voters, cast, pour, spool_folder):
    for voter in voters[:5]:
        assert cast(voter, "One-page reporting") == 200
    assert cast(voters[5], "One-page reporting", "Setting up a PMO") == 200
    assert set(totals().values()) == {0}
    pot = pour(secret_ballot)
    assert pot.is_poured()
    assert totals() == {"One-page reporting": 6, "Setting up a PMO": 1, "Benefits realisation": 0}
    ballot = Ballot.objects.get()
    assert (ballot.voter_count, ballot.winner.title) == (6, "One-page reporting")
    assert Vote.objects.count() == Note.objects.count() == 0
    assert list(spool_folder.iterdir()) == []


def test_each_draws_once(secret_ballot, voters):
    drawing.draw(secret_ballot.room, voters[0])
    with pytest.raises(hat.Drawn):
        drawing.draw(secret_ballot.room, voters[0])


def test_a_ticket_counts_once_and_is_not_handed_in_with_another_vote(secret_ballot, voters, outside):
    ticket = drawing.draw(secret_ballot.room, voters[0])
    first, second, _third = counting.ballot_of(secret_ballot).choices.all()
    assert outside.hand_in(secret_ballot, ticket, str(first.pk)).status == 200
    assert outside.hand_in(secret_ballot, ticket, str(first.pk)).status == 200
    assert outside.hand_in(secret_ballot, ticket, str(second.pk)).status == 409


def test_what_is_no_ticket_counts_nothing(secret_ballot, outside):
    choice = counting.ballot_of(secret_ballot).choices.first()
    assert outside.hand_in(secret_ballot, token(1), str(choice.pk)).status == 403


def test_who_came_after_the_opening_has_no_ticket_and_takes_nobodys(secret_ballot, voters):
    late = presence.recognise(secret_ballot.room, token=presence.enter(secret_ballot.room))
    with pytest.raises(drawing.Late):
        drawing.draw(secret_ballot.room, late)
    assert len({drawing.draw(secret_ballot.room, voter) for voter in voters}) == 6


def test_with_fewer_than_five_in_the_room_nothing_is_told(secret_ballot, voters, cast, pour):
    for voter in voters:
        cast(voter, "One-page reporting")
    Pot.objects.update(present_count=4)
    assert pour(Pot.objects.get()).is_held_back()
    assert set(totals().values()) == {0}
    assert Ballot.objects.get().is_open()


def test_with_fewer_than_five_votes_nothing_is_told(secret_ballot, voters, cast, pour):
    for voter in voters[:4]:
        cast(voter, "One-page reporting")
    assert pour(secret_ballot).is_held_back()
    assert set(totals().values()) == {0}


def test_votes_that_name_nothing_on_the_ballot_do_not_make_up_the_number(
    secret_ballot, voters, cast, pour, outside, settings
):
    for voter in voters[:4]:
        cast(voter, "One-page reporting")
    for voter, nonsense in zip(voters[4:], ("999999", "a b"), strict=True):
        ticket = drawing.draw(secret_ballot.room, voter)
        assert outside.hand_in(secret_ballot, ticket, nonsense).status == 400
        # And if one came past the door, it would not be counted.
        spool.hand_in(settings.POT_SPOOL, secret_ballot.key, Envelope(ticket, nonsense))
    assert pour(secret_ballot).is_held_back()


def test_held_back_for_want_of_votes_it_keeps_them_and_its_electorate(
    secret_ballot, voters, cast, pour, commit, ada
):
    for voter in voters[:4]:
        cast(voter, "One-page reporting")
    pot = pour(secret_ballot)
    late = presence.recognise(pot.room, token=presence.enter(pot.room))
    commit(closing.collect_more, pot.room, by=ada)
    with pytest.raises(drawing.Late):
        drawing.draw(pot.room, late)
    cast(voters[4], "Benefits realisation")
    assert pour(pot).is_poured()
    assert totals()["One-page reporting"] == 4


def test_held_back_for_want_of_people_it_begins_anew_with_whoever_is_here(
    room, themes, go_to, spool_folder, commit, pour, ada
):
    room.gathering.agenda.update(confidentiality="chatham")
    first = [presence.recognise(room, token=presence.enter(room)) for _phone in range(3)]
    room = commit(go_to, room, AgendaItem.Kind.BALLOT)
    pot = room.pots.get()
    ticket = drawing.draw(room, first[0])
    assert pour(pot).is_held_back()
    more = [presence.recognise(room, token=presence.enter(room)) for _phone in range(3)]
    commit(closing.collect_more, room, by=ada)
    anew = room.pots.get()
    assert (anew.key != pot.key, anew.present_count) == (True, 6)
    tickets = {drawing.draw(room, voter) for voter in (*first, *more)}
    assert len(tickets) == 6
    assert ticket not in tickets


def test_a_vote_that_is_thrown_away_in_its_item_may_be_opened_once_more(secret_ballot, voters, commit, ada):
    commit(closing.discard, secret_ballot.room, by=ada)
    assert Ballot.objects.get().is_open()
    commit(opening.open_ballot, secret_ballot.room, by=ada)
    assert Room.objects.get().pots.filter(state=Pot.State.OPEN).count() == 1


def test_one_that_ends_untold_says_so_and_the_organiser_chooses(
    secret_ballot, voters, cast, commit, ada, themes
):
    for voter in voters[:4]:
        cast(voter, "One-page reporting")
    commit(running.close_room, secret_ballot.room, by=ada)
    ballot = Ballot.objects.get()
    assert ballot.is_withheld()
    assert set(totals().values()) == {0}
    assert result_of(ballot).sentence().startswith("Too few voted to hide among")
    assert len(result_of(ballot).left) == 3


def test_leaving_the_item_gives_the_grace_and_then_the_worker_counts_and_drafts(
    secret_ballot, voters, cast, commit, ada, pour
):
    for voter in voters:
        cast(voter, "One-page reporting")
    running.next_item(secret_ballot.room, by=ada)
    pot = Pot.objects.get()
    assert pot.is_closing()
    assert Ballot.objects.get().is_open()
    pour(pot)
    assert Ballot.objects.get().winner.title == "One-page reporting"


def test_closing_the_room_counts_at_once(secret_ballot, voters, cast, commit, ada):
    for voter in voters:
        cast(voter, "One-page reporting")
    commit(running.close_room, secret_ballot.room, by=ada)
    assert totals()["One-page reporting"] == 6


def test_a_room_that_was_forgotten_counts_and_drafts_nothing(secret_ballot, voters, cast, commit):
    for voter in voters:
        cast(voter, "One-page reporting")
    commit(running.close_forgotten, secret_ballot.room)
    ballot = Ballot.objects.get()
    assert (ballot.winner.title, ballot.next_gathering) == ("One-page reporting", None)


def test_everyone_agrees_is_said_in_words(secret_ballot, voters, cast, pour):
    for voter in voters:
        cast(voter, "One-page reporting")
    pour(secret_ballot)
    assert "Everyone agrees." in result_of(Ballot.objects.get()).sentence()


def test_where_somebody_differs_nobody_is_said_to_agree(secret_ballot, voters, cast, pour):
    for voter in voters[:5]:
        cast(voter, "One-page reporting")
    cast(voters[5], "Benefits realisation")
    pour(secret_ballot)
    assert "5 of 6 people" in result_of(Ballot.objects.get()).sentence()


def test_the_hint_about_unanimity_is_there_before_anybody_votes(secret_ballot, client):
    page = client.get(f"/r/{secret_ballot.room.code}/").text
    assert "where everybody votes alike, they tell how each of you voted" in page
    assert "A vote cannot be changed once it is handed in" in page
    assert "This vote needs JavaScript, or a paper card" in page


def test_no_vote_is_kept_under_a_phone_where_the_ballot_is_sealed(secret_ballot, voters, client):
    choice = counting.ballot_of(secret_ballot).choices.first()
    with pytest.raises(Refusal):
        voting.vote(secret_ballot.room, voters[0], [choice.pk])
    assert Vote.objects.count() == 0


def test_rows_from_before_the_item_was_under_a_promise_are_let_go_of(room, themes, go_to, spool_folder, ada):
    room = go_to(room, AgendaItem.Kind.BALLOT)
    phone = presence.recognise(room, token=presence.enter(room))
    voting.vote(room, phone, [room.gathering.ballot.choices.first().pk])
    running.previous_item(room, by=ada)
    room.gathering.agenda.update(confidentiality="confidential")
    running.next_item(Room.objects.get(), by=ada)
    assert Ballot.objects.get().is_sealed
    assert Vote.objects.count() == 0


def test_control_a_ballot_of_rows_links_every_voter(room, themes, go_to):
    """The twin: an open item keeps each vote under its participant, and a dump tells whose it is."""
    room = go_to(room, AgendaItem.Kind.BALLOT)
    choices = list(room.gathering.ballot.choices.all())
    truth = {}
    for choice in choices:
        phone = presence.recognise(room, token=presence.enter(room))
        voting.vote(room, phone, [choice.pk])
        truth[voting.voter_key(phone)] = {choice.pk}
    assert {v.voter_key: set(v.approved.values_list("pk", flat=True)) for v in Vote.objects.all()} == truth


def test_a_pot_that_is_still_there_lets_the_vote_wait(pot, full_room, themes, ada, commit, go_to):
    full_room.gathering.agenda.update(confidentiality="chatham")
    room = commit(go_to, Room.objects.get(), AgendaItem.Kind.BALLOT)
    assert Ballot.objects.get().is_sealed
    assert [pot.kind for pot in room.pots.all()] == [Pot.Kind.NOTES]
    commit(closing.discard, room, by=ada)
    commit(opening.open_ballot, room, by=ada)
    assert room.pots.last().is_ballot()


# What the wire and the pages tell.


@pytest.fixture
def phone(client, secret_ballot, voters):
    """A browser that was in the room when the vote opened."""
    secret = "t" * 32
    voters[0].token_hash = presence.hashed(secret)
    voters[0].save()
    client.cookies[presence.COOKIE] = secret
    return client


def draw(client, pot):
    return client.post(f"/r/{pot.room.code}/draw/")


def test_every_answer_to_a_draw_has_one_size_and_one_status(phone, secret_ballot, settings):
    answers = [draw(phone, secret_ballot), draw(phone, secret_ballot)]
    spool.close(settings.POT_SPOOL, secret_ballot.key)
    answers.append(draw(phone, secret_ballot))
    phone.cookies.clear()
    answers.append(draw(phone, secret_ballot))
    assert [json.loads(answer.content).get("said") for answer in answers] == [None, "drawn", "closed", "late"]
    assert {(a.status_code, len(a.content)) for a in answers} == {(200, drawing.SEALED_SIZE)}


def test_a_draw_writes_no_row(phone, secret_ballot, django_assert_num_queries, rows):
    draw(phone, secret_ballot)  # The session and the cookie are as they will be.
    before = rows()
    draw(phone, secret_ballot)
    assert rows() == before


@pytest.fixture
def rows():
    from django.apps import apps

    def read():
        return {model: list(model.objects.order_by("pk").values()) for model in apps.get_models()}

    return read


def test_no_page_tells_that_somebody_has_drawn_or_voted(
    phone, secret_ballot, voters, cast, ada, client, rows, time_machine
):
    # The clock on the page stands still, and nothing else changes either.
    time_machine.move_to(now(), tick=False)
    pages = [f"/r/{secret_ballot.room.code}/", f"/r/{secret_ballot.room.code}/screen/"]
    before, stored = [said(phone.get(page).text) for page in pages], rows()
    version = Room.objects.get().version
    draw(phone, secret_ballot)
    for voter in voters[1:]:
        cast(voter, "One-page reporting")
    assert [said(phone.get(page).text) for page in pages] == before
    assert Room.objects.get().version == version
    assert rows() == stored


def said(page):
    import re

    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_the_journal_tells_neither_who_voted_nor_for_what(secret_ballot, voters, cast, pour):
    for voter in voters:
        cast(voter, "One-page reporting")
    before = Entry.objects.count()
    pour(secret_ballot)
    assert before == Entry.objects.exclude(name__in=["ballot.closed", "pot.poured"]).count()


def test_after_a_power_cut_the_hat_is_as_full_as_before_and_old_tickets_are_worthless(
    secret_ballot, voters, outside, settings
):
    old = drawing.draw(secret_ballot.room, voters[0])
    spool.forget(settings.POT_SPOOL, secret_ballot.key)
    assert drawing.draw(secret_ballot.room, voters[0]) != old
    choice = counting.ballot_of(secret_ballot).choices.first()
    assert outside.hand_in(secret_ballot, old, str(choice.pk)).status == 403
    for voter in voters[1:]:
        drawing.draw(secret_ballot.room, voter)
