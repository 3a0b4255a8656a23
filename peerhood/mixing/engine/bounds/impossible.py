"""Impossible: evenings where all would just fit, had the design not been proven not to exist.

* Six tables of six, four rounds: two orthogonal Latin squares of order six
  (the 36 officers of Euler; Tarry 1900).
* Four tables of three, five rounds: a nearly Kirkman triple system on 12 points
  (Kotzig and Rosa 1974).
* Five tables of four, six rounds: a resolvable design with blocks of four and
  groups of two on 20 points (see the Handbook of Combinatorial Designs, IV.5).
"""

from math import comb

from peerhood.mixing.engine.bounds.facts import Facts

# Tables and their size: rounds that cannot do without a repeat.
TOO_MANY_ROUNDS = {(6, 6): 4, (4, 3): 5, (5, 4): 6}


def fewest_by_design(facts: Facts) -> int:
    """Pairs that must meet again, since among any so many rounds two share a pair."""
    rounds, sizes = len(facts.sizes), set(facts.sizes[0])
    if facts.size_cost is not None or facts.together or len(sizes) > 1 or len(set(facts.present)) > 1:
        return 0
    if any(list(tables) != list(facts.sizes[0]) for tables in facts.sizes):
        return 0
    limit = TOO_MANY_ROUNDS.get((len(facts.sizes[0]), max(sizes, default=0)), rounds + 1)
    # Two rounds are together in one of comb(rounds - 2, limit - 2) choices of that many.
    return -(-comb(rounds, 2) // comb(limit, 2)) if rounds >= limit else 0
