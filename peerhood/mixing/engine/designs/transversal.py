"""Transversal rounds: people stand in groups as large as there are tables; each table takes one of each.

Within a group nobody ever meets, so a group can be left out, and has its own evening to fill.
Group i is the points from i * tables on. Rounds come one by one, as many as asked for.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice

from peerhood.mixing.engine.designs.fields import field, prime_power
from peerhood.mixing.engine.designs.shifts import drawn, drawn_count, steady, steady_count
from peerhood.mixing.engine.designs.symmetry import Round


@cache
def transversal_count(tables: int, size: int) -> int:
    """How many rounds `transversal` knows for ``size`` groups, at least two, of ``tables`` people."""
    if prime_power(tables):
        return tables if size <= tables else 1
    return max(steady_count(tables, size), _product_count(tables, size), drawn_count(tables, size))


def transversal(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """``rounds`` rounds, at most `transversal_count`, of tables that take one of each group."""
    if rounds <= steady_count(tables, size):
        return steady(tables, size, rounds)
    if prime_power(tables):
        return _on_lines(tables, size, rounds)
    if rounds <= _product_count(tables, size):
        return islice(_multiplied(tables, size, rounds), rounds)
    return drawn(tables, size, rounds)


def _on_lines(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """The lines of the affine plane over a field: a slope is a round, an intercept a table."""
    f = field(tables)
    for slope in range(rounds):
        columns = [f.plus[f.times(i, slope)] for i in range(size)]
        yield [[i * tables + column[t] for i, column in enumerate(columns)] for t in range(tables)]


def _product_count(tables: int, size: int) -> int:
    few = _smallest_power(tables)
    return transversal_count(few, size) * transversal_count(tables // few, size) if few > 1 else 1


def _multiplied(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """MacNeish's product: a table is a pair of tables, a round a pair of rounds, one of each factor."""
    few = _smallest_power(tables)
    many = tables // few
    fine_rounds = list(transversal(few, size, min(rounds, transversal_count(few, size))))
    for coarse in transversal(many, size, -(-rounds // len(fine_rounds))):
        for fine in fine_rounds:
            yield [
                [
                    i * tables + a % many * few + b % few
                    for i, (a, b) in enumerate(zip(large, small, strict=True))
                ]
                for large in coarse
                for small in fine
            ]


def _smallest_power(number: int) -> int:
    """The part of a number that is a power of its smallest prime; 1 for 1."""
    p = next((d for d in range(2, number) if number % d == 0), number)
    power = 1
    while p > 1 and number % (power * p) == 0:
        power *= p
    return power
