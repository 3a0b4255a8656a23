"""The exploration: symmetry after symmetry is given to the search, those first that leave it least to do.

Counting rules most out before any search. Two points that a motion exchanges can only sit together
in a round which that motion keeps; otherwise the pair never meets, nor do two fixed points but in
a round that everything keeps; and few designs have pairs to spare.
"""

from collections.abc import Iterator
from math import prod
from typing import NamedTuple

from peerhood.mixing.engine.designs.entry import BaseRound, Entry
from peerhood.mixing.engine.designs.searching import Base, search
from peerhood.mixing.engine.designs.symmetries import symmetries
from peerhood.mixing.engine.designs.symmetry import Motion, Symmetry


class Kept(NamedTuple):
    """A base round to be: what keeps it, how many motions and how many mere steps that makes, and
    for how many rounds it stands."""

    by: tuple[Motion, ...]
    motions: int
    steps: int
    rounds: int


def explore(tables: int, size: int, rounds: int, *, steps: int = 4000, passes: int = 4) -> Entry | None:
    """Search with ``steps`` steps under each symmetry, in the next pass with three times as many.

    May take minutes. None where no symmetry tried has such a design, or none was found in time.
    """
    spare = tables * size - 1 - rounds * (size - 1)
    candidates = [
        (_effort(plan, tables, rounds), symmetry, [kept.by for kept in plan])
        for symmetry in symmetries(tables * size, size)
        for plan in plans(symmetry, size, rounds, spare)
    ]
    candidates.sort(key=lambda candidate: candidate[0])
    for again in range(passes):
        for _, symmetry, kept_by in candidates:
            found = search(symmetry, size, kept_by, steps=steps * 3**again, seed=again)
            if found:
                return _entry(tables, size, rounds, symmetry, kept_by, found)
    return None


def search_again(known: Entry, *, steps: int = 5_000_000, seed: int = 0) -> Entry | None:
    """A design with the symmetry of a known one, by the search alone."""
    kept_by = [base.kept_by for base in known.base]
    found = search(known.symmetry, known.size, kept_by, steps=steps, seed=seed)
    if found is None:
        return None
    return _entry(known.tables, known.size, known.rounds, known.symmetry, kept_by, found)


def _entry(
    tables: int, size: int, rounds: int, symmetry: Symmetry, kept_by: list[tuple[Motion, ...]], found: Base
) -> Entry:
    bases = [tuple(sorted(map(tuple, base))) for base in found]
    return Entry(tables, size, rounds, symmetry, tuple(map(BaseRound, kept_by, bases)))


def _effort(plan: list[Kept], tables: int, rounds: int) -> tuple[bool, float]:
    """First those where one base round stands for nearly all; then by how many tables there are to choose."""
    scattered = len(plan) > 3 or plan[0].rounds < rounds - 4
    return scattered, sum(tables / kept.motions + 0.6 for kept in plan)


def plans(symmetry: Symmetry, size: int, rounds: int, spare: int) -> Iterator[list[Kept]]:
    """Ways to make up ``rounds`` of few base rounds when each point may miss ``spare`` others."""
    steps = prod(symmetry.moduli)
    exchanging = prod(2 - modulus % 2 for modulus in symmetry.moduli) - 1
    for plan in _sums(_kinds(symmetry), symmetry.length, rounds, 3):
        if any(kept.steps == steps for kept in plan):
            missed = 0
        else:
            missed = max(exchanging - any(kept.steps % 2 == 0 for kept in plan), symmetry.fixed - 1, 0)
        if missed <= spare and all(_seats_the_fixed(kept, symmetry.fixed, size) for kept in plan):
            yield plan


def _seats_the_fixed(kept: Kept, fixed: int, size: int) -> bool:
    """A table with i fixed points is filled up by whole sets of points that the steps exchange."""
    return not fixed or any((size - i) % kept.steps == 0 for i in range(1, min(fixed, size) + 1))


def _kinds(symmetry: Symmetry) -> list[Kept]:
    """Base rounds kept by some of the steps or by all, each by the turn as well or not."""
    moduli, length = symmetry.moduli, symmetry.length
    steps = prod(moduli)
    kept_by: dict[int, tuple[Motion, ...]] = {1: ()}
    if len(moduli) == 1:
        kept_by |= {d: ((0, steps // d),) for d in range(2, steps) if steps % d == 0}
    kept_by[steps] = tuple((0, *(int(i == j) for j in range(len(moduli)))) for i in range(len(moduli)))
    kinds = [Kept(by, d, d, steps // d * length) for d, by in kept_by.items()]
    if length > 1:
        turn = (1, *(0 for _ in moduli))
        kinds += [Kept((*by, turn), d * length, d, steps // d) for d, by in kept_by.items()]
    return sorted(kinds, key=lambda kept: -kept.rounds)


def _sums(kinds: list[Kept], length: int, rounds: int, large: int) -> Iterator[list[Kept]]:
    """At most ``large`` base rounds for more than ``length`` rounds; the rest is kept by all steps."""
    one = kinds[-1]
    some = next((kept for kept in kinds if kept.rounds == length and kept.steps == one.steps), one)
    for few in {rounds // some.rounds, max(0, rounds // some.rounds - 1)} if some is not one else {0}:
        yield [some] * few + [one] * (rounds - few * some.rounds)
    for i, kept in enumerate(kinds):
        if large and length < kept.rounds <= rounds:
            yield from ([kept, *more] for more in _sums(kinds[i:], length, rounds - kept.rounds, large - 1))
