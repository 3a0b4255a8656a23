from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peerhood.themes import tally
from peerhood.themes.tally import Candidate

DAY_ONE = datetime(2024, 3, 1, tzinfo=UTC)

candidates = st.lists(
    st.builds(
        Candidate,
        key=st.integers(1, 10**6),
        votes=st.integers(0, 4),
        waiting_since=st.integers(0, 3).map(lambda days: DAY_ONE + timedelta(days)),
    ),
    unique_by=lambda candidate: candidate.key,
    max_size=12,
)
ballots = st.lists(st.lists(st.integers(1, 12), max_size=12), max_size=40)


@given(ballots)
def test_a_theme_has_as_many_votes_as_ballots_that_approve_it(ballots):
    assert tally.count(ballots) == {
        key: sum(key in ballot for ballot in ballots) for key in {key for ballot in ballots for key in ballot}
    }


@given(ballots, st.randoms())
def test_the_order_in_which_ballots_came_makes_no_difference(ballots, random):
    shuffled = random.sample(ballots, len(ballots))
    assert tally.count(shuffled) == tally.count(ballots)


@given(candidates, st.randoms())
def test_the_order_on_the_ballot_makes_no_difference(candidates, random):
    shuffled = random.sample(candidates, len(candidates))
    assert tally.decide(shuffled) == tally.decide(candidates)


@given(candidates)
def test_nobody_has_more_votes_than_the_winner_and_of_those_that_tie_nobody_waited_longer(candidates):
    outcome = tally.decide(candidates)
    by_key = {candidate.key: candidate for candidate in candidates}
    if outcome.winner is None:
        return
    winner = by_key[outcome.winner]
    assert winner.votes == max(candidate.votes for candidate in candidates)
    assert winner.waiting_since < min(
        (by_key[key].waiting_since for key in outcome.tied if key != winner.key),
        default=datetime.max.replace(tzinfo=UTC),
    )


@given(candidates)
def test_the_tally_names_a_winner_or_says_who_is_left_to_choose(candidates):
    outcome = tally.decide(candidates)
    assert [outcome.winner is not None, len(outcome.left) > 1 or not outcome.most_votes].count(True) == 1
    assert set(outcome.left) <= set(outcome.tied) <= {candidate.key for candidate in candidates}


@given(candidates)
def test_a_winner_is_named_by_votes_or_by_the_longest_wait_never_by_both(candidates):
    outcome = tally.decide(candidates)
    assert (outcome.by_votes() + outcome.by_longest_wait()) == (outcome.winner is not None)


def test_when_nobody_voted_everything_is_left_to_choose():
    outcome = tally.decide([Candidate(1, 0, DAY_ONE), Candidate(2, 0, DAY_ONE + timedelta(1))])
    assert (outcome.winner, outcome.left) == (None, (1, 2))


def test_one_theme_alone_needs_one_vote_to_win():
    assert tally.decide([Candidate(1, 0, DAY_ONE)]).winner is None
    assert tally.decide([Candidate(1, 1, DAY_ONE)]).winner == 1


def test_an_empty_ballot_has_no_winner():
    assert tally.decide([]).winner is None
