"""Evening: a list of people, tables and what is remembered, as the engine's problem.

People of one group know each other already: sharing a table counts as a repeat,
and as nobody new. Companions may share the first table and no other.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence

from peerhood.mixing.engine import PastGathering, Problem, Wishes
from peerhood.mixing.shell.people import Person


def problem_of(
    people: Sequence[Person],
    tables: Sequence[int],
    modes: Sequence[str],
    past: Sequence[PastGathering],
) -> Problem:
    """One mode for each round, the same tables in all of them. ``Contradiction`` where it cannot be seated."""
    sectors: dict[Hashable, Hashable] = {person.name: person.sector for person in people if person.sector}
    return Problem(
        [person.name for person in people],
        [tables] * len(modes),
        # As if each group had shared a table at this very gathering.
        history=[*past, PastGathering(0, [_groups(people)])],
        wishes=Wishes(
            companions=[(person.name, *person.companions) for person in people if person.companions],
            first_timers=[person.name for person in people if person.is_first_timer],
            greeters=[person.name for person in people if person.is_greeter],
            keep_apart=[(person.name, other) for person in people for other in person.apart],
            modes=modes,
            similar_in=sectors,
            diverse_in=sectors,
        ),
    )


def _groups(people: Sequence[Person]) -> list[list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for person in people:
        if person.group:
            groups[person.group.casefold()].append(person.name)
    # Where everybody is of one group, that tells nobody from anybody.
    return [group for group in groups.values() if len(group) < len(people)]
