"""The mixing engine: everyone meets someone new.

Plain Python: no framework, no database, no clock of its own, no chance but a seed.

    problem = Problem(people, tables, history=..., wishes=Wishes(...))
    plan = solve(problem, seed=7)
    plan.rounds, plan.cost, plan.bound, plan.breakdown, plan.explain(person, round=1)
"""

from peerhood.mixing.engine.bound import Bound
from peerhood.mixing.engine.coffee import coffee_round
from peerhood.mixing.engine.contradictions import Clash, Contradiction, Pin
from peerhood.mixing.engine.plan import Encounters, Plan, rebuild
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.reason import Reason
from peerhood.mixing.engine.remixing import remix
from peerhood.mixing.engine.solving import solve
from peerhood.mixing.engine.tables import even_tables
from peerhood.mixing.engine.wishes import PastGathering, Prices, Wishes, milli_repeats

__all__ = [
    "Bound",
    "Clash",
    "Contradiction",
    "Encounters",
    "PastGathering",
    "Pin",
    "Plan",
    "Prices",
    "Problem",
    "Reason",
    "Wishes",
    "coffee_round",
    "even_tables",
    "milli_repeats",
    "rebuild",
    "remix",
    "solve",
]
