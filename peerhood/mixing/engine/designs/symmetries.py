"""Symmetries a design might have: groups that act on so many points, with few of them fixed."""

from collections.abc import Iterator
from math import gcd, prod

from peerhood.mixing.engine.designs.symmetry import Symmetry

Turn = tuple[tuple[int, ...], tuple[tuple[int, ...], ...], int]  # moduli, matrix, turns until it is back

# Automorphisms of groups that are not cyclic; a cyclic group's are multiplications.
TURNS: list[Turn] = [
    ((2, 2), ((0, 1), (1, 1)), 3),
    ((2, 2, 2), ((0, 1, 0), (0, 0, 1), (1, 0, 0)), 3),
    ((2, 2, 2), ((0, 0, 1), (1, 0, 1), (0, 1, 0)), 7),
    ((3, 3), ((2, 0), (0, 2)), 2),
    ((3, 3), ((0, 2), (1, 0)), 4),
    ((6, 2), ((1, 0), (0, 1)), 3),
    ((4, 4), ((0, 3), (1, 3)), 3),
    ((5, 5), ((0, 4), (1, 4)), 3),
    ((5, 5), ((2, 0), (0, 2)), 4),
]
LARGEST = 300  # motions; larger groups leave nothing to choose


def symmetries(points: int, size: int) -> Iterator[Symmetry]:
    """Groups that act on ``points`` points, at most ``size`` of them fixed."""
    for fixed in range(size + 1):
        for steps in range(2, points - fixed + 1):
            if (points - fixed) % steps == 0:
                for symmetry in _with_steps(steps, (points - fixed) // steps, fixed, size):
                    if steps * symmetry.length <= LARGEST:
                        yield symmetry


def _with_steps(steps: int, orbits: int, fixed: int, size: int) -> Iterator[Symmetry]:
    """Without a turn, then with each that is known, moving orbits and fixed points along or not."""
    turns = [*_multiplications(steps, size), *(turn for turn in TURNS if prod(turn[0]) == steps)]
    for moduli in sorted({(steps,), *(turn[0] for turn in turns)}):
        yield Symmetry(moduli, orbits, fixed)
    for moduli, matrix, length in turns:
        stays = all(entry == (i == j) for i, row in enumerate(matrix) for j, entry in enumerate(row))
        for cycles in sorted({0, orbits // length}):
            for fixed_cycles in sorted({0, fixed // length}):
                if cycles or not stays:
                    yield Symmetry(moduli, orbits, fixed, matrix, length, (cycles, fixed_cycles))


def _multiplications(modulus: int, size: int) -> Iterator[Turn]:
    """By one, to roll orbits, and by a unit for each set of powers that units have."""
    for length in range(2, size + 2):
        yield (modulus,), ((1,),), length
    seen: set[frozenset[int]] = set()
    for unit in range(2, modulus):
        if gcd(unit, modulus) == 1:
            powers = [1]
            while (power := powers[-1] * unit % modulus) != 1:
                powers.append(power)
            if len(powers) <= 2 * size and frozenset(powers) not in seen:
                seen.add(frozenset(powers))
                yield (modulus,), ((unit,),), len(powers)
