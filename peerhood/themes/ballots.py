"""Ballots: the closing vote on the next theme.

Everybody in the room approves as many themes as they would come for; each voter has
one vote, and handing in another replaces it. Nothing is counted before the close.
The close writes the totals, breaks a tie by the longest wait, and adopts the winner
for the next gathering; where the tally names nobody, the organiser chooses.

Vote and close lock the ballot's row: a vote is counted or refused, never half.

A sealed ballot takes no votes here: they wait elsewhere, without names, and whoever gathers
them closes it with their totals (``close_with_totals``).
"""

from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_facilitate
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.themes import deciding, tally
from peerhood.themes.models import Ballot, Choice, Theme, Vote
from peerhood.themes.results import result_of

MOST_CHOICES = 12


@transaction.atomic
def open_ballot(gathering: Gathering, *, by: Person) -> Ballot:
    """Put the backlog to the vote, the most supported themes at most. Opening twice opens one ballot."""
    if not can_facilitate(by, gathering):
        raise PermissionDenied
    Gathering.objects.select_for_update(no_key=True).get(pk=gathering.pk)
    if ballot := Ballot.objects.filter(gathering=gathering).first():
        return ballot
    # Locked, so that no theme is withdrawn while it is put on the ballot.
    backlog = gathering.circle.themes.backlog().select_related("circle").select_for_update(of=("self",))
    themes = list(backlog[:MOST_CHOICES])
    if not themes:
        raise Refusal(_("There is nothing to vote on yet. Propose a theme first, then open the ballot."))
    ballot = Ballot.objects.create(gathering=gathering, opened_by=by)
    Choice.objects.bulk_create(
        Choice(ballot=ballot, theme=theme, position=position, waiting_since=theme.waiting_since())
        for position, theme in enumerate(themes, start=1)
    )
    journal.record("ballot.opened", ballot, by=by)
    return ballot


@transaction.atomic
def vote(ballot: Ballot, voter_key: str, choice_ids: Iterable[int]) -> Vote | None:
    """Hand in a voter's approvals in place of any earlier ones; approving nothing takes the vote back.

    Whoever is in the room has a vote: the room gives the key, and asks who may hold one.
    """
    ballot = Ballot.objects.locked().get(pk=ballot.pk)
    if not ballot.is_open():
        raise Refusal(_("The ballot has closed. Votes handed in before the close were counted."))
    if ballot.is_sealed:
        raise Refusal(_("This vote goes through the pot, so that nobody can tell whose it is."))
    wanted = set(choice_ids)
    approved = list(ballot.choices.filter(pk__in=wanted))
    if len(approved) != len(wanted):
        raise Refusal(_("That is not one of the themes on this ballot."))
    ballot.votes.filter(voter_key=voter_key).delete()
    if not approved:
        return None
    handed_in = ballot.votes.create(voter_key=voter_key)
    handed_in.approved.set(approved)
    return handed_in


@transaction.atomic
def seal(ballot: Ballot) -> Ballot:
    """From here on votes wait elsewhere, without names. Those that were kept under a key are let go of."""
    ballot = Ballot.objects.locked().get(pk=ballot.pk)
    if ballot.is_open() and not ballot.is_sealed:
        ballot.votes.all().delete()
        ballot.is_sealed = True
        ballot.save(update_fields=["is_sealed"])
    return ballot


@transaction.atomic
def close(ballot: Ballot, *, by: Person) -> Ballot:
    """Count, name the winner and draft the next gathering from it. Closing twice closes once."""
    ballot = Ballot.objects.locked().get(pk=ballot.pk)
    if not can_facilitate(by, ballot.gathering):
        raise PermissionDenied
    if not ballot.is_open():
        return ballot
    if ballot.is_sealed:
        raise Refusal(_("The votes are in the room. Close it there."))
    votes = _votes_in(ballot)
    return _end(ballot, tally.count(votes), len(votes), by=by)


@transaction.atomic
def close_with_totals(ballot: Ballot, totals: Counter[int], voter_count: int, *, by: Person | None) -> Ballot:
    """Close a sealed ballot: ``totals`` holds how many of ``voter_count`` approved each choice.

    No totals and nobody who voted: too few had, so nothing is told and the organiser chooses.
    Where nobody closes it (``by`` is None) the winner is named and nothing is drafted.
    """
    ballot = Ballot.objects.locked().get(pk=ballot.pk)
    if by and not can_facilitate(by, ballot.gathering):
        raise PermissionDenied
    if not ballot.is_open():
        return ballot
    assert ballot.is_sealed
    return _end(ballot, totals, voter_count, by=by)


def _end(ballot: Ballot, totals: Counter[int], voter_count: int, *, by: Person | None) -> Ballot:
    _write_totals(ballot, totals)
    ballot.voter_count, ballot.closed_at = voter_count, now()
    result = result_of(ballot)
    if result.winning:
        ballot.winner = result.winning.theme
        ballot.decided = Ballot.Decided.VOTES if result.outcome.by_votes() else Ballot.Decided.LONGEST_WAIT
    ballot.save(update_fields=["voter_count", "closed_at", "winner", "decided"])
    journal.record("ballot.closed", ballot, by=by)
    # A circle without a series has nothing to draft from; the result stands all the same.
    if by and ballot.winner and deciding.has_source(ballot.gathering):
        ballot.next_gathering = deciding.decide(ballot, by=by)
    return ballot


def _votes_in(ballot: Ballot) -> list[set[int]]:
    votes: dict[int, set[int]] = {}
    approvals = Vote.approved.through.objects.filter(vote__ballot=ballot)
    for vote_id, choice_id in approvals.values_list("vote_id", "choice_id"):
        votes.setdefault(vote_id, set()).add(choice_id)
    return list(votes.values())


def _write_totals(ballot: Ballot, totals: Counter[int]) -> None:
    choices = list(ballot.choices.select_related("theme"))
    for choice in choices:
        choice.vote_count = totals[choice.pk]
        choice.is_taken = not choice.theme.is_proposed()
    Choice.objects.bulk_update(choices, ["vote_count", "is_taken"])


@transaction.atomic
def choose(ballot: Ballot, theme: Theme, *, by: Person) -> Ballot:
    """Decide where the tally could not: between themes that waited equally long, or when nobody voted."""
    ballot = Ballot.objects.locked().get(pk=ballot.pk)
    if not can_facilitate(by, ballot.gathering):
        raise PermissionDenied
    if ballot.is_open():
        raise Refusal(_("The ballot is open. Close it first."))
    if ballot.winner_id == theme.pk:
        return ballot
    if ballot.is_decided():
        raise Refusal(_("The next theme is chosen already."))
    if theme not in [choice.theme for choice in result_of(ballot).left]:
        raise Refusal(_("The organiser chooses among the themes that tied."))
    ballot.winner, ballot.decided = theme, Ballot.Decided.ORGANISER
    ballot.save(update_fields=["winner", "decided"])
    journal.record("ballot.decided", ballot, by=by)
    if deciding.has_source(ballot.gathering):
        ballot.next_gathering = deciding.decide(ballot, by=by)
    return ballot
