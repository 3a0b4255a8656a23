from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles.models import Membership
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal
from peerhood.themes import ballots, proposing
from peerhood.themes.models import Ballot, Theme
from peerhood.themes.queries import chosen_ids
from peerhood.themes.results import result_of


@pytest.fixture
def ballot(supper, ada, value, alone, tools):
    return ballots.open_ballot(supper, by=ada)


@pytest.fixture
def vote(ballot):
    """Vote by title: ``vote("phone 1", "Tools", ...)``."""

    def hand_in(voter, *titles):
        wanted = ballot.choices.filter(theme__title__in=titles)
        return ballots.vote(ballot, voter, list(wanted.values_list("pk", flat=True)))

    return hand_in


def totals(ballot):
    return {choice.theme.title: choice.vote_count for choice in ballot.choices.select_related("theme")}


def happened():
    return list(Entry.objects.values_list("name", flat=True))


def test_the_backlog_is_put_to_the_vote_most_wanted_first(supper, ada, chi, value, alone, tools, theme):
    proposing.support(tools, chi)
    theme("Held long ago", state=Theme.State.HELD)
    theme("On an agenda", state=Theme.State.SCHEDULED)
    ballot = ballots.open_ballot(supper, by=ada)
    assert [choice.theme for choice in ballot.choices.all()] == [tools, value, alone]
    assert [choice.position for choice in ballot.choices.all()] == [1, 2, 3]


def test_at_most_twelve_themes_stand_on_a_ballot(supper, ada, theme):
    for number in range(13):
        theme(f"Theme {number}", support_count=number)
    ballot = ballots.open_ballot(supper, by=ada)
    assert [choice.theme.support_count for choice in ballot.choices.all()] == list(range(12, 0, -1))


def test_opening_twice_opens_one_ballot(supper, ada, ballot):
    assert ballots.open_ballot(supper, by=ada) == ballot
    assert happened() == ["ballot.opened"]


def test_an_empty_backlog_is_refused_in_words(supper, ada):
    with pytest.raises(Refusal, match="nothing to vote on yet"):
        ballots.open_ballot(supper, by=ada)
    assert not Ballot.objects.exists()


def test_whoever_runs_the_room_runs_the_ballot_and_nobody_else(supper, ada, ben, chi, dot, tools):
    supper.circle.memberships.filter(person=chi).update(role=Membership.Role.FACILITATOR)
    for person in (ben, dot):
        with pytest.raises(PermissionDenied):
            ballots.open_ballot(supper, by=person)
    ballot = ballots.open_ballot(supper, by=chi)
    for person in (ben, dot):
        with pytest.raises(PermissionDenied):
            ballots.close(ballot, by=person)
    assert not ballots.close(ballot, by=chi).is_open()
    for person in (ben, dot):
        with pytest.raises(PermissionDenied):
            ballots.choose(ballot, tools, by=person)


def test_a_later_vote_replaces_the_earlier_one(ballot, vote, ada):
    vote("phone 1", "Tools", "Being alone in the job")
    vote("phone 1", "Tools")
    vote("phone 2", "Tools")
    ballot = ballots.close(ballot, by=ada)
    assert totals(ballot) == {"Tools": 2, "Being alone in the job": 0, "The value of the office": 0}
    assert (ballot.voter_count, ballot.winner.title, ballot.decided) == (2, "Tools", Ballot.Decided.VOTES)


def test_approving_nothing_takes_the_vote_back(ballot, vote, ada):
    vote("phone 1", "Tools")
    assert len(chosen_ids(ballot, "phone 1")) == 1
    vote("phone 1")
    assert chosen_ids(ballot, "phone 1") == set()
    assert ballots.close(ballot, by=ada).voter_count == 0


def test_nothing_is_counted_before_the_close(ballot, vote):
    vote("phone 1", "Tools")
    ballot.refresh_from_db()
    assert (set(totals(ballot).values()), ballot.voter_count) == ({0}, 0)


def test_a_vote_after_the_close_is_refused_and_changes_nothing(ballot, vote, ada):
    vote("phone 1", "Tools")
    ballots.close(ballot, by=ada)
    with pytest.raises(Refusal, match="has closed"):
        vote("phone 1", "Being alone in the job")
    with pytest.raises(Refusal):
        vote("phone 2", "Being alone in the job")
    assert [len(chosen_ids(ballot, key)) for key in ("phone 1", "phone 2")] == [1, 0]
    assert totals(ballot) == {"Tools": 1, "Being alone in the job": 0, "The value of the office": 0}


def test_a_theme_that_is_not_on_the_ballot_is_refused(ballot):
    with pytest.raises(Refusal, match="not one of the themes"):
        ballots.vote(ballot, "phone 1", [ballot.choices.first().pk, 999_999])
    assert not ballot.votes.exists()


def test_closing_twice_closes_once(ballot, vote, ada):
    vote("phone 1", "Tools")
    first = ballots.close(ballot, by=ada)
    assert ballots.close(ballot, by=ada).closed_at == first.closed_at
    assert happened() == ["ballot.opened", "ballot.closed"]


def test_a_tie_goes_to_the_longest_wait(ballot, vote, ada):
    vote("phone 1", "Tools", "The value of the office")
    vote("phone 2", "Tools", "The value of the office", "Being alone in the job")
    ballot = ballots.close(ballot, by=ada)
    assert (ballot.winner.title, ballot.decided) == ("The value of the office", Ballot.Decided.LONGEST_WAIT)


