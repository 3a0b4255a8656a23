"""Designs: seatings in which nobody meets anybody twice, by algebra and by symmetric search.

design(8, 4, 10)  ->  ten rounds of eight tables of four, or None where no such design is known
"""

from peerhood.mixing.engine.designs.design import design, most_rounds

__all__ = ["design", "most_rounds"]
