"""The strong bound: every argument at once, and in words."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from math import comb

from peerhood.mixing.engine.bounds.ascent import Ascent
from peerhood.mixing.engine.bounds.degree import company_prices
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.floors import Floor, floors
from peerhood.mixing.engine.bounds.multipliers import UNIT, Multipliers, worth
from peerhood.mixing.engine.bounds.series import Series, series
from peerhood.mixing.engine.bounds.welcome import fewest_unwelcomed

# An ascent of fewer steps leads nowhere, and one of more hardly higher.
FEWEST, MOST = 40, 200
# A kind that fills more tables than this has company enough to choose from.
WIDE = 5


@dataclass(frozen=True)
class Strong:
    """``value`` in milli-repeats; ``kind`` names the argument, ``explanation`` says it to a host."""

    value: int
    kind: str
    explanation: str


def strong_bound(facts: Facts, effort: int = 100_000, cost: int | None = None) -> Strong:
    """The best bound known here.

    Args:
        effort: how many times to look at a pair of people; each takes 2 or 3 µs.
        cost: of a plan that is known; no need to look further once it is proven to be the least.
    """
    alike = series(facts)
    ground = floors(facts, alike)
    welcome = facts.uncovered * fewest_unwelcomed(facts)
    idle = [Multipliers([0] * facts.people, [], [])] * len(alike)
    best = Strong(worth(facts, alike, ground, idle, [UNIT] * len(ground)), *_in_words(ground))
    for argument in (_degree, _shared) if facts.size_cost is None else ():
        if cost is not None and best.value + welcome >= cost:
            break
        bound = argument(facts, alike, ground, effort)
        if bound and bound.value > best.value:
            best = bound
    return replace(best, value=best.value + welcome)


def _degree(facts: Facts, alike: Sequence[Series], ground: Sequence[Floor], effort: int) -> Strong | None:
    """Everybody's cheapest company, and either what repeats it brings or the floor under them."""
    if _looks([range(facts.people)], alike) > effort:
        return None
    values = []
    for share in (0, UNIT):
        prices = company_prices(facts, alike, 0 if share else facts.repeat)
        even = Multipliers([round(UNIT * price) for price in prices], [], [])
        shares = [share if floor.repeats else UNIT for floor in ground]
        values.append(worth(facts, alike, ground, [even] * len(alike), shares))
    return Strong(
        max(values),
        "degree",
        "Everybody meets at least as many people as their tables have chairs, at the lowest prices.",
    )


def _shared(facts: Facts, alike: Sequence[Series], ground: Sequence[Floor], effort: int) -> Strong | None:
    """A small evening as a whole; of a large one, the rounds of the like-minded, kind by kind."""
    everyone = [list(range(facts.people))]
    if effort // _looks(everyone, alike) >= FEWEST:
        ascent = Ascent(facts, alike, everyone, ground)
    else:
        similar = [s for s in alike if s.asks == "similar"]
        kinds = _smallest_kinds(facts, similar, effort // FEWEST)
        if not kinds:
            return None
        # Two of different kinds then pay no more for each other's company than it costs.
        ascent = Ascent(facts, similar, kinds, [], most=facts.unlike / min(2, len(kinds)))
    ascent.climb(min(MOST, effort // _looks(ascent.blocks, ascent.alike)))
    return Strong(
        worth(facts, alike, ground, *ascent.multipliers(alike, ground)),
        "shared",
        "Weighing every pair against everybody's chairs, no seating can avoid more of those who met before.",
    )


def _looks(blocks: Sequence[Sequence[int]], alike: Sequence[Series]) -> int:
    """Pairs of people that one step of an ascent looks at."""
    return max(1, sum(comb(len(block), 2) for block in blocks) * len(alike))


def _smallest_kinds(facts: Facts, similar: Sequence[Series], looks: int) -> list[list[int]]:
    """The kinds with the least choice of company, as many as one step may look at."""
    kinds: dict[Hashable, list[int]] = {}
    for p in sorted(frozenset().union(*(s.here for s in similar))):
        kinds.setdefault(facts.similar_in[p], []).append(p)
    kinds.pop(None, None)
    most = WIDE * max((max(s.sizes) for s in similar), default=0)
    chosen: list[list[int]] = []
    for kind in sorted(kinds.values(), key=len):
        if len(kind) > most or _looks([*chosen, kind], similar) > looks:
            break
        chosen.append(kind)
    return chosen


def _in_words(ground: Sequence[Floor]) -> tuple[str, str]:
    floor = max(ground, key=lambda floor: floor.value)
    if not floor.value:
        return "none", "No argument known here asks for any cost."
    if floor.repeats and not floor.modes:
        return "pigeonhole", "There are too few tables for all to spread out: some pairs must meet again."
    if floor.repeats:
        return "reunion", "Rounds of the like-minded need the same small groups twice, or mix them."
    return "modes", "The kinds of people here do not fit these tables exactly."
