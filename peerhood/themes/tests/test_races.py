"""R4 and R11: one voter's many votes, and a ballot that closes while votes arrive.

Each has a control: the same acts with the ballot's lock switched off have to go wrong.
"""

import time

import pytest
from django.db import connection

from peerhood.platform.refusals import Refusal
from peerhood.themes import ballots, proposing
from peerhood.themes.models import Ballot, BallotQuerySet, Choice, Support, Theme, Vote
from peerhood.themes.queries import chosen_ids
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ballot(supper, ada, value, alone, tools):
    return ballots.open_ballot(supper, by=ada)


@pytest.fixture
def wide_gap(monkeypatch):
    """Let a vote take its time between looking whether the ballot is open and being written."""
    save = Vote.save

    def slow_save(vote, *args, **kwargs):
        time.sleep(0.02)
        save(vote, *args, **kwargs)

    monkeypatch.setattr(Vote, "save", slow_save)


@pytest.fixture
def unlocked(wide_gap, monkeypatch):
    """The acts as they would be without the ballot's lock: no row lock, and no transaction, which is SQLite's."""
    monkeypatch.setattr(BallotQuerySet, "locked", lambda self: self.select_related("gathering__circle"))
    monkeypatch.setattr(ballots, "vote", ballots.vote.__wrapped__)
    monkeypatch.setattr(ballots, "close", ballots.close.__wrapped__)


def keys(ballot):
    return list(ballot.choices.values_list("pk", flat=True))


# R4


def fifty_votes_of_one_voter(ballot, a_few_at_a_time):
    first, second, third = keys(ballot)
    approvals = [{first}, {second}, {third}, {first, third}, {second, third}] * 10
    return approvals, a_few_at_a_time(
        *(lambda wanted=wanted: ballots.vote(ballot, "phone 1", wanted) for wanted in approvals)
    )


def test_of_fifty_votes_of_one_voter_the_last_counts(ballot, ada, a_few_at_a_time, wide_gap):
    approvals, votes = fifty_votes_of_one_voter(ballot, a_few_at_a_time)
    assert {type(vote) for vote in votes} == {Vote}
    # Each vote is a row of its own, so the last one handed in has the largest key.
    last = max(range(50), key=lambda number: votes[number].pk)
    assert chosen_ids(ballot, "phone 1") == approvals[last]
    ballot = ballots.close(ballot, by=ada)
    counted = {choice.pk for choice in ballot.choices.filter(vote_count=1)}
    assert (ballot.voter_count, counted) == (1, approvals[last])


def test_without_the_lock_votes_of_one_voter_run_into_each_other(ballot, a_few_at_a_time, unlocked):
    _approvals, votes = fifty_votes_of_one_voter(ballot, a_few_at_a_time)
    assert {type(vote) for vote in votes} != {Vote}


# R11


def close_while_thirty_vote(ballot, ada, a_few_at_a_time):
    """Return how many votes were accepted, and how many the close counted."""
    voting = [
        lambda number=number: ballots.vote(ballot, f"phone {number}", keys(ballot)[: 1 + number % 3])
        for number in range(30)
    ]
    outcomes = a_few_at_a_time(*voting[:12], lambda: ballots.close(ballot, by=ada), *voting[12:], workers=8)
    answers = [outcome for outcome in outcomes if not isinstance(outcome, Ballot)]
    assert {type(answer) for answer in answers} <= {Vote, Refusal}
    accepted = sum(isinstance(answer, Vote) for answer in answers)
    return accepted, Ballot.objects.get().voter_count


def test_a_vote_is_counted_or_refused_when_the_ballot_closes(ballot, ada, a_few_at_a_time, wide_gap):
    accepted, counted = close_while_thirty_vote(ballot, ada, a_few_at_a_time)
    assert accepted == counted == ballot.votes.count()
    approvals = Vote.approved.through.objects.filter(vote__ballot=ballot)
    for choice in Choice.objects.all():
        assert choice.vote_count == approvals.filter(choice=choice).count()


def test_without_the_lock_votes_are_accepted_and_lost(ballot, ada, a_few_at_a_time, unlocked):
    accepted, counted = close_while_thirty_vote(ballot, ada, a_few_at_a_time)
    assert accepted > counted


# and what else two people do at the same moment


def test_two_people_open_one_ballot(supper, ada, tools):
    opened = at_once(*[lambda: ballots.open_ballot(supper, by=ada)] * 5)
    assert set(opened) == {Ballot.objects.get()}


def test_two_closes_draft_one_gathering(ballot, afternoons, ada):
    ballots.vote(ballot, "phone 1", keys(ballot)[:1])
    closed = at_once(*[lambda: ballots.close(ballot, by=ada)] * 5)
    assert {each.next_gathering for each in closed} == {afternoons.gatherings.get()}


def test_two_people_propose_the_same_theme_once(makers, ada, ben):
    outcomes = at_once(*(lambda by=by: proposing.propose(makers, by, "Tools") for by in (ada, ben) * 4))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyThere"] * 7 + ["Theme"]


def test_a_double_tap_counts_one_supporter(tools, ben, chi):
    at_once(*(lambda by=by: proposing.support(tools, by) for by in (ben, chi) * 5))
    assert (Theme.objects.get(pk=tools.pk).support_count, Support.objects.count()) == (2, 2)


def test_the_test_database_is_one_that_threads_share():
    assert ":memory:" not in str(connection.settings_dict["NAME"])
