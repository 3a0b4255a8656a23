"""Mixing, beside the peers: the same instances, the same objective, the same seconds, in one run.

An instance is pure (the social golfer problem, CSPLib prob010: only repeats cost) or
an evening with everything that people wish for. ``instances.json`` says the objective
in words. Costs are whole milli-repeats: 1000 is one pair meeting once more than it should.
"""
