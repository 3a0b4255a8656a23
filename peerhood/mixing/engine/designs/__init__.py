"""Designs: seatings in which nobody meets anybody twice, by algebra and by symmetric search.

design(8, 4, 10)          ten rounds of eight tables of four, or None where none is known
most_rounds(8, 4)         how far `design` reaches for such tables
fewest_repeats(8, 4, 12)  more rounds than anybody has strangers, with few repeats
deleted(rounds, sizes)    the same for tables of k and k - 1
"""

from peerhood.mixing.engine.designs.deleting import deleted
from peerhood.mixing.engine.designs.design import design, most_rounds
from peerhood.mixing.engine.designs.overfull import fewest_repeats

__all__ = ["deleted", "design", "fewest_repeats", "most_rounds"]
