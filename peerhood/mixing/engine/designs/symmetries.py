"""Symmetries a design might have: groups that act on so many points, with few of them fixed.

The steps are a cyclic group, whose turns are multiplications; or the sums of finite fields, turned
by multiplying in each field; or two equal cyclic groups, turned by (x, y) -> (-y, x - y).
"""

from collections.abc import Iterator
from itertools import product
from math import gcd, isqrt, lcm

from peerhood.mixing.engine.designs.fields import Field, field
from peerhood.mixing.engine.designs.symmetry import Symmetry

Matrix = tuple[tuple[int, ...], ...]
Turn = tuple[tuple[int, ...], Matrix, int]  # moduli, matrix, turns until it is back

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
    turns = [*_multiplications(steps, size), *_in_fields(steps, size), *_in_squares(steps)]
    groups = sorted({(steps,), *(moduli for moduli, _, _ in turns)})
    for moduli in groups:
        yield Symmetry(moduli, orbits, fixed)
    turns += [(moduli, _identity(len(moduli)), length) for moduli in groups for length in range(2, size + 2)]
    for moduli, matrix, length in turns:
        for cycles in sorted({0, orbits // length}):
            for fixed_cycles in sorted({0, fixed // length}):
                if cycles or matrix != _identity(len(moduli)):
                    yield Symmetry(moduli, orbits, fixed, matrix, length, (cycles, fixed_cycles))


def _multiplications(modulus: int, size: int) -> Iterator[Turn]:
    """By a unit of the whole numbers mod ``modulus``, one for each set of powers that units have."""
    seen: set[frozenset[int]] = set()
    for unit in range(2, modulus):
        if gcd(unit, modulus) == 1:
            powers = [1]
            while (power := powers[-1] * unit % modulus) != 1:
                powers.append(power)
            if len(powers) <= 2 * size and frozenset(powers) not in seen:
                seen.add(frozenset(powers))
                yield (modulus,), ((unit,),), len(powers)


def _in_fields(steps: int, size: int) -> Iterator[Turn]:
    """By an element of each of the fields whose orders make up ``steps``, unless all are prime."""
    orders = [p**n for p, n in _factors(steps)]
    moduli = tuple(p for p, n in _factors(steps) for _ in range(n))
    if len(moduli) == len(orders):
        return
    seen: set[frozenset[tuple[int, ...]]] = set()
    for exponents in product(*(range(q - 1) for q in orders)):
        length = lcm(*((q - 1) // gcd(e, q - 1) for e, q in zip(exponents, orders, strict=True)))
        powers = frozenset(
            tuple(e * i % (q - 1) for e, q in zip(exponents, orders, strict=True)) for i in range(length)
        )
        if 1 < length <= 2 * size and powers not in seen:
            seen.add(powers)
            blocks = [
                _product(field(q), e, p)
                for q, e, (p, _) in zip(orders, exponents, _factors(steps), strict=True)
            ]
            yield moduli, _diagonal(blocks), length


def _in_squares(steps: int) -> Iterator[Turn]:
    side = isqrt(steps)
    if side**2 == steps:
        yield (side, side), ((0, side - 1), (1, side - 1)), 3


def _product(f: Field, exponent: int, p: int) -> Matrix:
    """Multiplication by a power of the generator, on the digits to the base ``p``."""
    digits = [p**i for i in range(f.order) if p**i < f.order]
    images = [f.times(f.power[exponent], digit) for digit in digits]
    return tuple(tuple(image // digit % p for image in images) for digit in digits)


def _diagonal(blocks: list[Matrix]) -> Matrix:
    """The blocks along the diagonal, zero elsewhere."""
    width, before, rows = sum(map(len, blocks)), 0, list[tuple[int, ...]]()
    for block in blocks:
        after = width - before - len(block)
        rows += [(*[0] * before, *row, *[0] * after) for row in block]
        before += len(block)
    return tuple(rows)


def _identity(width: int) -> Matrix:
    return tuple(tuple(int(i == j) for j in range(width)) for i in range(width))


def _factors(number: int) -> list[tuple[int, int]]:
    """The primes of which a number is the product, and how often each."""
    found = []
    for p in range(2, number + 1):
        n = 0
        while number % p == 0:
            number, n = number // p, n + 1
        if n:
            found.append((p, n))
    return found
