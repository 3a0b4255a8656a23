"""The strong bound: every argument at once, and in words."""

from dataclasses import dataclass

from peerhood.mixing.engine.bounds.ascent import ascend
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.floors import floors
from peerhood.mixing.engine.bounds.multipliers import worth
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
    multipliers, shares = ascend(facts, alike, ground, steps)
    shared = worth(facts, alike, ground, multipliers, shares) + rest
    return Strong(max(simple, shared), "shared" if shared > simple else "crowding", "")
