"""Floors: sums that no seating can go below, each over prices of its own.

Floors that share no price may simply be added. A floor on the repeats, one on
the modes of some rounds; or one on both, where similar rounds press on each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from peerhood.mixing.engine.bounds.crowding import fewest_repeats
from peerhood.mixing.engine.bounds.diversity import diverse_floor
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.impossible import fewest_by_design
from peerhood.mixing.engine.bounds.likeness import similar_floor
from peerhood.mixing.engine.bounds.openness import cheapest_tables
from peerhood.mixing.engine.bounds.reunion import reunion_floor
from peerhood.mixing.engine.bounds.series import Series


@dataclass(frozen=True)
class Floor:
    """``value`` is the least sum of the repeats, if ``repeats``, and the modes (and open sizes) of these rounds."""

    value: int
    repeats: bool
    modes: frozenset[int]

    def covers(self, s: Series) -> bool:
        """Are the modes of this series under the floor? All of its rounds are, or none."""
        return s.numbers[0] in self.modes


def floors(facts: Facts, alike: Sequence[Series]) -> list[Floor]:
    """Floors on the repeats and on every series whose mode or sizes cost; no price belongs to two of them."""
    found = []
    for s in alike:
        if s.asks == "similar":
            value = similar_floor(facts, s.numbers[0])
        else:
            value = cheapest_tables(facts, s.numbers[0]) + diverse_floor(facts, s.numbers[0])
        if value:
            found.append(Floor(s.rounds * value, False, frozenset(s.numbers)))
    repeats = max(fewest_repeats(facts), fewest_by_design(facts))
    apart = [*found, Floor(facts.repeat * repeats, True, frozenset())]
    similar = frozenset(r for r in range(len(facts.sizes)) if facts.mode(r) == "similar")
    if len(similar) < 2 or not _alike(facts, similar):
        return apart
    others = facts.repeat * fewest_repeats(facts, skipped=similar)
    joint = Floor(reunion_floor(facts, sorted(similar)) + others, True, similar)
    together = [*(floor for floor in found if not floor.modes <= similar), joint]
    return max(apart, together, key=lambda floors: sum(floor.value for floor in floors))


def _alike(facts: Facts, numbers: frozenset[int]) -> bool:
    return len({(tuple(sorted(facts.sizes[r])), facts.present[r]) for r in numbers}) == 1
