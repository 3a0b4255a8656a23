"""An entry of the catalogue: a symmetry and a few base tables, which tell a whole design.

    5-3-7 group=7 orbits=2 fixed=1 turn=2 length=3 cycles=0+0
      1:0 | 0 7 14, 1 2 4, 6 9 10

is five tables of three over seven rounds. Fifteen points: two orbits of Z_7 and a point that stays;
the turn doubles. The one base round is left as it is by the motion 1:0, a turn and no step; these
tables stand for all to which that motion carries them. See `symmetry`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerhood.mixing.engine.designs.symmetry import Motion, Round, Symmetry


@dataclass(frozen=True)
class BaseRound:
    """The motions that make up what leaves the round alone, and its tables up to those motions."""

    kept_by: tuple[Motion, ...]
    tables: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Entry:
    """A design of the catalogue: ``tables`` of ``size`` over ``rounds``."""

    tables: int
    size: int
    rounds: int
    symmetry: Symmetry
    base: tuple[BaseRound, ...]

    def expanded(self) -> Iterator[Round]:
        """Its rounds, one after the other."""
        for one in self.base:
            base = [list(table) for table in one.tables]
            yield from self.symmetry.developed(base, self.symmetry.subgroup(one.kept_by))


def parsed(text: str) -> Entry:
    """An entry from its text: a heading, then an indented line per base round."""
    heading, *lines = text.strip().splitlines()
    name, *words = heading.split()
    said = dict(word.split("=") for word in words)
    tables, size, rounds = map(int, name.split("-"))
    symmetry = Symmetry(
        moduli=_numbers(said["group"], "."),
        orbits=int(said["orbits"]),
        fixed=int(said.get("fixed", "0")),
        turn=tuple(_numbers(row, ".") for row in said["turn"].split("/")) if "turn" in said else (),
        length=int(said.get("length", "1")),
        cycles=_pair(said.get("cycles", "0+0")),
    )
    return Entry(tables, size, rounds, symmetry, tuple(map(_base_round, lines)))


def written(entry: Entry) -> str:
    """An entry as the catalogue writes it."""
    s = entry.symmetry
    words = [
        f"{entry.tables}-{entry.size}-{entry.rounds}",
        f"group={_joined(s.moduli, '.')}",
        f"orbits={s.orbits}",
    ]
    if s.fixed:
        words.append(f"fixed={s.fixed}")
    if s.length > 1:
        words.append(f"turn={'/'.join(_joined(row, '.') for row in s.turn)}")
        words.append(f"length={s.length} cycles={_joined(s.cycles, '+')}")
    lines = [" ".join(words)]
    for base in entry.base:
        motions = " ".join(f"{turns}:{_joined(step, '.')}" for turns, *step in base.kept_by)
        lines.append(f"  {motions} | " + ", ".join(_joined(table, " ") for table in base.tables))
    return "\n".join(lines) + "\n"


def _base_round(line: str) -> BaseRound:
    motions, tables = line.split("|")
    return BaseRound(
        tuple(_numbers(motion.replace(":", "."), ".") for motion in motions.split()),
        tuple(_numbers(table.strip(), " ") for table in tables.split(",")),
    )


def _numbers(text: str, between: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(between))


def _pair(text: str) -> tuple[int, int]:
    first, second = _numbers(text, "+")
    return first, second


def _joined(numbers: Iterable[int], between: str) -> str:
    return between.join(map(str, numbers))
