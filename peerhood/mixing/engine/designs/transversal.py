"""Transversal rounds: people stand in groups as large as there are tables; each table takes one of each.

Within a group nobody ever meets, so a group can be left out, and has its own evening to fill.
Group i is the points from i * tables on. Everything here yields rounds one by one, as many as asked.
"""

from collections.abc import Iterator
from functools import cache
from itertools import count

from peerhood.mixing.engine.designs.fields import field, prime_power
from peerhood.mixing.engine.designs.symmetry import Round


@cache
def transversal_count(tables: int, size: int) -> int:
    """How many rounds `transversal` knows for ``size`` groups of ``tables`` people each."""
    if prime_power(tables):
        return tables if size <= tables else 1
    q = _factor(tables)
    product = transversal_count(q, size) * transversal_count(tables // q, size) if q > 1 else 1
    return max(_shifts(tables, size), product)


def transversal(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """``rounds`` rounds, at most `transversal_count`, of tables that take one of each group."""
    if rounds <= _shifts(tables, size):
        return _shifted(tables, size, rounds)
    if prime_power(tables):
        return _on_lines(tables, size, rounds)
    return _multiplied(tables, size, rounds)


def _factor(number: int) -> int:
    """The part of a number that is a power of its smallest prime; 1 for 1."""
    p = next((d for d in range(2, number) if number % d == 0), number)
    q = 1
    while p > 1 and number % (q * p) == 0:
        q *= p
    return q


def _shifts(tables: int, size: int) -> int:
    power = prime_power(tables)
    if power and power[1] == 1 and size <= tables:
        return tables
    return (tables - 1) // (size - 1) + 1


def _shifted(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """In round r, group i moves on by i * r tables.

    Two people meet again only if a difference of groups times a difference of rounds is a whole
    number of turns round the tables: never for a prime number of tables, nor while
    (size - 1) * (rounds - 1) is less than one turn.
    """
    for r in range(rounds):
        yield [[i * tables + (t + i * r) % tables for i in range(size)] for t in range(tables)]


def _on_lines(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """The lines of the affine plane over a field: a slope is a round, an intercept a table."""
    f = field(tables)
    for slope in range(rounds):
        columns = [f.plus[f.times(i, slope)] for i in range(size)]
        yield [[i * tables + column[t] for i, column in enumerate(columns)] for t in range(tables)]


def _multiplied(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """MacNeish's product: a table is a pair of tables, a round a pair of rounds, one of each factor."""
    q = _factor(tables)
    rest = tables // q
    inner = list(transversal(q, size, min(rounds, transversal_count(q, size))))
    outer = transversal(rest, size, -(-rounds // len(inner)))
    number = count()
    for coarse in outer:
        for fine in inner:
            if next(number) == rounds:
                return
            yield [
                [
                    i * tables + (a % rest) * q + b % q
                    for i, (a, b) in enumerate(zip(large, small, strict=True))
                ]
                for large in coarse
                for small in fine
            ]
