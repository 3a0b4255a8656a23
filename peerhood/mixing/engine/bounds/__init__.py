"""Bounds: costs that no seating can go below, each with its argument in a file of its own."""

from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.strong import Strong, strong_bound

__all__ = ["Facts", "Strong", "strong_bound"]