def test_a_theme_held_lately_has_waited_less_than_one_never_held(supper, ada, theme, tools):
    theme("Old but held", proposed="2020-01-01", last_held_on=tools.proposed_at.date().replace(month=10))
    ballot = ballots.open_ballot(supper, by=ada)
    ballots.vote(ballot, "phone 1", list(ballot.choices.values_list("pk", flat=True)))
    assert ballots.close(ballot, by=ada).winner == tools


def test_when_the_waits_are_equal_the_organiser_chooses_among_those_that_tied(supper, ada, theme, value):
    twins = [theme("North"), theme("South")]
    ballot = ballots.open_ballot(supper, by=ada)
    ballots.vote(ballot, "phone 1", list(ballot.choices.filter(theme__in=twins).values_list("pk", flat=True)))
    ballot = ballots.close(ballot, by=ada)
    assert (ballot.winner, ballot.decided) == (None, "")
    assert [choice.theme for choice in result_of(ballot).left] == twins
    with pytest.raises(Refusal, match="among the themes that tied"):
        ballots.choose(ballot, value, by=ada)
    ballot = ballots.choose(ballot, twins[1], by=ada)
    assert (ballot.winner, ballot.decided) == (twins[1], Ballot.Decided.ORGANISER)
    assert happened() == ["ballot.opened", "ballot.closed", "ballot.decided"]


def test_when_nobody_votes_the_organiser_chooses_among_all(ballot, ada, value, tools):
    with pytest.raises(Refusal, match="Close it first"):
        ballots.choose(ballot, tools, by=ada)
    ballot = ballots.close(ballot, by=ada)
    assert len(result_of(ballot).left) == 3
    ballot = ballots.choose(ballot, tools, by=ada)
    assert ballots.choose(ballot, tools, by=ada).winner == tools
    with pytest.raises(Refusal, match="chosen already"):
        ballots.choose(ballot, value, by=ada)


def test_a_theme_another_gathering_took_keeps_its_votes_and_cannot_win(ballot, vote, ada, tools):
    vote("phone 1", "Tools")
    vote("phone 2", "Tools", "Being alone in the job")
    Theme.objects.filter(pk=tools.pk).update(state=Theme.State.SCHEDULED)
    ballot = ballots.close(ballot, by=ada)
    assert totals(ballot) == {"Tools": 2, "Being alone in the job": 1, "The value of the office": 0}
    assert ballot.winner.title == "Being alone in the job"


def test_a_sealed_ballot_takes_no_votes_and_lets_go_of_those_it_had(ballot, vote, ada):
    vote("phone 1", "Tools")
    assert ballots.seal(ballot).is_sealed
    assert ballot.votes.count() == 0
    with pytest.raises(Refusal, match="through the pot"):
        vote("phone 2", "Tools")
    with pytest.raises(Refusal, match="in the room"):
        ballots.close(ballot, by=ada)


@pytest.fixture
def keys(ballot):
    """The ballot's choices by title."""
    return {choice.theme.title: choice.pk for choice in ballot.choices.select_related("theme")}


def test_a_sealed_ballot_closes_with_the_totals_it_is_given(ballot, keys, afternoons, supper, ada):
    ballots.seal(ballot)
    closed = ballots.close_with_totals(ballot, Counter({keys["Tools"]: 5}), 7, by=ada)
    assert (closed.winner.title, closed.voter_count, totals(closed)["Tools"]) == ("Tools", 7, 5)
    assert "ballot.closed" in happened()
    again = ballots.close_with_totals(ballot, Counter(), 0, by=ada)
    assert again.voter_count == 7


def test_a_sealed_ballot_with_no_totals_tells_nothing_and_leaves_the_choice(ballot, ada):
    ballots.seal(ballot)
    closed = ballots.close_with_totals(ballot, Counter(), 0, by=ada)
    assert closed.is_withheld()
    assert result_of(closed).sentence().startswith("Too few voted to hide among")
    theme = result_of(closed).left[0].theme
    assert "so the organiser chose" in result_of(ballots.choose(closed, theme, by=ada)).sentence()


def test_everyone_agrees_is_said_of_sealed_votes_only(ballot, keys, vote, ada):
    ballots.seal(ballot)
    closed = ballots.close_with_totals(ballot, Counter({keys["Tools"]: 6}), 6, by=None)
    assert "Everyone agrees." in result_of(closed).sentence()


def test_control_open_votes_that_agree_are_counted_in_numbers(ballot, vote, ada):
    vote("phone 1", "Tools")
    assert "1 of 1 person voted for it." in result_of(ballots.close(ballot, by=ada)).sentence()


def test_a_member_closes_no_sealed_ballot(ballot, ben):
    ballots.seal(ballot)
    with pytest.raises(PermissionDenied):
        ballots.close_with_totals(ballot, Counter(), 0, by=ben)


def test_the_page_of_a_sealed_ballot_says_where_it_is_closed(ballot, client, ada):
    ballots.seal(ballot)
    client.force_login(ada)
    page = client.get(ballot.get_absolute_url()).text
    assert "The ballot is closed there." in page
    assert "/close/" not in page
