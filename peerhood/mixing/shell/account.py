"""Account: a plan as a person at a terminal reads it."""

from collections.abc import Iterator

from peerhood.mixing.engine import Plan
from peerhood.mixing.shell.watch import Run

TERMS = {
    "repeats": "repeats",
    "history": "people who know each other",
    "companions": "companions",
    "competitors": "competitors",
    "first_timers": "first-timers without a greeter",
    "kept_apart": "people to be kept apart",
    "modes": "neighbours who do not suit the mode",
    "sizes": "sizes of tables",
}


def account_of(plan: Plan, run: Run, seed: int) -> str:
    """Every round and table, then what it comes to."""
    return "\n".join([*_rounds(plan), *_figures(plan), _engine(run, seed)])


def reasons_of(plan: Plan) -> str:
    """A sentence for every seat, person by person."""
    lines = []
    for person in plan.problem.people:
        lines += ["", str(person)]
        lines += [f"  {plan.explain(person, number)}" for number in plan.problem.rounds]
    return "\n".join(lines)


def _rounds(plan: Plan) -> Iterator[str]:
    width = len(str(max(map(len, plan.rounds))))
    for number, tables in enumerate(plan.rounds, 1):
        yield f"Round {number}"
        for at, table in enumerate(tables, 1):
            if table:
                yield f"  Table {at:>{width}}  {' · '.join(map(str, table))}"
        yield ""


def _figures(plan: Plan) -> Iterator[str]:
    met = plan.encounters
    yield (
        f"Everyone meets {met.met:.1f} people, {met.new:.1f} of them new; "
        f"nobody meets fewer than {met.fewest_new} new."
    )
    paid = {TERMS.get(term, term): cost for term, cost in plan.breakdown.items() if cost}
    if not plan.cost:
        yield "Every wish is met, and nobody meets again."
    else:
        parts = ", ".join(f"{name} {_repeats(cost)}" for name, cost in paid.items())
        yield f"It costs {_repeats(plan.cost)} repeats: {parts}."
    if plan.is_optimal:
        yield "No plan with these tables is better: that is proven."
    else:
        yield f"No plan can cost less than {_repeats(plan.bound.value)}; whether one costs less than this is not known."


def _engine(run: Run, seed: int) -> str:
    swaps = f", {_many(run.moves)} swaps" if run.moves else ""
    ended = ", stopped early" if run.stopped_by else ""
    return f"Engine: {run.engine}{swaps}, {run.seconds:.1f} seconds, seed {seed}{ended}."


def _repeats(cost: int) -> str:
    return f"{cost / 1000:.1f}" if abs(cost) >= 50 or not cost else f"{cost / 1000:g}"


def _many(count: int) -> str:
    """
    >>> _many(24_300_000), _many(61_000), _many(12)
    ('24 million', '61 thousand', '12')
    """
    if count >= 1_000_000:
        return f"{count / 1_000_000:.0f} million"
    return f"{count / 1_000:.0f} thousand" if count >= 1_000 else str(count)
