"""The tally of a ballot: approval voting, one ballot each, ties broken in the open.

Whoever votes approves as many themes as they like; the theme approved by most wins.
Of those that tie, the one that has waited longest wins. If they have waited equally
long, or if nobody approved anything, the tally names no winner: the organiser chooses
among the themes that are left. Plain Python: values in, values out.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Candidate:
    """A theme on a ballot: its key, its approvals, and since when it has waited to be talked about."""

    key: int
    votes: int
    waiting_since: datetime


@dataclass(frozen=True)
class Outcome:
    """Who won and how.

    ``tied`` are the keys that share the most approvals, longest wait first. ``left`` are
    those of them that share the longest wait: one key, unless the organiser has to choose.
    """

    tied: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    most_votes: int = 0

    @property
    def winner(self) -> int | None:
        return self.left[0] if self.most_votes and len(self.left) == 1 else None

    def by_votes(self) -> bool:
        return self.winner is not None and len(self.tied) == 1

    def by_longest_wait(self) -> bool:
        return self.winner is not None and len(self.tied) > 1


def count(ballots: Iterable[Collection[int]]) -> Counter[int]:
    """Count the approvals of each key; a ballot that names a key twice approves it once.

    >>> sorted(count([{1, 2}, {2}, [2, 2], ()]).items())
    [(1, 1), (2, 3)]
    """
    return Counter(key for ballot in ballots for key in set(ballot))


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates most approvals first, then longest wait, then smallest key."""
    return sorted(candidates, key=lambda c: (-c.votes, c.waiting_since, c.key))


def decide(candidates: Iterable[Candidate]) -> Outcome:
    """Find the winner among the candidates, or who is left to choose from.

    >>> march, june = datetime(2024, 3, 1), datetime(2024, 6, 1)
    >>> decide([Candidate(1, 4, june), Candidate(2, 7, june)]).winner
    2
    >>> decide([Candidate(1, 7, june), Candidate(2, 7, march)])
    Outcome(tied=(2, 1), left=(2,), most_votes=7)
    >>> decide([Candidate(1, 7, march), Candidate(2, 7, march)]).winner is None
    True
    """
    in_order = ranked(candidates)
    if not in_order:
        return Outcome()
    first = in_order[0]
    tied = [c for c in in_order if c.votes == first.votes]
    left = [c for c in tied if c.waiting_since == first.waiting_since] if first.votes else tied
    return Outcome(tuple(c.key for c in tied), tuple(c.key for c in left), first.votes)
