"""Counting the votes of a pot: totals go where they belong, and the votes nowhere.

What a phone hands in is the keys of what it chose, with a space between; of dots, a key once
for each dot. A vote that names nothing of what stands to it, or gives more than its dots,
counts as none; the door has refused it already (``hat.take_in``).
"""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from peerhood.gatherings.permissions import can_facilitate
from peerhood.people.models import Person
from peerhood.rooms.models import Note, Pot
from peerhood.themes import ballots, tally
from peerhood.themes.models import Ballot


def valid(pot: Pot, votes: Iterable[str]) -> list[list[str]]:
    """The votes that count, each as the keys it names. A note that is gone meanwhile takes its dots along."""
    keys = {key for key, _label in standing(pot)}
    most = pot.votes_each or len(keys)
    named = [vote.split() for vote in votes]
    left = [[key for key in vote if key in keys] for vote in named if len(vote) <= most]
    return [vote for vote in left if vote]


def standing(pot: Pot) -> list[tuple[str, str]]:
    """What stands to the vote, as key and words."""
    if pot.is_ballot():
        choices = ballot_of(pot).choices.select_related("theme")
        return [(str(choice.pk), choice.theme.title) for choice in choices]
    if pot.is_thumbs():
        return [
            ("up", _("Thumb up: go on")),
            ("side", _("Sideways: I can live with either")),
            ("down", _("Thumb down: next")),
        ]
    return [(str(note.pk), note.text) for note in Note.objects.filter(pot=pot.about_id, is_hidden=False)]


def count(pot: Pot, votes: list[list[str]], *, by: Person | None) -> None:
    """Write the totals, for an act that holds the room; ``by`` closes the ballot and drafts what won."""
    pot.voter_count = len(votes)
    if pot.is_ballot():
        totals = tally.count([int(key) for key in vote] for vote in votes)
        ballots.close_with_totals(ballot_of(pot), totals, len(votes), by=by)
        return
    if pot.is_thumbs():
        thumbs = Counter(key for vote in votes for key in vote)
        pot.thumbs = {key: thumbs[key] for key, _words in standing(pot)}
        return
    dots = Counter(key for vote in votes for key in vote)
    notes = list(Note.objects.filter(pot=pot.about_id).order_by("pk"))
    for note in notes:
        note.dots = dots[str(note.pk)]
    Note.objects.bulk_update(notes, ["dots"])


def end_uncounted(pot: Pot, *, by: Person | None) -> None:
    """Close the ballot of a vote that was thrown away: nothing is told, and the organiser chooses."""
    ballots.close_with_totals(ballot_of(pot), Counter(), 0, by=by)


def ballot_of(pot: Pot) -> Ballot:
    return Ballot.objects.get(gathering=pot.room.gathering_id)


def who_opened(pot: Pot) -> Person | None:
    """In whose name a ballot closes when the worker counts: the facilitator who opened it, while they still are one."""
    if not pot.is_ballot():
        return None
    by = ballot_of(pot).opened_by
    return by if by and can_facilitate(by, pot.room.gathering) else None
