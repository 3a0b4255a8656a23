"""Why a person sits where they sit: facts for a sentence that somebody else writes.

Nothing here tells of a silent wish, or of who competes with whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.wishes import Person


@dataclass(frozen=True)
class Reason:
    """One seat. ``new``, ``again`` and ``before`` divide the ``neighbours`` between them.

    Attributes:
        new: never met until now.
        again: met in an earlier round of this gathering.
        before: met at an earlier gathering, not yet at this one.
        greeters: who welcomes this first-timer, in round 1.
        first_timers: whom this greeter welcomes, in round 1.
        companions: arrived together, or kept together by the organiser.
        is_pinned: the seat was given, not found.
    """

    person: Person
    round: int
    table: int
    neighbours: tuple[Person, ...]
    new: tuple[Person, ...]
    again: tuple[Person, ...]
    before: tuple[Person, ...]
    greeters: tuple[Person, ...] = ()
    first_timers: tuple[Person, ...] = ()
    companions: tuple[Person, ...] = ()
    is_pinned: bool = False

    def __str__(self) -> str:
        facts = [f"{len(self.new)} of {len(self.neighbours)} are new to {self.person}"]
        facts += [f"{who} is there as a greeter" for who in self.greeters]
        facts += [f"{who} is here for the first time" for who in self.first_timers]
        facts += [f"{who} came along" for who in self.companions]
        facts += [f"{who} again" for who in self.again]
        facts += ["the seat is pinned"] if self.is_pinned else []
        return f"Round {self.round}, table {self.table}: {', '.join(facts)}."


def reason(
    problem: Problem,
    rounds: Sequence[Sequence[Sequence[Person]]],
    person: Person,
    number: int,
    table: int,
) -> Reason:
    """Gather the facts about one seat; ``number`` and ``table`` are from 1."""
    neighbours = tuple(other for other in rounds[number - 1][table - 1] if other != person)
    earlier = {
        other for tables in rounds[: number - 1] for seated in tables if person in seated for other in seated
    }
    again = tuple(other for other in neighbours if other in earlier)
    fresh = [other for other in neighbours if other not in earlier]
    return Reason(
        person,
        number,
        table,
        neighbours,
        new=tuple(other for other in fresh if not problem.knows(person, other)),
        again=again,
        before=tuple(other for other in fresh if problem.knows(person, other)),
        **_welcome(problem, person, number, neighbours),
        companions=_companions(problem, person, neighbours),
        is_pinned=problem.index[person] in problem.fixed[number - 1],
    )


def _welcome(
    problem: Problem, person: Person, number: int, neighbours: Sequence[Person]
) -> dict[str, tuple[Person, ...]]:
    newcomers, greeters = problem.wishes.first_timers, problem.wishes.greeters
    if number > 1:
        return {}
    return {
        "greeters": tuple(x for x in neighbours if person in newcomers and x in greeters),
        "first_timers": tuple(x for x in neighbours if person in greeters and x in newcomers),
    }


def _companions(problem: Problem, person: Person, neighbours: Sequence[Person]) -> tuple[Person, ...]:
    groups = [
        group for group in (*problem.wishes.companions, *problem.wishes.keep_together) if person in group
    ]
    return tuple(other for other in neighbours if any(other in group for group in groups))
