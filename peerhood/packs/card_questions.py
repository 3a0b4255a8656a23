"""What the card of a table asks: the pack's first two questions, always in that order, and one more from its deck."""

from collections.abc import Sequence
from math import gcd

ASKED_FIRST = 2


def for_table(
    openers: Sequence[str], table: int, tables_count: int, round_number: int = 1
) -> tuple[list[str], str]:
    """The questions everybody begins with, and this table's own in this round; empty where the deck has none.

    Tables and rounds count from 1. No two tables of a round have the same question, nor has a table
    in two rounds, for as long as the deck lasts.

    >>> for_table(["Who?", "What?", "Why?", "When?", "How?"], table=1, tables_count=2)
    (['Who?', 'What?'], 'Why?')
    >>> for_table(["Who?", "What?", "Why?", "When?", "How?"], table=1, tables_count=2, round_number=2)
    (['Who?', 'What?'], 'How?')
    >>> for_table(["Who?", "What?"], table=1, tables_count=2)
    (['Who?', 'What?'], '')
    """
    first, deck = list(openers[:ASKED_FIRST]), openers[ASKED_FIRST:]
    if not deck:
        return first, ""
    further = _further_each_round(tables_count, len(deck))
    return first, deck[(table - 1 + (round_number - 1) * further) % len(deck)]


def _further_each_round(tables_count: int, deck_count: int) -> int:
    """How far down the deck a round begins after the one before: past its tables, and by a number that
    comes back to the same question only when all of them were asked.

    >>> _further_each_round(8, 8), _further_each_round(3, 8), _further_each_round(2, 1)
    (9, 3, 2)
    """
    return next(
        step for step in range(tables_count, tables_count + deck_count + 1) if gcd(step, deck_count) == 1
    )
