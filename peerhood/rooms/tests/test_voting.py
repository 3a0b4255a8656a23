import pytest

from peerhood.gatherings.models import AgendaItem
from peerhood.platform.refusals import Refusal
from peerhood.rooms import presence, running, voting
from peerhood.themes.models import Ballot, Vote

Kind = AgendaItem.Kind


@pytest.fixture
def voting_room(room, themes, go_to):
    return go_to(room, Kind.BALLOT)


@pytest.fixture
def guest(voting_room):
    return presence.recognise(voting_room, token=presence.enter(voting_room))


def test_entering_the_ballot_item_opens_the_ballot(voting_room):
    assert voting_room.gathering.ballot.is_open() is True


def test_leaving_it_closes_the_ballot(voting_room, ada):
    running.next_item(voting_room, by=ada)
    assert Ballot.objects.get().is_open() is False


def test_closing_the_ballot_stays_on_the_item(voting_room, ada):
    room = voting.close_ballot(voting_room, by=ada)
    assert (room.item.kind, Ballot.objects.get().is_open()) == ("ballot", False)


def test_closing_the_room_closes_the_ballot(voting_room, ada):
    running.close_room(voting_room, by=ada)
    assert Ballot.objects.get().is_open() is False


def test_going_back_leaves_the_ballot_waiting_with_its_votes(voting_room, guest, ada):
    choice = voting_room.gathering.ballot.choices.first()
    voting.vote(voting_room, guest, [choice.pk])
    running.previous_item(voting_room, by=ada)
    running.next_item(voting_room, by=ada)
    assert Ballot.objects.get().is_open() is True
    assert list(Vote.objects.get().approved.all()) == [choice]


def test_an_empty_backlog_does_not_stop_the_evening(room, go_to):
    assert go_to(room, Kind.BALLOT).item.kind == "ballot"
    assert Ballot.objects.count() == 0


def test_one_phone_has_one_vote_and_the_last_one_counts(voting_room, guest):
    first, second, _third = voting_room.gathering.ballot.choices.all()
    voting.vote(voting_room, guest, [first.pk])
    voting.vote(voting_room, guest, [second.pk])
    assert list(Vote.objects.get().approved.all()) == [second]


def test_a_vote_changes_nothing_that_others_see(voting_room, guest):
    voting.vote(voting_room, guest, [voting_room.gathering.ballot.choices.first().pk])
    version = voting_room.version
    voting_room.refresh_from_db()
    assert voting_room.version == version


def test_a_closed_ballot_takes_no_vote(voting_room, guest, ada):
    choice = voting_room.gathering.ballot.choices.first()
    voting.close_ballot(voting_room, by=ada)
    with pytest.raises(Refusal):
        voting.vote(voting_room, guest, [choice.pk])


def test_the_organiser_breaks_a_tie_that_waiting_did_not(voting_room, ada, themes):
    ballot = voting_room.gathering.ballot
    ballot.choices.update(waiting_since=ballot.opened_at)
    for choice in ballot.choices.all()[:2]:
        phone = presence.recognise(voting_room, token=presence.enter(voting_room))
        voting.vote(voting_room, phone, [choice.pk])
    voting.close_ballot(voting_room, by=ada)
    assert Ballot.objects.get().winner is None
    voting.choose(voting_room, themes[1], by=ada)
    assert (Ballot.objects.get().winner, Ballot.objects.get().decided) == (themes[1], "organiser")
