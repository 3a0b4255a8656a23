"""The strong bound: every argument at once, and in words."""

from dataclasses import dataclass

from peerhood.mixing.engine.bounds.ascent import Ascent
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.floors import floors
from peerhood.mixing.engine.bounds.multipliers import Multipliers, worth
from peerhood.mixing.engine.bounds.series import series
from peerhood.mixing.engine.bounds.welcome import fewest_unwelcomed


@dataclass(frozen=True)
class Strong:
    """``value`` in milli-repeats; ``kind`` names the argument, ``explanation`` says it to a host."""

    value: int
    kind: str
    explanation: str


def strong_bound(facts: Facts, steps: int = 150) -> Strong:
    """The best bound known here; ``steps`` is how long to look for a proof."""
    alike = series(facts)
    ground = floors(facts, alike)
    rest = facts.uncovered * fewest_unwelcomed(facts)
    simple = sum(floor.value for floor in ground) + rest
    if facts.people <= 64:
        active = alike
        blocks = [list(range(facts.people))]
        free = ground
        most = None
    else:
        active = [s for s in alike if facts.mode(s.numbers[0]) == "similar"]
        kinds = {}
        for p in range(facts.people):
            kinds.setdefault(facts.similar_in[p], []).append(p)
        blocks = list(kinds.values())
        free = []
        most = facts.unlike / 2
    ascent = Ascent(facts, active, blocks, free, most)
    ascent.climb(steps)
    found, shares = ascent.multipliers()
    idle = Multipliers([0] * facts.people, [], [])
    ms = [found[active.index(s)] if s in active else idle for s in alike]
    sh = [shares[free.index(f)] if f in free else 0 if any(f.covers(s) for s in active) else 4096 for f in ground]
    shared = worth(facts, alike, ground, ms, sh) + rest
    return Strong(max(simple, shared), "shared" if shared > simple else "crowding", "")
