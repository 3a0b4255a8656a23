"""Bounds: costs that no seating can go below, each with its argument in a file of its own.

========================  ==========================================================
``degree``                everybody's chairs, filled with the cheapest company
``crowding``              more of a group than tables: the pigeonhole, between rounds
``impossible``            designs that are proven not to exist
``diversity``             more of a sector than tables
``likeness``, ``parts``   kinds that do not fill whole tables
``openness``              more people than tables of the cheapest sizes hold
``reunion``               the few of a kind, in two rounds of the like-minded
``welcome``               more first-timers than greeters reach
``multipliers``           all of these at once, with history, in one sum (duality)
``ascent``                where the numbers for that sum come from
``strong``                the best of them, and in words
========================  ==========================================================

Bounds are for tables of the sizes given; where sizes are open, for all allowed sizes.
"""

from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.strong import Strong, strong_bound

__all__ = ["Facts", "Strong", "strong_bound"]
