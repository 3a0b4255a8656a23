"""Finite fields: numbers 0 to q - 1 that add, subtract, multiply and divide among themselves."""

from dataclasses import dataclass
from functools import cache
from itertools import product


@dataclass(frozen=True)
class Field:
    """GF(q): ``plus[a][b]`` and ``times(a, b)`` for a, b from 0 to q - 1; 0 and 1 are themselves."""

    order: int
    plus: tuple[tuple[int, ...], ...]
    power: tuple[int, ...]  # power[i] is the i-th power of a generator
    log: dict[int, int]

    def times(self, a: int, b: int) -> int:
        if not (a and b):
            return 0
        return self.power[(self.log[a] + self.log[b]) % (self.order - 1)]


@cache
def prime_power(number: int) -> tuple[int, int] | None:
    """(p, n) with p prime and p**n == number, or None where there is none.

    >>> prime_power(27), prime_power(12)
    ((3, 3), None)
    """
    if number < 2:
        return None
    p = next((d for d in range(2, int(number**0.5) + 1) if number % d == 0), number)
    n, rest = 0, number
    while rest % p == 0:
        n, rest = n + 1, rest // p
    return (p, n) if rest == 1 else None


@cache
def field(order: int) -> Field:
    """The field with ``order`` elements, a prime power. An element is read as digits to the base p,
    the coefficients of a polynomial; raises ValueError where no such field exists."""
    found = prime_power(order)
    if found is None:
        raise ValueError(f"There is no field of {order} elements.")
    p, n = found
    # Of all monic polynomials of degree n, the first in which x runs through everything but zero.
    power = next(powers for tail in product(range(p), repeat=n) if (powers := _powers_of_x(p, tail)))
    return Field(order, _sums(p, n), power, {element: i for i, element in enumerate(power)})


def _powers_of_x(p: int, tail: tuple[int, ...]) -> tuple[int, ...] | None:
    """1, x, x^2, ... where x^n = tail, lowest digit first; None unless all q - 1 differ."""
    n = len(tail)
    element = (1, *[0] * (n - 1))
    powers: list[int] = []
    seen: set[int] = set()
    while (number := sum(digit * p**i for i, digit in enumerate(element))) not in seen:
        seen.add(number)
        powers.append(number)
        carry = element[-1]
        element = tuple((a + carry * b) % p for a, b in zip((0, *element[:-1]), tail, strict=True))
    return tuple(powers) if len(powers) == p**n - 1 and 0 not in seen else None


def _sums(p: int, n: int) -> tuple[tuple[int, ...], ...]:
    """The addition table, digit by digit: one more digit makes it p times as wide."""
    table = [[0]]
    for i in range(n):
        table = [
            [small + p**i * ((a + b) % p) for b in range(p) for small in row]
            for a in range(p)
            for row in table
        ]
    return tuple(tuple(row) for row in table)
